import {useComponent, useEffect} from "@odoo/owl";

/** The boxes of a question for what is said beside choosing: a number, words. */
class SaidBoxes {
    /**
     * @param {Component} component whose properties it goes by: a row of questions
     * @param {{ el: HTMLElement }} root of the component
     */
    constructor(component, root) {
        this.component = component;
        this.root = root;
        /** Whether a key at the answers has put a digit into the box of the number. */
        this.isTypedByKey = false;
        /** Answer whose words to ask for after the next patch. */
        this.wantedId = false;
    }

    get props() {
        return this.component.props;
    }

    get hasNumber() {
        const {kind, question, said} = this.props;
        return Boolean(kind === "answers" && said && question.by_number);
    }

    get number() {
        const {question, said} = this.props;
        return said.numbers[question.id] || "";
    }

    /** What is wrong with the number. */
    get problem() {
        const {question, said} = this.props;
        return said.problems[question.id];
    }

    /** Chosen answers that words belong to. */
    get worded() {
        const {question, said, states} = this.props;
        return question.answers.filter(
            ({id, needs_words: needsWords}) =>
                said && states[id] && (needsWords || said.words[id])
        );
    }

    getWords({id}) {
        return this.props.said.words[id] || "";
    }

    askForWords({id}) {
        this.wantedId = id;
    }

    afterPatch() {
        const {wantedId} = this;
        const box =
            wantedId && this.root.el.querySelector(`[data-words-of="${wantedId}"]`);
        if (box) {
            this.wantedId = false;
            box.focus();
        }
    }

    /** Enter is done with it, as an answer is: on to the next question. */
    onKeydown(ev) {
        if (ev.key !== "Enter" || ev.isComposing) {
            return;
        }
        ev.preventDefault();
        ev.stopPropagation();
        const {onDone, question} = this.props;
        this.tellTyped(ev.target);
        ev.target.blur(); // what was edited is taken over by that
        const isLacking = ev.target.required && !ev.target.value.trim();
        if (isLacking || !onDone(question)) {
            ev.target.focus();
        }
    }

    tellNumber(box) {
        this.isTypedByKey = false;
        this.props.onNumber(this.props.question, box.value);
    }

    /** What was put into the box by a key at the answers is no change to the browser. */
    tellTyped(box) {
        if (this.isTypedByKey) {
            this.tellNumber(box);
        }
    }

    /** A digit typed at the answers goes into the box. */
    typeDigit(digit) {
        const box = this.root.el.querySelector(".o_crm_profiling_by_number");
        box.value = digit;
        this.isTypedByKey = true;
        box.focus();
    }
}

/**
 * @param {{ el: HTMLElement }} root
 * @returns {SaidBoxes} of the row that is set up
 */
export function useSaidBoxes(root) {
    const boxes = new SaidBoxes(useComponent(), root);
    useEffect(() => boxes.afterPatch());
    return boxes;
}

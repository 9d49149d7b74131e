import {useState} from "@odoo/owl";
import {normalize} from "@web/core/l10n/utils";
import {getArrowTarget} from "../catalog/questions/arrows";

/** Finds one of the answers on a card: by its words, by arrows, by its number. */
class AnswerFinder {
    /**
     * @param {{
     *  shown: QuestionShown,
     *  root: { el: HTMLElement },
     *  choose: (answer: Answer, by: string) => void,
     * }} card `root`: of the card, where the answers are; `choose`: called with the
     *  answer that is found, and the key it was found by
     * @param {Object} state
     */
    constructor({shown, root, choose}, state) {
        this.shown = shown;
        this.root = root;
        this.choose = choose;
        this.state = state;
    }

    /** The words that are looked for. */
    get text() {
        return this.state.text;
    }

    set text(text) {
        this.state.text = text;
    }

    /** The first digit of two. */
    get typed() {
        return this.state.typed;
    }

    get answers() {
        const text = normalize(this.text.trim());
        return this.shown.answers.filter(
            ({name}) => !text || normalize(name).includes(text)
        );
    }

    get current() {
        const {answers} = this;
        return (
            answers.find(({id}) => id === this.state.currentId) ||
            answers.find((answer) => this.shown.isChosen(answer)) ||
            answers[0]
        );
    }

    /** One answer is reached by Tab, the others by the arrows. */
    getTabindex({id}) {
        return this.current?.id === id ? 0 : -1;
    }

    /** It was chosen: whatever was typed to find one is over. */
    onChosen({id}) {
        Object.assign(this.state, {currentId: id, typed: ""});
    }

    chooseCurrent(by) {
        const {current} = this;
        if (current) {
            this.choose(current, by);
        }
    }

    /** With ten answers or more, 1 may be the beginning of 10: Enter says it is not. */
    takeDigit(digit) {
        const {answers} = this.shown;
        const number = Number(this.typed + digit);
        const isStart = (start) => answers.length >= 10 * start && start > 0;
        if (!number || number > answers.length) {
            this.state.typed = "";
        } else if (isStart(number)) {
            Object.assign(this.state, {typed: digit, text: ""});
            this.moveTo(number - 1);
        } else {
            this.text = "";
            this.choose(answers[number - 1], digit);
        }
    }

    /** @returns {boolean} whether the key is one that moves */
    onArrow(key) {
        const {answers, current} = this;
        const index = answers.findIndex(({id}) => id === current?.id);
        const target = getArrowTarget(key, index, answers.length);
        if (target === undefined) {
            return false;
        }
        this.moveTo(target);
        return true;
    }

    moveTo(index) {
        const {answers} = this;
        const answer = answers.at(index % answers.length);
        if (answer) {
            this.state.currentId = answer.id;
            this.focusCurrent();
        }
    }

    focusCurrent() {
        const answer = this.root.el?.querySelector(
            `[data-answer-id="${this.current?.id}"]`
        );
        (answer || this.root.el)?.focus({preventScroll: true});
        answer?.scrollIntoView({block: "nearest"});
    }

    onInput(ev) {
        Object.assign(this.state, {text: ev.target.value, currentId: false});
    }

    onKeydown(ev) {
        if (ev.key === "Enter") {
            this.chooseCurrent("enter");
        } else if (ev.key === "ArrowDown") {
            this.moveTo(0);
        } else if (ev.key === "Escape") {
            this.text = "";
            this.focusCurrent();
        } else {
            return;
        }
        ev.preventDefault();
        ev.stopPropagation();
    }
}

/** @returns {AnswerFinder} of the card that is set up */
export function useAnswerFinder(card) {
    const state = useState({
        text: "",
        typed: "",
        currentId: false, // answer that the arrows lead to
    });
    return new AnswerFinder(card, state);
}

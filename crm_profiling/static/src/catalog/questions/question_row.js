import {Component, onWillUpdateProps, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {uniqueId} from "@web/core/utils/functions";
import {getArrowTarget} from "./arrows";
import {isInUse} from "./catalog";
import {useSaidBoxes} from "./said_boxes";

/** Hints longer than this are folded. */
const LONG_HINT = 120;

/**
 * How an answer looks in each of its states. `said` is for screen readers, to whom a
 * colour or an icon says nothing.
 */
const PILLS = {
    "": {look: "btn-outline-secondary"},
    chosen: {look: "btn-primary"},
    required: {look: "btn-success", icon: "fa-check", said: _t("one of these")},
    excluded: {look: "btn-danger", icon: "fa-times", said: _t("none of these")},
    both: {
        look: "btn-warning",
        icon: "fa-exclamation-triangle",
        said: _t("both wanted and not wanted"),
    },
};

/** A question of a list with its answers as a row of buttons, for mouse and keyboard. */
export class QuestionRow extends Component {
    static template = "crm_profiling.QuestionRow";
    static props = {
        /** With its number in the list. */
        question: Object,
        /** What the list is told: see there. */
        states: Object,
        stale: {type: Object, optional: true},
        kind: String,
        recordKey: String,
        said: {type: Object, optional: true},
        onChoose: Function,
        onClear: Function,
        onNumber: {type: Function, optional: true},
        onWords: {type: Function, optional: true},
        /** Called before a key changes the answers. */
        onKey: Function,
        /** Called once it is done with by a key; returns whether one went on. */
        onDone: Function,
        slots: {type: Object, optional: true},
    };

    setup() {
        this.root = useRef("root");
        this.uid = uniqueId("crm_profiling_");
        this.boxes = useSaidBoxes(this.root);
        this.state = useState({
            isUnfolded: false,
            currentId: false, // the answer that Tab leads to
        });
        onWillUpdateProps(({recordKey}) => {
            if (recordKey !== this.props.recordKey) {
                this.state.currentId = false;
            }
        });
    }

    // What is shown

    get question() {
        return this.props.question;
    }

    get isAnswering() {
        return this.props.kind === "answers";
    }

    get isUsed() {
        return isInUse(this.question, this.props.states);
    }

    get isLongHint() {
        const {hint} = this.question;
        return hint.length > LONG_HINT || hint.includes("\n");
    }

    getPill(answer) {
        return PILLS[this.props.states[answer.id] || ""];
    }

    get groupRole() {
        const isRadio = this.isAnswering && this.question.mode === "single";
        return isRadio ? "radiogroup" : "group";
    }

    get answerRole() {
        if (!this.isAnswering) {
            return undefined;
        }
        return this.question.mode === "single" ? "radio" : "checkbox";
    }

    getChecked(answer) {
        return this.isAnswering
            ? String(Boolean(this.props.states[answer.id]))
            : undefined;
    }

    /** One answer is reached by Tab, the others by the arrows. */
    getTabindex(answer) {
        const {answers} = this.question;
        const current =
            answers.find(({id}) => id === this.state.currentId) ||
            answers.find(({id}) => this.props.states[id]) ||
            answers[0];
        return current.id === answer.id ? 0 : -1;
    }

    toggleHint() {
        this.state.isUnfolded = !this.state.isUnfolded;
    }

    // Choosing answers

    choose(answer) {
        this.state.currentId = answer.id;
        if (answer.needs_words && !this.props.states[answer.id]) {
            this.boxes.askForWords(answer);
        }
        this.props.onChoose(this.question, answer);
    }

    onAnswerKeydown(ev, answer) {
        if (ev.ctrlKey || ev.metaKey || ev.altKey) {
            return;
        }
        const {question} = this;
        const {answers} = question;
        const index = answers.findIndex(({id}) => id === answer.id);
        const target = getArrowTarget(ev.key, index, answers.length);
        if (target !== undefined) {
            this.focusAnswer(answers.at(target % answers.length));
        } else if (ev.key === " " || ev.key === "Enter") {
            this.chooseByKey(answer);
        } else if (this.boxes.hasNumber && /^\d$/.test(ev.key)) {
            this.boxes.typeDigit(ev.key);
        } else if (/^[1-9]$/.test(ev.key)) {
            if (answers[ev.key - 1]) {
                this.chooseByKey(answers[ev.key - 1]);
            }
        } else if (ev.key === "Backspace" || ev.key === "Delete") {
            this.props.onKey(question);
            this.props.onClear(question);
        } else if (ev.key === "?" && question.hint) {
            this.toggleHint();
        } else {
            return;
        }
        ev.preventDefault();
        ev.stopPropagation();
    }

    /** The choice was made on keydown, the browser shall not click on keyup again. */
    onAnswerKeyup(ev) {
        if (ev.key === " ") {
            ev.preventDefault();
        }
    }

    /** A question with one answer is done with it: go on to the next question. */
    chooseByKey(answer) {
        const {onDone, onKey, said, states} = this.props;
        const {question} = this;
        const isDone =
            this.isAnswering && question.mode === "single" && !states[answer.id];
        onKey(question);
        this.choose(answer);
        if (isDone && said && answer.needs_words) {
            return; // its words are asked for
        }
        if (!isDone || !onDone(question)) {
            this.focusAnswer(answer);
        }
    }

    focusAnswer(answer) {
        this.state.currentId = answer.id;
        this.root.el.querySelector(`[data-answer-id="${answer.id}"]`)?.focus();
    }
}

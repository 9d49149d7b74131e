import {Component, onWillUpdateProps, useEffect, useRef, useState} from "@odoo/owl";
import {localization} from "@web/core/l10n/localization";
import {_t} from "@web/core/l10n/translation";
import {uniqueId} from "@web/core/utils/functions";
import {useBus, useService} from "@web/core/utils/hooks";
import {SIZES} from "@web/core/ui/ui_service";
import {isInUse} from "./catalog";
import {useQuestionFilter} from "./question_filter";

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

/**
 * Questions, each with its answers as a row of buttons.
 *
 * It knows how to choose among the questions, to find and to filter them, and how to
 * move and click by keyboard. What a click means is the business of the parent: it
 * passes the state of every answer in use and is told which answer was clicked.
 */
export class QuestionList extends Component {
    static template = "crm_profiling.QuestionList";
    static props = {
        /** @see catalog.js */
        catalog: Object,
        /** States of the answers in use, by answer id: the keys of `PILLS`. */
        states: Object,
        /** Answers in use that are out of date, by answer id. */
        stale: {type: Object, optional: true},
        /** Answering is one click per answer; criteria have three states per answer. */
        kind: {validate: (kind) => ["answers", "criteria"].includes(kind)},
        /** Of what the answers are: another one is filtered anew. */
        recordKey: String,
        onChoose: Function,
        onClear: Function,
        /** Numbers by question, words by answer, and what is wrong with them. */
        said: {type: Object, optional: true},
        onNumber: {type: Function, optional: true},
        onWords: {type: Function, optional: true},
        /** On it comes "CRM_PROFILING:ASK" with the id of the question to go to. */
        bus: Object,
        labels: {
            type: Object,
            shape: {filter: String, refilter: Function, done: String, count: Function},
        },
        slots: {type: Object, optional: true},
    };

    setup() {
        this.root = useRef("root");
        this.ui = useState(useService("ui"));
        this.uid = uniqueId("crm_profiling_");
        this.filter = useQuestionFilter();
        this.state = useState({
            unfolded: {},
            isHelpShown: false,
            current: {}, // by question: the answer that Tab leads to
        });
        // Question into whose box a key at the answers has put a digit.
        this.typedByKey = false;
        // Questions to focus after the next patch: the first one that is there.
        this.focusWanted = {ids: []};
        useEffect(() => {
            const {ids, block} = this.focusWanted;
            this.focusWanted = {ids: []};
            ids.some((id) => this.focusQuestion(id, block));
        });
        // Answer whose words to ask for after the next patch.
        this.wordsWanted = false;
        useEffect(() => {
            const words = this.root.el?.querySelector(
                `[data-words-of="${this.wordsWanted}"]`
            );
            if (words) {
                this.wordsWanted = false;
                words.focus();
            }
        });
        onWillUpdateProps((nextProps) => {
            if (nextProps.recordKey !== this.props.recordKey) {
                this.state.current = {};
                this.filter.refilter(nextProps);
            }
        });
        useBus(this.props.bus, "CRM_PROFILING:ASK", ({detail}) => this.reveal(detail));
    }

    get isAnswering() {
        return this.props.kind === "answers";
    }

    /** On a narrow screen the status is below, where the thumb is. */
    get isNarrow() {
        return this.ui.size < SIZES.LG;
    }

    get usedCount() {
        return this.filter.questions.filter((question) => this.isUsed(question)).length;
    }

    get progress() {
        return Math.round((100 * this.usedCount) / (this.filter.questions.length || 1));
    }

    get keyboardHelp() {
        return this.isAnswering
            ? _t(
                  "Keyboard: Tab goes to the next question, arrows to the next answer. Space or Enter chooses, 1 to 9 choose that answer, Backspace clears, ? shows the whole hint."
              )
            : _t(
                  "Keyboard: Tab goes to the next question, arrows to the next answer. Space, Enter or 1 to 9 change the answer, Backspace clears the question, ? shows the whole hint."
              );
    }

    isUsed(question) {
        return isInUse(question, this.props.states);
    }

    isLongHint(question) {
        return question.hint.length > LONG_HINT || question.hint.includes("\n");
    }

    getPill(answer) {
        return PILLS[this.props.states[answer.id] || ""];
    }

    getGroupRole(question) {
        return this.isAnswering && question.mode === "single" ? "radiogroup" : "group";
    }

    getAnswerRole(question) {
        if (!this.isAnswering) {
            return undefined;
        }
        return question.mode === "single" ? "radio" : "checkbox";
    }

    getChecked(answer) {
        return this.isAnswering
            ? String(Boolean(this.props.states[answer.id]))
            : undefined;
    }

    /** One answer per question is reached by Tab, the others by the arrows. */
    getTabindex(question, answer) {
        const {answers} = question;
        const current =
            answers.find(({id}) => id === this.state.current[question.id]) ||
            answers.find(({id}) => this.props.states[id]) ||
            answers[0];
        return current.id === answer.id ? 0 : -1;
    }

    toggleHint(question) {
        this.state.unfolded[question.id] = !this.state.unfolded[question.id];
    }

    // Choosing answers

    choose(question, answer) {
        this.state.current[question.id] = answer.id;
        if (answer.needs_words && !this.props.states[answer.id]) {
            this.wordsWanted = answer.id;
        }
        this.props.onChoose(question, answer);
    }

    onAnswerKeydown(ev, question, answer) {
        if (ev.ctrlKey || ev.metaKey || ev.altKey) {
            return;
        }
        const {answers} = question;
        const index = answers.findIndex(({id}) => id === answer.id);
        const target = this.getKeyTarget(ev.key, index, answers.length);
        if (target !== undefined) {
            this.focusAnswer(question, answers.at(target % answers.length));
        } else if (ev.key === " " || ev.key === "Enter") {
            this.chooseByKey(question, answer);
        } else if (this.hasNumber(question) && /^\d$/.test(ev.key)) {
            this.typeNumber(question, ev.key);
        } else if (/^[1-9]$/.test(ev.key)) {
            if (answers[ev.key - 1]) {
                this.chooseByKey(question, answers[ev.key - 1]);
            }
        } else if (ev.key === "Backspace" || ev.key === "Delete") {
            this.keepFocusNear(question);
            this.props.onClear(question);
        } else if (ev.key === "?" && question.hint) {
            this.toggleHint(question);
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

    /** Returns the index of the answer that a movement key leads to. */
    getKeyTarget(key, index, count) {
        const forward = localization.direction === "rtl" ? "ArrowLeft" : "ArrowRight";
        const backward = localization.direction === "rtl" ? "ArrowRight" : "ArrowLeft";
        switch (key) {
            case forward:
            case "ArrowDown":
                return index + 1;
            case backward:
            case "ArrowUp":
                return index - 1;
            case "Home":
                return 0;
            case "End":
                return count - 1;
        }
    }

    /** A question with one answer is done with it: go on to the next question. */
    chooseByKey(question, answer) {
        const questions = this.filter.shown;
        const next = questions[questions.findIndex(({id}) => id === question.id) + 1];
        const isDone =
            this.isAnswering &&
            question.mode === "single" &&
            !this.props.states[answer.id];
        this.keepFocusNear(question);
        this.choose(question, answer);
        if (isDone && this.props.said && answer.needs_words) {
            return; // its words are asked for
        }
        if (isDone && next) {
            this.focusQuestion(next.id);
        } else {
            this.focusAnswer(question, answer);
        }
    }

    // Numbers and words

    hasNumber(question) {
        return Boolean(this.isAnswering && this.props.said && question.by_number);
    }

    /** Chosen answers that words belong to. */
    getWorded(question) {
        const {said, states} = this.props;
        return question.answers.filter(
            ({id, needs_words: needsWords}) =>
                said && states[id] && (needsWords || said.words[id])
        );
    }

    /** Enter is done with it, as an answer is: on to the next question. */
    onSaidKeydown(ev, question) {
        if (ev.key !== "Enter" || ev.isComposing) {
            return;
        }
        ev.preventDefault();
        ev.stopPropagation();
        const questions = this.filter.shown;
        const next = questions[questions.findIndex(({id}) => id === question.id) + 1];
        this.tellTyped(ev.target, question);
        ev.target.blur(); // what was edited is taken over by that
        const isLacking = ev.target.required && !ev.target.value.trim();
        if (isLacking || !next) {
            ev.target.focus();
        } else {
            this.focusQuestion(next.id);
        }
    }

    tellNumber(box, question) {
        this.typedByKey = false;
        this.props.onNumber(question, box.value);
    }

    /** What was put into the box by a key at the answers is no change to the browser. */
    tellTyped(box, question) {
        if (this.typedByKey === question.id) {
            this.tellNumber(box, question);
        }
    }

    /** A digit typed at the answers goes into the box. */
    typeNumber(question, digit) {
        const box = this.getBox(question.id);
        box.value = digit;
        this.typedByKey = question.id;
        box.focus();
    }

    getBox(questionId) {
        return this.root.el?.querySelector(
            `[data-question-id="${questionId}"] .o_crm_profiling_by_number`
        );
    }

    // Focus

    /** An archived answer, or its question, leaves the list once it is undone. */
    keepFocusNear(question) {
        if (question.active && question.answers.every((answer) => answer.active)) {
            return;
        }
        const ids = this.filter.shown.map(({id}) => id);
        const index = ids.indexOf(question.id);
        this.focusWanted = {ids: [question.id, ids[index + 1], ids[index - 1]]};
    }

    focusAnswer(question, answer) {
        this.state.current[question.id] = answer.id;
        this.root.el.querySelector(`[data-answer-id="${answer.id}"]`)?.focus();
    }

    /** @returns {boolean} whether the question is there to be focused */
    focusQuestion(questionId, block = "nearest") {
        const element =
            this.getBox(questionId) ||
            this.root.el?.querySelector(
                `[data-question-id="${questionId}"] [data-answer-id][tabindex="0"]`
            );
        element?.focus({preventScroll: true});
        element?.scrollIntoView({block});
        return Boolean(element);
    }

    /** Goes to a question that another part of the form mentions. */
    reveal({questionId}) {
        if (this.focusQuestion(questionId, "center")) {
            return;
        }
        this.filter.reveal(questionId);
        this.focusWanted = {ids: [questionId], block: "center"};
    }
}

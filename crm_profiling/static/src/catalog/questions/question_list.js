import {Component, onWillUpdateProps, useEffect, useRef, useState} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {localization} from "@web/core/l10n/localization";
import {_t} from "@web/core/l10n/translation";
import {normalize} from "@web/core/l10n/utils";
import {uniqueId} from "@web/core/utils/functions";
import {useBus, useService} from "@web/core/utils/hooks";
import {SIZES} from "@web/core/ui/ui_service";
import {getQuestions, isInUse} from "./catalog";

/** From this many questions on, a box to find one of them is shown. */
const MANY_QUESTIONS = 13;
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
        this.state = useState({
            questionnaireId: this.recallQuestionnaire(),
            text: "",
            // Ids of the questions that matched the filter when it was switched on:
            // they stay until it is applied again, nothing jumps under the mouse.
            kept: null,
            unfolded: {},
            current: {}, // by question: the answer that Tab leads to
        });
        // Questions to focus after the next patch: the first one that is there.
        this.focusWanted = {ids: []};
        useEffect(() => {
            const {ids, block} = this.focusWanted;
            this.focusWanted = {ids: []};
            ids.some((id) => this.focusQuestion(id, block));
        });
        onWillUpdateProps((nextProps) => {
            if (nextProps.recordKey !== this.props.recordKey) {
                this.state.current = {};
                this.refilter(nextProps);
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

    get questionnaires() {
        return this.props.catalog.questionnaires || [];
    }

    get questionnaireId() {
        const {questionnaireId} = this.state;
        const exists = this.questionnaires.some(({id}) => id === questionnaireId);
        return exists ? questionnaireId : false;
    }

    /** Questions of the chosen questionnaire, numbered. */
    get questions() {
        const {catalog, states} = this.props;
        return getQuestions(catalog, states, this.questionnaireId).map(
            (question, index) => ({...question, number: index + 1})
        );
    }

    get isEmpty() {
        return !getQuestions(this.props.catalog, this.props.states).length;
    }

    get hasMany() {
        return this.questions.length >= MANY_QUESTIONS;
    }

    get hasSearch() {
        return Boolean(this.state.text) || this.hasMany;
    }

    /** Questions that are left by the filter and the text typed. */
    get shownQuestions() {
        const {kept, text} = this.state;
        return this.questions.filter(
            (question) =>
                (!kept || kept.has(question.id) || this.isFilterMatch(question)) &&
                (!text || this.isTextMatch(question, normalize(text)))
        );
    }

    /** Shown questions that the filter would hide if it were applied now. */
    get staleCount() {
        if (!this.state.kept) {
            return 0;
        }
        return this.shownQuestions.filter((question) => !this.isFilterMatch(question))
            .length;
    }

    get usedCount() {
        return this.questions.filter((question) => this.isUsed(question)).length;
    }

    get progress() {
        return Math.round((100 * this.usedCount) / (this.questions.length || 1));
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

    isFilterMatch(question, {kind, states} = this.props) {
        return isInUse(question, states) === (kind === "criteria");
    }

    isTextMatch(question, text) {
        const {name, hint, answers} = question;
        return [name, hint, ...answers.map((answer) => answer.name)].some((words) =>
            normalize(words || "").includes(text)
        );
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

    // Choosing among the questions

    get storageKey() {
        return `crm_profiling.questionnaire.${this.props.kind}`;
    }

    recallQuestionnaire() {
        return Number(browser.localStorage.getItem(this.storageKey)) || false;
    }

    onQuestionnaireChange(ev) {
        this.state.questionnaireId = Number(ev.target.value) || false;
        browser.localStorage.setItem(this.storageKey, ev.target.value);
        this.refilter();
    }

    onTextInput(ev) {
        this.state.text = ev.target.value.trim();
        this.refilter();
    }

    onTextKeydown(ev) {
        if (ev.key === "Escape" && this.state.text) {
            ev.stopPropagation(); // do not close the dialog around the form
            this.state.text = "";
        }
    }

    onFilterChange(ev) {
        this.state.kept = ev.target.checked ? this.getKept() : null;
    }

    /** Applies the filter again to what has been clicked meanwhile. */
    refilter(props = this.props) {
        if (this.state.kept) {
            this.state.kept = this.getKept(props);
        }
    }

    getKept(props = this.props) {
        const questions = getQuestions(props.catalog, props.states);
        const kept = questions.filter((question) =>
            this.isFilterMatch(question, props)
        );
        return new Set(kept.map(({id}) => id));
    }

    toggleHint(question) {
        this.state.unfolded[question.id] = !this.state.unfolded[question.id];
    }

    // Choosing answers

    choose(question, answer) {
        this.state.current[question.id] = answer.id;
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
        const questions = this.shownQuestions;
        const next = questions[questions.findIndex(({id}) => id === question.id) + 1];
        const isDone =
            this.isAnswering &&
            question.mode === "single" &&
            !this.props.states[answer.id];
        this.keepFocusNear(question);
        this.choose(question, answer);
        if (isDone && next) {
            this.focusQuestion(next.id);
        } else {
            this.focusAnswer(question, answer);
        }
    }

    // Focus

    /** An archived answer, or its question, leaves the list once it is undone. */
    keepFocusNear(question) {
        if (question.active && question.answers.every((answer) => answer.active)) {
            return;
        }
        const ids = this.shownQuestions.map(({id}) => id);
        const index = ids.indexOf(question.id);
        this.focusWanted = {ids: [question.id, ids[index + 1], ids[index - 1]]};
    }

    focusAnswer(question, answer) {
        this.state.current[question.id] = answer.id;
        this.root.el.querySelector(`[data-answer-id="${answer.id}"]`)?.focus();
    }

    /** @returns {boolean} whether the question is there to be focused */
    focusQuestion(questionId, block = "nearest") {
        const element = this.root.el?.querySelector(
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
        if (!this.questions.some(({id}) => id === questionId)) {
            this.state.questionnaireId = false;
        }
        Object.assign(this.state, {text: "", kept: null});
        this.focusWanted = {ids: [questionId], block: "center"};
    }
}

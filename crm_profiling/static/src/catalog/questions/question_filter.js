import {onWillUpdateProps, useComponent, useState} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {normalize} from "@web/core/l10n/utils";
import {getQuestions, isInUse} from "./catalog";

/** From this many questions on, a box to find one of them is shown. */
const MANY_QUESTIONS = 13;

/** Chooses among questions: by questionnaire, by what is in them, by words. */
class QuestionFilter {
    /**
     * @param {Component} component whose `catalog`, `states` and `kind` it goes by;
     *  another `recordKey` is filtered anew
     */
    constructor(component) {
        this.getProps = () => component.props;
        this.chosenId = this.recallQuestionnaire();
        this.text = "";
        /**
         * Ids of the questions that matched the filter when it was switched on: they
         * stay until it is applied again, nothing jumps under the mouse.
         */
        this.kept = null;
    }

    get props() {
        return this.getProps();
    }

    get questionnaires() {
        return this.props.catalog.questionnaires || [];
    }

    get questionnaireId() {
        const exists = this.questionnaires.some(({id}) => id === this.chosenId);
        return exists ? this.chosenId : false;
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
        return Boolean(this.text) || this.hasMany;
    }

    /** Questions that are left by the filter and the text typed. */
    get shown() {
        const {kept, text} = this;
        return this.questions.filter(
            (question) =>
                (!kept || kept.has(question.id) || this.isFilterMatch(question)) &&
                (!text || this.isTextMatch(question, normalize(text)))
        );
    }

    /** Shown questions that the filter would hide if it were applied now. */
    get staleCount() {
        if (!this.kept) {
            return 0;
        }
        return this.shown.filter((question) => !this.isFilterMatch(question)).length;
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

    get storageKey() {
        return `crm_profiling.questionnaire.${this.props.kind}`;
    }

    recallQuestionnaire() {
        return Number(browser.localStorage.getItem(this.storageKey)) || false;
    }

    onQuestionnaireChange(ev) {
        this.chosenId = Number(ev.target.value) || false;
        browser.localStorage.setItem(this.storageKey, ev.target.value);
        this.refilter();
    }

    onTextInput(ev) {
        this.text = ev.target.value.trim();
        this.refilter();
    }

    onTextKeydown(ev) {
        if (ev.key === "Escape" && this.text) {
            ev.stopPropagation(); // do not close the dialog around the form
            this.text = "";
        }
    }

    onFilterChange(ev) {
        this.kept = ev.target.checked ? this.getKept() : null;
    }

    /** Shows a question whatever was filtered. */
    reveal(questionId) {
        if (!this.questions.some(({id}) => id === questionId)) {
            this.chosenId = false;
        }
        Object.assign(this, {text: "", kept: null});
    }

    /** Applies the filter again to what has been clicked meanwhile. */
    refilter(props = this.props) {
        if (this.kept) {
            this.kept = this.getKept(props);
        }
    }

    getKept(props = this.props) {
        const questions = getQuestions(props.catalog, props.states);
        const kept = questions.filter((question) =>
            this.isFilterMatch(question, props)
        );
        return new Set(kept.map(({id}) => id));
    }
}

/** @returns {QuestionFilter} of the component that is set up; it is drawn anew by it */
export function useQuestionFilter() {
    const component = useComponent();
    const filter = useState(new QuestionFilter(component));
    onWillUpdateProps((nextProps) => {
        if (nextProps.recordKey !== component.props.recordKey) {
            filter.refilter(nextProps);
        }
    });
    return filter;
}

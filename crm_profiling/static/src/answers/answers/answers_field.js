import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {useAnswerDraft} from "../../catalog/questions/answer_draft";
import {getAsked, getQuestions, useCatalog} from "../../catalog/questions/catalog";
import {QuestionList} from "../../catalog/questions/question_list";

/** The answers a contact gave: one click per answer, saved with the contact. */
export class AnswersField extends Component {
    static template = "crm_profiling.AnswersField";
    static components = {QuestionList};
    static props = {
        ...standardFieldProps,
        /** Where the record holds what the answers lead to, if it does. */
        resultField: {type: String, optional: true},
    };

    setup() {
        this.catalog = useCatalog();
        this.draft = useAnswerDraft();
        this.labels = {
            filter: _t("Only unanswered"),
            refilter: (count) => _t("Hide what is answered now (%s)", count),
            done: _t("Every question here is answered."),
            count: (done, all) => _t("%(done)s of %(all)s answered", {done, all}),
        };
    }

    get askedCatalog() {
        return getAsked(this.catalog.data);
    }

    get bus() {
        return this.props.record.model.bus;
    }

    get states() {
        const ids = this.draft.getIds(this.props.name);
        return Object.fromEntries(ids.map((id) => [id, "chosen"]));
    }

    /** Ids of the answers out of date, where somebody tells (see `matching`). */
    get staleIds() {
        return [];
    }

    /** Answers out of date, as far as they are still chosen. */
    get stale() {
        const {states} = this;
        return Object.fromEntries(this.staleIds.map((id) => [id, Boolean(states[id])]));
    }

    /** Questions with the answers given and nothing else, for reading. */
    get answeredQuestions() {
        const {states} = this;
        return getQuestions(this.askedCatalog, states)
            .map((question) => ({
                ...question,
                answers: question.answers.filter((answer) => states[answer.id]),
            }))
            .filter((question) => question.answers.length);
    }

    /** What the answers lead to, in a word, where somebody tells (see `matching`). */
    get resultLabel() {
        return "";
    }

    onChoose(question, answer) {
        const isChosen = this.states[answer.id];
        const others = question.answers.filter(({id}) => id !== answer.id);
        this.draft.apply({
            [this.props.name]: {
                add: isChosen ? [] : [answer.id],
                remove: [
                    ...(isChosen ? [answer.id] : []),
                    ...(question.mode === "single" ? this.getChosenIds(others) : []),
                ],
            },
        });
    }

    onClear(question) {
        this.draft.apply({
            [this.props.name]: {remove: this.getChosenIds(question.answers)},
        });
    }

    getChosenIds(answers) {
        return answers.map(({id}) => id).filter((id) => this.states[id]);
    }

    showResult() {
        this.bus.trigger("CRM_PROFILING:SHOW_RESULT");
    }
}

export const answersField = {
    component: AnswersField,
    displayName: _t("Profiling answers"),
    supportedOptions: [
        {
            label: _t("Result field"),
            name: "result_field",
            type: "field",
            availableTypes: ["json"],
            help: _t("The field that says which profiles the answers lead to."),
        },
    ],
    supportedTypes: ["many2many"],
    additionalClasses: ["d-block", "w-100"],
    isEmpty: () => false,
    extractProps: ({options}) => ({resultField: options.result_field}),
};

registry.category("fields").add("crm_profiling_answers", answersField);

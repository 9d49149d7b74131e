import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {useAnswerDraft} from "../../catalog/questions/answer_draft";
import {getAsked, getQuestions, useCatalog} from "../../catalog/questions/catalog";
import {QuestionList} from "../../catalog/questions/question_list";
import {quoted} from "../../catalog/questions/wording";
import {useSaidDraft} from "./said_draft";

/** The answers a contact gave: one click per answer, saved with the contact. */
export class AnswersField extends Component {
    static template = "crm_profiling.AnswersField";
    static components = {QuestionList};
    quoted = quoted;
    static props = {
        ...standardFieldProps,
        /** Where the record holds what the answers lead to, if it does. */
        resultField: {type: String, optional: true},
        /** Where it holds numbers and words that were said, if it does. */
        saidField: {type: String, optional: true},
    };

    setup() {
        this.catalog = useCatalog();
        this.draft = useAnswerDraft();
        this.saidDraft = useSaidDraft();
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

    /** Numbers by question, words by answer, where the form holds them. */
    get said() {
        return this.saidDraft.data;
    }

    onNumber(question, text) {
        return this.saidDraft.waitFor(this.sayNumber(question, text));
    }

    async sayNumber(question, text) {
        const answerId = await this.saidDraft.sayNumber(question, text);
        if (answerId && !this.states[answerId]) {
            await this.put(question, answerId);
        }
    }

    onWords(answer, text) {
        return this.saidDraft.sayWords(answer, text);
    }

    onChoose(question, answer) {
        this.saidDraft.forgetNumber(question); // it was of another answer
        this.saidDraft.clearProblem(question);
        this.put(question, answer.id);
    }

    /** Gives an answer, or takes it back where it was given. */
    put(question, answerId) {
        const answer = {id: answerId};
        const isChosen = this.states[answer.id];
        const others = question.answers.filter(({id}) => id !== answer.id);
        return this.draft.apply({
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
        this.saidDraft.forgetNumber(question);
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
        {
            label: _t("Numbers and words"),
            name: "said_field",
            type: "field",
            availableTypes: ["json"],
            help: _t("The field that holds numbers and words that were said."),
        },
    ],
    supportedTypes: ["many2many"],
    additionalClasses: ["d-block", "w-100"],
    isEmpty: () => false,
    fieldDependencies: ({options}) =>
        options.said_field
            ? [
                  {
                      name: options.said_field,
                      type: "json",
                      readonly: false,
                      onChange: true,
                  },
              ]
            : [],
    extractProps: ({options}) => ({
        resultField: options.result_field,
        saidField: options.said_field,
    }),
};

registry.category("fields").add("crm_profiling_answers", answersField);

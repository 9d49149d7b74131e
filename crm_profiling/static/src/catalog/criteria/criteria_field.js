import {Component, markup} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {useAnswerDraft} from "../questions/answer_draft";
import {getQuestions, isInUse, useCatalog} from "../questions/catalog";
import {QuestionList} from "../questions/question_list";
import {describeWanted} from "../questions/wording";

/**
 * The criteria of a profile: which answers it wants and which it does not, shown by
 * question. The answers wanted are in the field itself, the others in `excludedField`.
 */
export class CriteriaField extends Component {
    static template = "crm_profiling.CriteriaField";
    static components = {QuestionList};
    static props = {
        ...standardFieldProps,
        excludedField: String,
        inheritedField: String,
    };

    setup() {
        this.catalog = useCatalog();
        this.draft = useAnswerDraft();
        this.labels = {
            filter: _t("Only used"),
            refilter: (count) => _t("Hide what is not used any more (%s)", count),
            done: _t("No question is used yet."),
            count: (used) => _t("Questions used: %s", used),
        };
    }

    get bus() {
        return this.props.record.model.bus;
    }

    get states() {
        const required = this.draft.getIds(this.props.name);
        const states = Object.fromEntries(required.map((id) => [id, "required"]));
        for (const id of this.draft.getIds(this.props.excludedField)) {
            states[id] = states[id] ? "both" : "excluded";
        }
        return states;
    }

    get usedQuestions() {
        return getQuestions(this.catalog.data, this.states).filter((question) =>
            isInUse(question, this.states)
        );
    }

    /** Criteria of the parents, by the parent that has them. */
    get inheritedByProfile() {
        const criteria = this.props.record.data[this.props.inheritedField] || [];
        const groups = new Map();
        for (const criterion of criteria) {
            if (!groups.has(criterion.profile)) {
                groups.set(criterion.profile, []);
            }
            groups.get(criterion.profile).push({
                questionId: criterion.question_id,
                question: criterion.question,
                wanted: describeWanted(criterion.required, criterion.excluded),
            });
        }
        return [...groups].map(([profile, lines]) => ({profile, lines}));
    }

    get legend() {
        const icon = (name, label) =>
            markup`<i class="fa ${name}" role="img" aria-label="${label}"></i>`;
        return _t(
            "A contact matches when every question used here is answered, with one of the %(wanted)s answers, if there are any, and none of the %(unwanted)s answers.",
            {
                wanted: icon("fa-check text-success", _t("wanted")),
                unwanted: icon("fa-times text-danger", _t("unwanted")),
            }
        );
    }

    getOrigin(profile) {
        return _t("From %s", profile);
    }

    /** What the parents want of one question, to be seen where it is defined. */
    getInherited(question) {
        return this.inheritedByProfile.flatMap(({profile, lines}) =>
            lines
                .filter(({questionId}) => questionId === question.id)
                .map(({wanted}) =>
                    _t("From %(profile)s: %(wanted)s", {profile, wanted})
                )
        );
    }

    describe(question) {
        const {states} = this;
        const getNames = (...wanted) =>
            question.answers
                .filter(({id}) => wanted.includes(states[id]))
                .map(({name}) => name);
        return describeWanted(
            getNames("required", "both"),
            getNames("excluded", "both")
        );
    }

    /** Not used, then one of these, then none of these, then not used again. */
    onChoose(question, answer) {
        const {name, excludedField} = this.props;
        const add = {add: [answer.id]};
        const remove = {remove: [answer.id]};
        switch (this.states[answer.id]) {
            case undefined:
                return this.draft.apply({[name]: add});
            case "required":
                return this.draft.apply({[name]: remove, [excludedField]: add});
            case "excluded":
                return this.draft.apply({[excludedField]: remove});
            default:
                return this.draft.apply({[name]: remove, [excludedField]: remove});
        }
    }

    onClear(question) {
        const remove = question.answers.map(({id}) => id);
        this.draft.apply({
            [this.props.name]: {remove},
            [this.props.excludedField]: {remove},
        });
    }
}

export const criteriaField = {
    component: CriteriaField,
    displayName: _t("Profile criteria"),
    supportedOptions: [
        {
            label: _t("Excluded answers"),
            name: "excluded_field",
            type: "field",
            availableTypes: ["many2many"],
            help: _t("The field with the answers that rule a contact out."),
        },
        {
            label: _t("Inherited criteria"),
            name: "inherited_field",
            type: "field",
            availableTypes: ["json"],
            help: _t("The field with the criteria of the parent profiles."),
        },
    ],
    supportedTypes: ["many2many"],
    additionalClasses: ["d-block", "w-100"],
    fieldDependencies: ({options}) => [
        {
            name: options.excluded_field || "excluded_answer_ids",
            type: "many2many",
            readonly: false,
            onChange: true,
        },
        {name: options.inherited_field || "inherited_criteria", type: "json"},
    ],
    isEmpty: () => false,
    extractProps: ({options}) => ({
        excludedField: options.excluded_field || "excluded_answer_ids",
        inheritedField: options.inherited_field || "inherited_criteria",
    }),
};

registry.category("fields").add("crm_profiling_criteria", criteriaField);

import {Component} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {formatInteger} from "@web/views/fields/formatters";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/**
 * What saving a profile would change: how many contacts match, enter and leave, each
 * with its list. It follows the criteria in the form, the server counts.
 */
export class PreviewField extends Component {
    static template = "crm_profiling.PreviewField";
    static props = {...standardFieldProps};

    setup() {
        this.format = formatInteger;
        this.orm = useService("orm");
        this.action = useService("action");
    }

    get preview() {
        return this.props.record.data[this.props.name];
    }

    /** The lists open in a dialog: leaving the form would save it. */
    async open(kind) {
        const {record} = this.props;
        const {data} = record;
        const action = await this.orm.call("crm.profiling.profile", "action_preview", [
            {
                id: record.resId || 0,
                active: data.active,
                parent_id: data.parent_id?.id || 0,
                company_id: data.company_id?.id || 0,
                required_answer_ids: data.required_answer_ids.currentIds,
                excluded_answer_ids: data.excluded_answer_ids.currentIds,
            },
            kind,
        ]);
        await this.action.doAction(action);
    }
}

export const previewField = {
    component: PreviewField,
    supportedTypes: ["json"],
    fieldDependencies: [
        {name: "active", type: "boolean"},
        {name: "parent_id", type: "many2one"},
        {name: "company_id", type: "many2one"},
        {name: "required_answer_ids", type: "many2many"},
        {name: "excluded_answer_ids", type: "many2many"},
    ],
};

registry.category("fields").add("crm_profiling_preview", previewField);

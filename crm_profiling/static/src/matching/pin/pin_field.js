import {Component} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/** A pin where somebody's word keeps a contact in a profile; hovered, it says whose. */
export class PinField extends Component {
    static template = "crm_profiling.PinField";
    static props = {...standardFieldProps};

    get note() {
        return this.props.record.data[this.props.name];
    }
}

export const pinField = {
    component: PinField,
    supportedTypes: ["char"],
};

registry.category("fields").add("crm_profiling_pin", pinField);

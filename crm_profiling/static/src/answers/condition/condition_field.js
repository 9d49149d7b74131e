import {DomainField, domainField} from "@web/views/fields/domain/domain_field";
import {registry} from "@web/core/registry";

/**
 * A condition on contacts. Left empty, it is not true of all of them: what it stands
 * for then is said by the placeholder.
 */
export class ConditionField extends DomainField {
    static template = "crm_profiling.ConditionField";
    static props = {
        ...DomainField.props,
        placeholder: {type: String, optional: true},
    };

    get isEmpty() {
        return ["", "[]"].includes(this.getDomain().trim());
    }
}

registry.category("fields").add("crm_profiling_condition", {
    ...domainField,
    component: ConditionField,
    extractProps(fieldInfo, dynamicInfo) {
        return {
            ...domainField.extractProps(fieldInfo, dynamicInfo),
            placeholder: fieldInfo.attrs.placeholder,
        };
    },
});

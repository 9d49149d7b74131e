import {Component, useRef} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useBus, useService} from "@web/core/utils/hooks";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {ResultPanel} from "./result_panel";

/**
 * What the answers lead to: the profiles that match, that are still open and that are
 * ruled out. It follows the answers before they are saved, the server evaluates them.
 */
export class ResultField extends Component {
    static template = "crm_profiling.ResultField";
    static components = {ResultPanel};
    static props = {...standardFieldProps};

    setup() {
        this.orm = useService("orm");
        this.root = useRef("root");
        useBus(this.props.record.model.bus, "CRM_PROFILING:SHOW_RESULT", () => {
            this.root.el.focus({preventScroll: true});
            this.root.el.scrollIntoView();
        });
    }

    get result() {
        return this.props.record.data[this.props.name];
    }

    /** What there is to say instead of profiles. */
    get message() {
        if (!this.result) {
            return _t("Save the contact to see its profiles.");
        }
        if (!this.result.evaluated) {
            return _t("Addresses are not profiled.");
        }
        if (!this.result.profiles.length) {
            return _t(
                "No profiles yet. A sales manager creates them in Configuration / Segmentation / Profiles."
            );
        }
        return "";
    }

    get onSetHand() {
        return this.props.record.isInEdition ? this.setHand.bind(this) : undefined;
    }

    ask(questionId) {
        this.props.record.model.bus.trigger("CRM_PROFILING:ASK", {questionId});
    }

    /**
     * Pins a profile to the contact, bars it, or lets the answers decide again. The
     * answers given so far are saved first, or reloading the contact would lose them.
     */
    async setHand(profile, hand) {
        const {record} = this.props;
        if (!(await record.save())) {
            return;
        }
        await this.orm.call(record.resModel, "profiling_set_hand", [
            [record.resId],
            profile.id,
            hand,
        ]);
        await record.load();
    }
}

export const resultField = {
    component: ResultField,
    displayName: _t("Profiling result"),
    supportedTypes: ["json"],
    additionalClasses: ["d-block", "w-100"],
    isEmpty: () => false,
};

registry.category("fields").add("crm_profiling_result", resultField);

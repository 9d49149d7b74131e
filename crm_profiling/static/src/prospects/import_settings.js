import {Component, useState} from "@odoo/owl";
import {deserializeDateTime} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {encodingLabel} from "./file_wording";

/** What becomes of what a contact has already. */
export const MODES = {
    fill: _t("Fill in what is empty"),
    replace: _t("Replace it"),
    leave: _t("Leave it alone"),
};

/** What holds for the whole file: when it was asked, and what becomes of what is there. */
export class ImportSettings extends Component {
    static template = "crm_profiling.ImportSettings";
    static props = {
        file: Object,
        readonly: Boolean,
        /** (name, value) */
        onChange: Function,
    };
    encodingLabel = encodingLabel;
    modes = MODES;

    setup() {
        const {tags, salesperson, are_companies, contact_country_id} = this.settings;
        this.state = useState({
            isOpen: Boolean(tags || salesperson || are_companies || contact_country_id),
        });
    }

    get settings() {
        return this.props.file.settings;
    }

    /** The day that is chosen, as a date input has it. */
    get askedOn() {
        return deserializeDateTime(this.settings.asked_on).toISODate();
    }

    get today() {
        return luxon.DateTime.now().toISODate();
    }

    get country() {
        return this.settings.country_id || 0;
    }

    fromColumn(when) {
        return _t("Take it from the column “%s”", when.heading);
    }

    onDay(ev) {
        if (ev.target.value) {
            this.props.onChange("asked_on", ev.target.value);
        }
    }

    onColumn(ev, index) {
        this.props.onChange("asked_column", ev.target.checked ? index : false);
    }
}

import {Component, useState} from "@odoo/owl";
import {deserializeDateTime} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";

/** What spreadsheets call encodings, or people who use them. */
const ENCODINGS = {
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    cp1250: "Windows-1250",
    cp1251: "Windows-1251",
    cp1252: "Windows-1252",
    cp1253: "Windows-1253",
    cp1254: "Windows-1254",
    cp850: "DOS 850",
    mac_roman: "Mac Roman",
    koi8_r: "KOI8-R",
    shift_jis: "Shift-JIS",
};

export function encodingLabel(encoding) {
    return ENCODINGS[encoding] || encoding;
}

/** What holds for the whole file: when it was asked, and what becomes of what is there. */
export class ImportSettings extends Component {
    static template = "crm_profiling.ImportSettings";
    static props = {
        file: Object,
        readonly: Boolean,
        /** (name, value) */
        onChange: Function,
    };

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

    get modes() {
        return {
            fill: _t("Fill in what is empty"),
            replace: _t("Replace it"),
            leave: _t("Leave it alone"),
        };
    }

    get country() {
        return this.settings.country_id || 0;
    }

    fromColumn(when) {
        return _t("Take it from the column “%s”", when.heading);
    }

    encodingLabel(encoding) {
        return encodingLabel(encoding);
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

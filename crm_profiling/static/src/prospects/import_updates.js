import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {formatInteger} from "@web/views/fields/formatters";
import {lineLabel} from "./file_wording";

/** Contacts who are there already, and what becomes of each of their values. */
export class ImportUpdates extends Component {
    static template = "crm_profiling.ImportUpdates";
    static props = {
        updates: Array,
        count: Number,
        readonly: Boolean,
        /** (line, field, is ticked) */
        onTick: Function,
    };
    lineLabel = lineLabel;

    setup() {
        this.state = useState({isOpen: false});
    }

    get label() {
        return _t(
            "Contacts who are there already: %s",
            formatInteger(this.props.count)
        );
    }

    get hasNewer() {
        return this.props.updates.some(({changes}) =>
            changes.some(({kind}) => kind === "newer")
        );
    }

    /** What is said of a value that is not written. */
    remark(change) {
        return {
            stay: _t("stays, the file says “%s”", change.after),
            newer: _t("is newer, the file says “%s”", change.after),
            below: _t("added below"),
        }[change.kind];
    }
}

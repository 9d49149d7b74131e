import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {MODES} from "./import_settings";
import {ImportValues} from "./import_values";

/** Columns that are ignored, shown before the others are folded. */
const FEW = 5;

/** What the columns of a file are taken for; each can be changed. */
export class ImportColumns extends Component {
    static template = "crm_profiling.ImportColumns";
    static components = {ImportValues};
    modes = {"": _t("As for the whole file"), ...MODES};
    static props = {
        columns: Array,
        targets: Object,
        readonly: Boolean,
        /** (index, target or null, policy or null) */
        onChange: Function,
        /** (index, value, id or policy) */
        onChangeValue: Function,
        /** (index, what to do where a contact has something already) */
        onChangeMode: Function,
        /** Whether the user may have a column become a question. */
        mayAsk: Boolean,
        /** (index, name of the new question or null, whether it has bands or null) */
        onQuestion: Function,
        /** (index) What is suggested is right. */
        onAccept: Function,
    };

    setup() {
        this.state = useState({showIgnored: false});
    }

    get ignored() {
        return this.props.columns.filter((column) => !column.target);
    }

    /** Of many columns that are ignored some are shown, the others folded. */
    get isFolded() {
        return this.ignored.length > FEW && !this.state.showIgnored;
    }

    /** Those that want a decision first, then those nobody knows, then as in the file. */
    get shown() {
        const hidden = this.isFolded ? this.ignored.slice(FEW) : [];
        const rank = ({target, unknown}) => (unknown.length ? 0 : target ? 2 : 1);
        return this.props.columns
            .filter((column) => !hidden.includes(column))
            .sort((a, b) => rank(a) - rank(b));
    }

    /** Whether a contact can have something there already. */
    hasMode({target}) {
        return (
            target &&
            !target.includes(":") &&
            !["id", "tags", "is_company"].includes(target)
        );
    }

    kind(column) {
        if (!column.target) {
            return "ignored";
        }
        return /^(question|answer|new):/.test(column.target) ? "question" : "field";
    }

    get showIgnoredLabel() {
        return _t("Show %s more columns that are ignored", this.ignored.length - FEW);
    }

    place(column) {
        return column.heading
            ? _t("Column %(letter)s, “%(heading)s”", column)
            : _t("Column %(letter)s", column);
    }
}

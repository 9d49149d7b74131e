import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

/** Values that do not exist, shown before “and more”. */
const SHOWN = 5;

/** What the columns of a file are taken for; each can be changed. */
export class ImportColumns extends Component {
    static template = "crm_profiling.ImportColumns";
    static props = {
        columns: Array,
        targets: Object,
        readonly: Boolean,
        /** (index, target or null, policy or null) */
        onChange: Function,
    };

    setup() {
        this.state = useState({showIgnored: false});
        this.policies = {
            stop: _t("Choose…"),
            create: _t("Create them"),
            skip: _t("Leave the cell out"),
            reject: _t("Leave the line out"),
        };
    }

    get used() {
        return this.props.columns.filter((column) => column.target);
    }

    get ignored() {
        return this.props.columns.filter((column) => !column.target);
    }

    /** Few that are ignored are worth a look; of many, nobody wants to know. */
    get isFolded() {
        return this.ignored.length > 5 && !this.state.showIgnored;
    }

    /** Those that want a decision first, then as in the file. */
    get shown() {
        const columns = this.isFolded ? this.used : [...this.props.columns];
        return columns.sort((a, b) => !a.unknown.length - !b.unknown.length);
    }

    kind(column) {
        if (!column.target) {
            return "ignored";
        }
        return column.target.startsWith("question:") ? "question" : "field";
    }

    get showIgnoredLabel() {
        return _t("Show %s columns that are ignored", this.ignored.length);
    }

    someUnknown(column) {
        return column.unknown.slice(0, SHOWN);
    }

    moreUnknown(column) {
        const more = column.unknown.length - SHOWN;
        return more > 0 ? _t("and %s more", more) : "";
    }

    where({count, line}) {
        return count > 1 ? _t("(%s lines)", count) : _t("(line %s)", line);
    }

    place(column) {
        return column.heading
            ? _t("Column %(letter)s, “%(heading)s”", column)
            : _t("Column %(letter)s", column);
    }
}

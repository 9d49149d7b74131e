import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {quoted} from "../catalog/questions/wording";
import {MODES, where} from "./file_wording";

/** Values that do not exist, shown before “and more”. */
const SHOWN = 5;

/** Columns that are ignored, shown before the others are folded. */
const FEW = 5;

/** Nothing is chosen for a value yet. */
const STOP = "stop";

function isOpen(unknown) {
    return unknown.choice === STOP;
}

/** What the columns of a file are taken for; each can be changed. */
export class ImportColumns extends Component {
    static template = "crm_profiling.ImportColumns";
    quoted = quoted;
    where = where;
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
        this.state = useState({
            showIgnored: false,
            /** Index of the columns whose values are all shown. */
            allValues: {},
        });
        /** What can be done with all values of a column, and with one. */
        this.policies = {
            stop: _t("Choose for each"),
            create: _t("Create all of them"),
            create_many: _t("Create all of them: this is no free text"),
            skip: _t("Leave these cells out"),
            reject: _t("Leave these lines out"),
        };
        this.choices = {
            stop: _t("Choose…"),
            create: _t("Create it"),
            create_many: _t("Create it"),
            skip: _t("Leave the cell out"),
            reject: _t("Leave the line out"),
        };
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

    /** Those that want a decision first, for the others may be folded. */
    someUnknown(column) {
        const values = [...column.unknown].sort((a, b) => isOpen(b) - isOpen(a));
        return this.state.allValues[column.index] ? values : values.slice(0, SHOWN);
    }

    moreUnknown(column) {
        const more = column.unknown.length - this.someUnknown(column).length;
        return more > 0 ? _t("Show %s more", more) : "";
    }

    isOpen(unknown) {
        return isOpen(unknown);
    }

    hasGuess(column) {
        return column.unknown.some(({is_guess}) => is_guess);
    }

    hasOpen(column) {
        return column.unknown.some(isOpen);
    }

    choose(column, {value}, choice) {
        const id = Number(choice);
        this.props.onChangeValue(column.index, value, id || choice);
    }

    place(column) {
        return column.heading
            ? _t("Column %(letter)s, “%(heading)s”", column)
            : _t("Column %(letter)s", column);
    }
}

import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {quoted} from "../catalog/questions/wording";
import {where} from "./file_wording";

/** Values that do not exist, shown before “and more”. */
const SHOWN = 5;

/** Nothing is chosen for a value yet. */
const STOP = "stop";

function isOpen(unknown) {
    return unknown.choice === STOP;
}

/** What becomes of the values of a column that do not exist. */
export class ImportValues extends Component {
    static template = "crm_profiling.ImportValues";
    static props = {
        column: Object,
        readonly: Boolean,
        /** (policy) for all of them */
        onPolicy: Function,
        /** (value, id or policy) */
        onChoose: Function,
        /** What is suggested is right. */
        onAccept: Function,
    };
    isOpen = isOpen;
    quoted = quoted;
    where = where;

    setup() {
        this.state = useState({showAll: false});
        /** What can be done with all of them, and with one. */
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

    get values() {
        return this.props.column.unknown;
    }

    /** Those that want a decision first, for the others may be folded. */
    get some() {
        const values = [...this.values].sort((a, b) => isOpen(b) - isOpen(a));
        return this.state.showAll ? values : values.slice(0, SHOWN);
    }

    get moreLabel() {
        const more = this.values.length - this.some.length;
        return more > 0 ? _t("Show %s more", more) : "";
    }

    get hasGuess() {
        return this.values.some(({is_guess}) => is_guess);
    }

    get hasOpen() {
        return this.values.some(isOpen);
    }

    choose({value}, choice) {
        this.props.onChoose(value, Number(choice) || choice);
    }
}

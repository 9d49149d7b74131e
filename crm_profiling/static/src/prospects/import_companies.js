import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {formatInteger} from "@web/views/fields/formatters";
import {quoted} from "../catalog/questions/wording";
import {where} from "./file_wording";

/** What a select says where nothing is chosen, and where it is a new company. */
const OPEN = "";
const NEW = "0";

/** Companies of a file that may be some that exist: which they are. */
export class ImportCompanies extends Component {
    static template = "crm_profiling.ImportCompanies";
    static props = {
        similar: Array,
        count: Number,
        readonly: Boolean,
        /** (key or null for all, id, false for a new one, null for what is likeliest) */
        onChoose: Function,
    };
    quoted = quoted;
    where = where;
    NEW = NEW;

    get hasOpen() {
        return this.props.similar.some((one) => this.isOpen(one));
    }

    isOpen({choice}) {
        return choice === null;
    }

    /** Why a company is offered. */
    why({why}) {
        return {
            name: _t("nearly the same name"),
            domain: _t("the same e-mail domain"),
            file: _t("nearly the same name, in this file"),
        }[why];
    }

    label(candidate) {
        return _t("%(name)s (%(why)s)", {
            name: candidate.name,
            why: this.why(candidate),
        });
    }

    get moreLabel() {
        const more = this.props.count - this.props.similar.length;
        return more > 0 ? _t("and %s more", formatInteger(more)) : "";
    }

    onSelect({key}, value) {
        if (value !== OPEN) {
            this.props.onChoose(key, value === NEW ? false : Number(value));
        }
    }
}

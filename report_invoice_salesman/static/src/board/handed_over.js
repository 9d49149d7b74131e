import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {dayOf} from "../figures";

/** The invoices that went to others. */
export class HandedOver extends Component {
    static template = "report_invoice_salesman.HandedOver";
    static props = {notes: Array, format: Function};

    goneText({name, to, date, by}) {
        const words = {name, to, day: dayOf(date), by};
        return to
            ? _t("%(name)s went to %(to)s on %(day)s; changed by %(by)s", words)
            : _t("%(name)s is nobody's since %(day)s; changed by %(by)s", words);
    }
}

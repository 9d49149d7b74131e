import {formatDate, parseDate} from "@web/core/l10n/dates";
import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {dayOf} from "../figures";

/** The newest invoices, and whose they were before. */
export class NewestInvoices extends Component {
    static template = "report_invoice_salesman.NewestInvoices";
    static props = {invoices: Array, format: Function, open: Function};

    date(day) {
        return formatDate(parseDate(day));
    }

    get creditNote() {
        return _t("Credit note");
    }

    movedText({moved_from, moved_on, moved_by}) {
        const words = {from: moved_from, day: dayOf(moved_on), by: moved_by};
        return moved_from
            ? _t("Came from %(from)s on %(day)s; changed by %(by)s", words)
            : _t("Was nobody's until %(day)s; changed by %(by)s", words);
    }
}

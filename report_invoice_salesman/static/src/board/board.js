import {Component, onWillStart, useState} from "@odoo/owl";
import {amountText, monthName, percent, plainText} from "../figures";
import {deserializeDateTime, formatDate, parseDate} from "@web/core/l10n/dates";
import {Layout} from "@web/search/layout";
import {Months} from "./months";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useLive} from "../live";
import {useService} from "@web/core/utils/hooks";

const MODEL = "invoice.salesman.board";

/** My targets: where one stands, where one should be, what each day has to bring. */
export class TargetBoard extends Component {
    static template = "report_invoice_salesman.TargetBoard";
    static components = {Layout, Months};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.display = {controlPanel: {}};
        this.state = useState({board: null});
        /** Whose targets; null for one's own. */
        this.holderId = null;
        this.show = useLive(
            () => this.orm.silent.call(MODEL, "get_board", [this.holderId]),
            (board) => {
                this.state.board = board;
            }
        );
        onWillStart(() => this.show(this.orm.call(MODEL, "get_board", [null])));
    }

    get board() {
        return this.state.board;
    }

    money(value) {
        return amountText(value, {
            metric: this.board.plan.metric,
            currency_id: this.board.currency_id,
        });
    }

    turnover(value) {
        return amountText(value, {currency_id: this.board.currency_id});
    }

    plain(value) {
        return plainText(value);
    }

    percent(part, whole) {
        return percent(part, whole);
    }

    date(day) {
        return formatDate(parseDate(day));
    }

    day(value) {
        return formatDate(deserializeDateTime(value));
    }

    get periods() {
        const {month, year, months, now, plan} = this.board;
        return [
            {
                key: "month",
                name: monthName(months[now], "LLLL yyyy"),
                day: months[now],
                ...month,
            },
            {key: "year", name: plan.name, day: false, ...year},
        ];
    }

    /** How far one is ahead, in words that need no colour. */
    standing({achieved, should}) {
        const difference = achieved - should;
        if (Math.abs(difference) < 0.5) {
            return _t("Just where you should be today");
        }
        return difference > 0
            ? _t("%s ahead of today", this.money(difference))
            : _t("%s behind today", this.money(-difference));
    }

    /** @returns {number} how far a bar is filled, in percent */
    filled(value, target) {
        return Math.max(0, Math.min(100, (100 * value) / (target || 1)));
    }

    isAhead({achieved, should}) {
        return achieved >= should - 0.5;
    }

    daysText({per_day, days_left, achieved, target}) {
        if (achieved >= target) {
            return _t("Target reached");
        }
        if (per_day === null) {
            return _t("No working day is left");
        }
        return _t("%(amount)s on each working day; days left: %(days)s", {
            amount: this.money(per_day),
            days: this.plain(days_left),
        });
    }

    ofText({achieved, target}) {
        const share = percent(achieved, target);
        const amount = this.money(target);
        return share === null
            ? _t("of %s", amount)
            : _t("of %(target)s · %(share)s %", {target: amount, share});
    }

    rounded(number) {
        return Math.round(number);
    }

    get targetText() {
        return _t("Target: %s", this.money(this.board.year.target));
    }

    get creditNote() {
        return _t("Credit note");
    }

    movedText({moved_from, moved_on, moved_by}) {
        const words = {from: moved_from, day: this.day(moved_on), by: moved_by};
        return moved_from
            ? _t("Came from %(from)s on %(day)s; changed by %(by)s", words)
            : _t("Was nobody's until %(day)s; changed by %(by)s", words);
    }

    goneText({name, to, date, by}) {
        const words = {name, to, day: this.day(date), by};
        return to
            ? _t("%(name)s went to %(to)s on %(day)s; changed by %(by)s", words)
            : _t("%(name)s is nobody's since %(day)s; changed by %(by)s", words);
    }

    width(value, target) {
        return `width: ${this.filled(value, target)}%`;
    }

    /** What fills the bar of the year: invoiced, to invoice, pipeline. */
    get parts() {
        const {year, coming} = this.board;
        const parts = [{key: "invoiced", name: _t("Invoiced"), value: year.achieved}];
        if (coming && coming.to_invoice !== null) {
            parts.push({
                key: "to_invoice",
                name: _t("To invoice"),
                value: coming.to_invoice,
            });
        }
        if (coming) {
            parts.push({
                key: "pipeline",
                name: _t("Pipeline, by probability"),
                value: coming.pipeline,
            });
        }
        return parts;
    }

    get whole() {
        const values = this.parts.map(({value}) => Math.max(0, value));
        return Math.max(
            this.board.year.target,
            values.reduce((a, b) => a + b, 0)
        );
    }

    get costs() {
        const {uncosted, late} = this.board.costs;
        return _t("%(none)s % without a cost, %(late)s % with a cost noted later", {
            none: Math.round(100 * uncosted),
            late: Math.round(100 * late),
        });
    }

    async choose({target}) {
        const holderId = Number(target.value);
        try {
            await this.show(this.orm.call(MODEL, "get_board", [holderId]));
        } catch (error) {
            target.value = this.board.holder_id; // whose figures are shown still
            throw error;
        }
        this.holderId = holderId;
    }

    async open(day) {
        const {plan, key} = this.board;
        const action = await this.orm.call(
            "invoice.salesman.plan",
            "action_view_achieved",
            [[plan.id], key, day]
        );
        this.action.doAction(action);
    }

    openInvoice(id) {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "invoice.salesman.invoice",
            res_id: id,
            views: [[false, "form"]],
        });
    }

    openPlans() {
        this.action.doAction("report_invoice_salesman.invoice_salesman_plan_action");
    }
}

registry.category("actions").add("invoice_salesman_board", TargetBoard);

import {Component, onWillStart, useState} from "@odoo/owl";
import {amountText, monthName} from "../figures";
import {Coming} from "./coming";
import {HandedOver} from "./handed_over";
import {Layout} from "@web/search/layout";
import {Months} from "./months";
import {NewestInvoices} from "./newest";
import {Standing} from "./standing";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useLive} from "../live";
import {useService} from "@web/core/utils/hooks";

const MODEL = "invoice.salesman.board";

/** My targets: chosen, asked for, and opened. */
export class TargetBoard extends Component {
    static template = "report_invoice_salesman.TargetBoard";
    static components = {Coming, HandedOver, Layout, Months, NewestInvoices, Standing};
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

import {Component, onWillStart, useState} from "@odoo/owl";
import {monthName, percent, plainText, sum} from "../figures";
import {formatDate, parseDate} from "@web/core/l10n/dates";
import {Layout} from "@web/search/layout";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useLive} from "../live";
import {useService} from "@web/core/utils/hooks";

const MODEL = "invoice.salesman.comparison";
const ROUNDING = -1;

/** Holders x months: what was wanted, what came of it, and whether that is enough. */
export class TargetComparison extends Component {
    static template = "report_invoice_salesman.TargetComparison";
    static components = {Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.display = {controlPanel: {}};
        this.state = useState({plans: [], data: null});
        /** The plan that is shown, and by what it is looked at. */
        this.shown = null;
        this.show = useLive(
            async () =>
                this.shown &&
                (await this.orm.silent.call(MODEL, "get_comparison", this.shown)),
            (data) => {
                this.state.data = data;
            }
        );
        onWillStart(async () => {
            this.state.plans = await this.orm.call(MODEL, "get_plans", []);
            if (this.state.plans.length) {
                await this.load(this.state.plans[0].id);
            }
        });
    }

    async load(planId, by = null) {
        await this.show(this.orm.call(MODEL, "get_comparison", [planId, by]));
        this.shown = [planId, by];
    }

    /** Loads what was chosen; where that is refused, the choice goes back. */
    async loadChosen(select, before, ...choice) {
        try {
            await this.load(...choice);
        } catch (error) {
            select.value = before;
            throw error;
        }
    }

    /** What the same figures may be looked at by. */
    get ways() {
        const ways = [
            ["user", _t("Salespeople")],
            ["team", _t("Sales teams")],
            ["industry", _t("Industries")],
            ["profile", _t("Profiles")],
            ["categ", _t("Product categories")],
        ];
        if (this.data.closed_on) {
            return ways.filter(([by]) => by === this.data.held_by);
        }
        return this.data.metric === "number" ? ways.slice(0, -1) : ways;
    }

    get data() {
        return this.state.data;
    }

    month(day) {
        return monthName(day);
    }

    plain(value) {
        return plainText(value);
    }

    sum(values) {
        return sum(values);
    }

    name({name, key}) {
        if (key === ROUNDING) {
            return _t("Roundings");
        }
        return (
            name ||
            {
                user: _t("Nobody"),
                team: _t("No team"),
                industry: _t("No industry"),
                profile: _t("In no profile"),
                categ: _t("No category with a target"),
            }[this.data.by]
        );
    }

    /** What should have been achieved by today. */
    should(row) {
        return sum(
            row.targets.map((target, index) => target * this.data.shares[index])
        );
    }

    percent(row) {
        return percent(sum(row.achieved), this.should(row));
    }

    /** A colour, and a sign for who cannot tell it. */
    look(achieved, should) {
        if (!should) {
            return {style: "", sign: ""};
        }
        const part = achieved / should;
        if (part >= 1) {
            return {style: "table-success", sign: "▲"};
        }
        return part >= 0.8
            ? {style: "table-warning", sign: "▽"}
            : {style: "table-danger", sign: "▼"};
    }

    cell(row, index) {
        const target = row.targets[index];
        const achieved = row.achieved[index];
        return {
            target,
            achieved,
            ...this.look(achieved, (target || 0) * this.data.shares[index]),
        };
    }

    whole(row) {
        return this.look(sum(row.achieved), this.should(row));
    }

    get targets() {
        return this.data.months.map((_month, index) =>
            sum(this.data.rows.map(({targets}) => targets[index]))
        );
    }

    get closedText() {
        return _t(
            "Closed on %s: figures as they were on that day. The lists behind them are of today.",
            formatDate(parseDate(this.data.closed_on))
        );
    }

    get withoutRateText() {
        return _t(
            "There was no exchange rate for %s: invoices in it are counted one to one. Enter the rate, then reset these invoices to draft and post them again.",
            this.data.without_rate.join(", ")
        );
    }

    choose({target}) {
        return this.loadChosen(target, this.data.plan.id, Number(target.value));
    }

    chooseWay({target}) {
        const {plan, by} = this.data;
        return this.loadChosen(target, by, plan.id, target.value);
    }

    async open(key, day) {
        const action = await this.orm.call(
            "invoice.salesman.plan",
            "action_view_achieved",
            [[this.data.plan.id], key, day, this.data.by]
        );
        this.action.doAction(action);
    }

    print() {
        window.print();
    }
}

registry.category("actions").add("invoice_salesman_comparison", TargetComparison);

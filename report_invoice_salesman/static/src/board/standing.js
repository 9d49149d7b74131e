import {barWidth, filled, percent} from "../figures";
import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {formatFloat} from "@web/views/fields/formatters";

/** Where one stands, where one should be, what each day has to bring. */
export class Standing extends Component {
    static template = "report_invoice_salesman.Standing";
    static props = {period: Object, format: Function, open: Function};

    get period() {
        return this.props.period;
    }

    get isAhead() {
        return this.period.achieved >= this.period.should - 0.5;
    }

    /** How far one is ahead, in words that need no colour. */
    get standing() {
        const difference = this.period.achieved - this.period.should;
        if (Math.abs(difference) < 0.5) {
            return _t("Just where you should be today");
        }
        return difference > 0
            ? _t("%s ahead of today", this.props.format(difference))
            : _t("%s behind today", this.props.format(-difference));
    }

    get ofText() {
        const share = percent(this.period.achieved, this.period.target);
        const amount = this.props.format(this.period.target);
        return share === null
            ? _t("of %s", amount)
            : _t("of %(target)s · %(share)s %", {target: amount, share});
    }

    get daysText() {
        const {per_day, days_left, achieved, target} = this.period;
        if (achieved >= target) {
            return _t("Target reached");
        }
        if (per_day === null) {
            return _t("No working day is left");
        }
        return _t("%(amount)s on each working day; days left: %(days)s", {
            amount: this.props.format(per_day),
            days: formatFloat(days_left, {digits: [16, 1], trailingZeros: false}),
        });
    }

    get rounded() {
        return Math.round(filled(this.period.achieved, this.period.target));
    }

    get done() {
        return barWidth(this.period.achieved, this.period.target);
    }

    get today() {
        return barWidth(this.period.should, this.period.target);
    }
}

import {monthName, sum} from "../figures";
import {Component} from "@odoo/owl";

const WIDTH = 600;
const HEIGHT = 160;
const FOOT = 18;

/** The months as a curve: what was wanted by then, what was achieved by then. */
export class Months extends Component {
    static template = "report_invoice_salesman.Months";
    static props = {
        months: Array,
        targets: Array,
        achieved: Array,
        now: Number,
        format: Function,
        open: Function,
    };

    get view() {
        return `0 0 ${WIDTH} ${HEIGHT + FOOT}`;
    }

    cumulated(values) {
        return values.map((_value, index) => sum(values.slice(0, index + 1)));
    }

    get highest() {
        const targets = this.cumulated(this.props.targets);
        return Math.max(1, ...targets, ...this.cumulated(this.props.achieved));
    }

    x(index) {
        return ((index + 0.5) * WIDTH) / this.props.months.length;
    }

    y(value) {
        return HEIGHT - (Math.max(0, value) * (HEIGHT - 10)) / this.highest;
    }

    points(values) {
        return values
            .map((value, index) => `${this.x(index)},${this.y(value)}`)
            .join(" ");
    }

    get wanted() {
        return this.points(this.cumulated(this.props.targets));
    }

    get done() {
        const past = this.props.achieved.slice(0, this.props.now + 1);
        return this.points(this.cumulated(past));
    }

    get columns() {
        const {months, targets, achieved, format} = this.props;
        return months.map((month, index) => ({
            month,
            x: this.x(index),
            name: monthName(month, "LLL"),
            title: `${monthName(month, "LLLL yyyy")}: ${format(achieved[index])} / ${format(targets[index])}`,
            left: (index * WIDTH) / months.length,
        }));
    }

    /** Opens a month as a button does. */
    onKeydown(ev, month) {
        if (["Enter", " "].includes(ev.key)) {
            ev.preventDefault();
            this.props.open(month);
        }
    }

    get columnWidth() {
        return WIDTH / this.props.months.length;
    }

    get height() {
        return HEIGHT;
    }
}

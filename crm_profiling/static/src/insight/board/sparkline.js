import {Component} from "@odoo/owl";

const WIDTH = 96;
const HEIGHT = 24;
const MARGIN = 3;

/** A small curve without axes: whether something grows, at a glance. */
export class Sparkline extends Component {
    static template = "crm_profiling.Sparkline";
    static props = {
        // One a month, this month last; null where it is not known
        values: {type: Array},
        label: {type: String},
    };

    get width() {
        return WIDTH;
    }

    get height() {
        return HEIGHT;
    }

    /** @returns {Object[]} where the known values are drawn */
    get points() {
        const start = this.props.values.findIndex((value) => value !== null);
        const values = this.props.values.slice(Math.max(0, start));
        const top = Math.max(1, ...values);
        const step = (WIDTH - 2 * MARGIN) / Math.max(1, values.length - 1);
        return values
            .map((value, index) => ({
                value,
                x: MARGIN + index * step,
                y: HEIGHT - MARGIN - (value / top) * (HEIGHT - 2 * MARGIN),
            }))
            .filter(({value}) => value !== null);
    }

    get path() {
        return this.points.map(({x, y}) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ");
    }

    get last() {
        return this.points.at(-1);
    }
}

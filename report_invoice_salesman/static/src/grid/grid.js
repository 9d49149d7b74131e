import {Component, useState} from "@odoo/owl";
import {monthName, plainText, sum} from "../figures";
import {_t} from "@web/core/l10n/translation";
import {formatFloat} from "@web/views/fields/formatters";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useRecordObserver} from "@web/model/relational_model/utils";
import {useService} from "@web/core/utils/hooks";

const MODEL = "invoice.salesman.plan";

/** Targets of a plan: a row for each holder, a column for each month. */
export class TargetGrid extends Component {
    static template = "report_invoice_salesman.TargetGrid";
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.notification = useService("notification");
        this.state = useState({grid: null, pasting: false, text: "", drawn: 0});
        useRecordObserver(async (record) => {
            // What is read here is watched: other holders, another state, "Set targets"
            const {resId} = record;
            if (resId && record.data.state && record.data.holder_ids) {
                this.state.grid = await this.orm.call(MODEL, "get_grid", [[resId]]);
            }
        });
    }

    get grid() {
        return this.state.grid;
    }

    month(day) {
        return monthName(day);
    }

    plain(value) {
        return plainText(value);
    }

    typed(value) {
        return value === null ? "" : formatFloat(value, {trailingZeros: false});
    }

    total(values) {
        return sum(values);
    }

    column(index) {
        return sum(this.grid.holders.map(({cells}) => cells[index]));
    }

    get sum() {
        return sum(this.grid.holders.map(({cells}) => sum(cells)));
    }

    /** What the members of a team have more, or less, than the team, to the cent. */
    difference({cells, members}) {
        return Math.round(100 * (sum(members) - sum(cells))) / 100;
    }

    cellLabel(holder, month) {
        return _t("%(holder)s, %(month)s", {
            holder: holder.name,
            month: monthName(month, "LLLL yyyy"),
        });
    }

    async write(method, ...args) {
        try {
            const {resId} = this.props.record;
            this.state.grid = await this.orm.call(MODEL, method, [[resId], ...args]);
            return true;
        } finally {
            // What was refused gives way to what is
            this.state.drawn++;
        }
    }

    async type(holder, index, {target}) {
        const shown = this.typed(holder.cells[index]);
        if (target.value.trim() !== shown) {
            const cell = [holder.id, this.grid.months[index], target.value];
            await this.write("set_cells", [cell]);
        }
    }

    /** Cells of a spreadsheet go into the cells from here on, right and down. */
    async pasteInto(row, column, event) {
        const text = event.clipboardData.getData("text/plain");
        if (!/[\t\n]/.test(text.trim())) {
            return;
        }
        event.preventDefault();
        const cells = [];
        for (const [down, line] of text.trimEnd().split(/\r?\n/).entries()) {
            for (const [right, value] of line.split("\t").entries()) {
                const holder = this.grid.holders[row + down];
                const month = this.grid.months[column + right];
                if (!holder || !month) {
                    this.notification.add(
                        _t(
                            "More was copied than there is room for from this cell on. Nothing has been written."
                        ),
                        {type: "danger"}
                    );
                    return;
                }
                cells.push([holder.id, month, value]);
            }
        }
        await this.write("set_cells", cells);
    }

    async paste() {
        if (await this.write("paste", this.state.text)) {
            Object.assign(this.state, {pasting: false, text: ""});
            await this.props.record.load();
        }
    }

    async spread({id}) {
        await this.write("spread_team", id);
    }
}

registry.category("view_widgets").add("invoice_salesman_grid", {
    component: TargetGrid,
    fieldDependencies: [
        {name: "state", type: "selection"},
        {name: "holder_ids", type: "one2many"},
    ],
});

import {Component, useState} from "@odoo/owl";
import {monthName, plainText, sum} from "../figures";
import {Mutex} from "@web/core/utils/concurrency";
import {_t} from "@web/core/l10n/translation";
import {formatFloat} from "@web/views/fields/formatters";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useRecordObserver} from "@web/model/relational_model/utils";
import {useService} from "@web/core/utils/hooks";

const MODEL = "invoice.salesman.plan";

/** A cell: drawn anew where its text changes alone, or what is being typed would go. */
export class TargetCell extends Component {
    static template = "report_invoice_salesman.TargetCell";
    static props = {text: String, label: String, onType: Function, onPaste: Function};
}

/** Targets of a plan: a row for each holder, a column for each month. */
export class TargetGrid extends Component {
    static template = "report_invoice_salesman.TargetGrid";
    static components = {TargetCell};
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.notification = useService("notification");
        this.state = useState({grid: null, pasting: false, text: ""});
        /** What is read and written comes one after the other: the last answer counts. */
        this.mutex = new Mutex();
        useRecordObserver(async (record) => {
            // What is read here is watched: other holders, another state, "Set targets"
            const {resId} = record;
            if (resId && record.data.state && record.data.holder_ids) {
                await this.call("get_grid", resId);
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

    /** Has the server do something to a plan, and shows the grid that it answers with. */
    call(method, resId, ...args) {
        return this.mutex.exec(async () => {
            this.state.grid = await this.orm.call(MODEL, method, [[resId], ...args]);
        });
    }

    write(method, ...args) {
        return this.call(method, this.props.record.resId, ...args);
    }

    /** What stands in a cell by now. */
    textOf(holderId, index) {
        const holder = this.grid.holders.find(({id}) => id === holderId);
        return this.typed(holder ? holder.cells[index] : null);
    }

    async type(holderId, index, input) {
        const {value} = input;
        if (value.trim() === this.textOf(holderId, index)) {
            return;
        }
        try {
            await this.write("set_cells", [[holderId, this.grid.months[index], value]]);
        } finally {
            if (input.value === value) {
                // as it is written, or as it was where that is refused
                input.value = this.textOf(holderId, index);
            }
        }
    }

    /** Cells of a spreadsheet go into the cells from here on, right and down. */
    async pasteInto(holderId, column, event) {
        const text = event.clipboardData.getData("text/plain");
        if (!/[\t\n]/.test(text.trim())) {
            return;
        }
        event.preventDefault();
        const row = this.grid.holders.findIndex(({id}) => id === holderId);
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
        await this.write("paste", this.state.text);
        Object.assign(this.state, {pasting: false, text: ""});
        await this.props.record.load();
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

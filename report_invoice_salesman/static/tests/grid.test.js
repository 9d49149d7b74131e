import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {beforeEach, expect, test} from "@odoo/hoot";
import {press, queryAll, queryAllValues, queryOne} from "@odoo/hoot-dom";
import {Deferred, animationFrame} from "@odoo/hoot-mock";
import {
    contains,
    defineModels,
    fields,
    makeServerError,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";

const CELL = ".o_target_grid tbody input";
const MONTHS = ["2026-01-01", "2026-02-01", "2026-03-01"];

class Plan extends models.Model {
    _name = "invoice.salesman.plan";

    name = fields.Char();
    state = fields.Selection({selection: [["draft", "Draft"]]});
    holder_ids = fields.One2many({relation: "invoice.salesman.holder"});

    _records = [{id: 1, name: "Plan", state: "draft", holder_ids: [5]}];
}

class Holder extends models.Model {
    _name = "invoice.salesman.holder";

    name = fields.Char();

    _records = [{id: 5, name: "Ann"}];
}

defineMailModels();
defineModels([Plan, Holder]);

let grid = {};

/** Writes cells as the server does, which gives back all of them. */
function setCells(cells) {
    for (const [, month, value] of cells) {
        const amount = Number(value);
        if (Number.isNaN(amount)) {
            throw makeServerError({message: "That is no amount."});
        }
        grid.holders[0].cells[MONTHS.indexOf(month)] = amount;
    }
    return JSON.parse(JSON.stringify(grid));
}

beforeEach(() => {
    grid = {
        months: MONTHS,
        currency_id: false,
        money: true,
        editable: true,
        holders: [{id: 5, name: "Ann", cells: [null, 20, null], members: null}],
    };
    onRpc("invoice.salesman.plan", "get_grid", () => JSON.parse(JSON.stringify(grid)));
});

async function mountGrid() {
    await mountView({
        type: "form",
        resModel: "invoice.salesman.plan",
        resId: 1,
        arch: `<form>
            <field name="state" invisible="1"/>
            <field name="holder_ids" invisible="1"/>
            <widget name="invoice_salesman_grid"/>
        </form>`,
    });
}

/** Types into a cell as by keyboard, and leaves it. */
async function type(index, value) {
    await contains(`${CELL}:eq(${index})`).edit(value, {confirm: "tab"});
}

test.tags("desktop");
test("what is typed next stays, whenever the answer comes", async () => {
    const answer = new Deferred();
    onRpc("invoice.salesman.plan", "set_cells", async ({args}) => {
        await answer;
        return setCells(args[1]);
    });
    await mountGrid();
    await type(0, "10");
    const next = queryAll(CELL)[1];
    expect(next).toBeFocused();
    next.value = "2"; // the first digit of what is being typed
    answer.resolve();
    await animationFrame();
    await animationFrame();
    expect(".o_target_grid tfoot td:last").toHaveText("30");
    expect(queryAll(CELL)[1]).toBe(next);
    expect(next).toBeFocused();
    expect(next).toHaveValue("2");
});

test.tags("desktop");
test("cells are written one after the other, and the last answer counts", async () => {
    const answers = [new Deferred(), new Deferred()];
    let count = 0;
    onRpc("invoice.salesman.plan", "set_cells", async ({args}) => {
        expect.step(args[1][0][2]);
        const told = setCells(args[1]);
        await answers[count++];
        return told;
    });
    await mountGrid();
    await type(0, "10");
    await type(2, "30");
    answers[1].resolve();
    await animationFrame();
    expect.verifySteps(["10"]);
    answers[0].resolve();
    await animationFrame();
    await animationFrame();
    expect.verifySteps(["30"]);
    expect(queryAllValues(CELL)).toEqual(["10", "20", "30"]);
    expect(".o_target_grid tfoot td:last").toHaveText("60");
});

test.tags("desktop");
test("what is refused gives way to what is", async () => {
    expect.errors(1);
    onRpc("invoice.salesman.plan", "set_cells", ({args}) => setCells(args[1]));
    await mountGrid();
    await type(1, "many");
    await animationFrame();
    expect.verifyErrors(["That is no amount."]);
    expect(queryAllValues(CELL)).toEqual(["", "20", ""]);
});

test.tags("desktop");
test("what is typed in another way is shown as it is written", async () => {
    onRpc("invoice.salesman.plan", "set_cells", ({args}) => setCells(args[1]));
    await mountGrid();
    await type(1, "20.0");
    await animationFrame();
    expect(queryAllValues(CELL)).toEqual(["", "20", ""]);
});

test.tags("desktop");
test("cells of a spreadsheet go right and down from where they are pasted", async () => {
    onRpc("invoice.salesman.plan", "set_cells", ({args}) => {
        expect.step(args[1]);
        return setCells(args[1]);
    });
    await mountGrid();
    const paste = (text) => {
        const clipboardData = new DataTransfer();
        clipboardData.setData("text/plain", text);
        queryOne(`${CELL}:eq(1)`).dispatchEvent(
            new ClipboardEvent("paste", {
                clipboardData,
                bubbles: true,
                cancelable: true,
            })
        );
    };
    paste("1\t2");
    await animationFrame();
    expect.verifySteps([
        [
            [5, "2026-02-01", "1"],
            [5, "2026-03-01", "2"],
        ],
    ]);
    paste("1\t2\t3");
    await animationFrame();
    expect.verifySteps([]);
    expect(".o_notification").toHaveText(/More was copied than there is room for/);
    await press("Escape");
});

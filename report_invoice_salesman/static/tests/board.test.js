import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {beforeEach, expect, test} from "@odoo/hoot";
import {press, queryFirst} from "@odoo/hoot-dom";
import {advanceTime, animationFrame} from "@odoo/hoot-mock";
import {
    contains,
    getService,
    makeServerError,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {WebClient} from "@web/webclient/webclient";

const MINUTE = 60000;
const SELECT = ".o_target_board select";
const ACHIEVED = ".o_target_achieved[data-period=month]";

defineMailModels();

let achieved = 0;
let trouble = null;

function board(holderId) {
    const standing = {target: 100, achieved, should: 50, days_left: 5, per_day: 10};
    return {
        choices: [
            {id: 1, name: "Ann", plan: "2026", mine: true},
            {id: 2, name: "Ben", plan: "2026", mine: false},
        ],
        manager: false,
        holder_id: holderId || 1,
        plan: {id: 7, name: "2026", metric: "turnover"},
        key: 11,
        name: holderId === 2 ? "Ben" : "Ann",
        held_by: "user",
        currency_id: false,
        today: "2026-01-15",
        months: ["2026-01-01", "2026-02-01"],
        now: 0,
        targets: [100, 100],
        achieved: [achieved, 0],
        month: standing,
        year: standing,
        coming: null,
        newest: [],
        handed_over: [],
        ranking: null,
        costs: null,
    };
}

beforeEach(() => {
    achieved = 40;
    trouble = null;
    onRpc("invoice.salesman.board", "get_board", ({args: [holderId]}) => {
        expect.step(`asked ${holderId}`);
        if (trouble) {
            throw makeServerError({message: trouble});
        }
        return board(holderId);
    });
});

async function mountBoard() {
    await mountWithCleanup(WebClient);
    await getService("action").doAction({
        type: "ir.actions.client",
        tag: "invoice_salesman_board",
    });
}

test.tags("desktop");
test("it asks again each minute, and what is shown stays where that fails", async () => {
    await mountBoard();
    expect.verifySteps(["asked null"]);
    expect(ACHIEVED).toHaveText(/40/);
    achieved = 60;
    await advanceTime(MINUTE);
    await animationFrame();
    expect.verifySteps(["asked null"]);
    expect(ACHIEVED).toHaveText(/60/);
    trouble = "The server restarts.";
    await advanceTime(MINUTE);
    await animationFrame();
    expect.verifySteps(["asked null"]);
    expect(ACHIEVED).toHaveText(/60/);
});

test.tags("desktop");
test("a screen that never came asks no more", async () => {
    trouble = "The server restarts.";
    await mountWithCleanup(WebClient);
    const opened = getService("action").doAction({
        type: "ir.actions.client",
        tag: "invoice_salesman_board",
    });
    await expect(opened).rejects.toThrow(/restarts/);
    await animationFrame();
    expect.verifySteps(["asked null"]);
    await advanceTime(3 * MINUTE);
    expect.verifySteps([]);
});

test.tags("desktop");
test("who is chosen is asked for from then on; a refused choice goes back", async () => {
    expect.errors(1);
    await mountBoard();
    trouble = "These targets are not there any more.";
    await contains(SELECT).select("2");
    await animationFrame();
    expect.verifyErrors(["These targets are not there any more."]);
    expect(SELECT).toHaveValue("1");
    trouble = null;
    await advanceTime(MINUTE);
    await animationFrame();
    expect.verifySteps(["asked null", "asked 2", "asked null"]);
    await contains(SELECT).select("2");
    await animationFrame();
    expect("h2").toHaveText("Ben");
    await advanceTime(MINUTE);
    expect.verifySteps(["asked 2", "asked 2"]);
});

test.tags("desktop");
test("a month is opened by keyboard, and says what it is", async () => {
    onRpc("invoice.salesman.plan", "action_view_achieved", ({args}) => {
        expect.step(args);
        return {type: "ir.actions.act_window_close"};
    });
    await mountBoard();
    patchWithCleanup(getService("action"), {doAction: () => {}});
    const month = queryFirst(".o_target_months [role=button]");
    expect(month).toHaveAttribute("aria-label", /January 2026: .*40.* \/ .*100/);
    month.focus();
    await press("Enter");
    await animationFrame();
    expect.verifySteps(["asked null", [[7], 11, "2026-01-01"]]);
});

test.tags("desktop");
test("a bar says how full it is", async () => {
    await mountBoard();
    expect.verifySteps(["asked null"]);
    expect("[role=progressbar]:first").toHaveAttribute("aria-valuenow", "40");
    expect("[role=progressbar]:first").toHaveAttribute(
        "aria-valuetext",
        /behind today/
    );
});

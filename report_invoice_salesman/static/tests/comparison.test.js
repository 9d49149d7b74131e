import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {beforeEach, expect, test} from "@odoo/hoot";
import {Deferred, advanceTime, animationFrame} from "@odoo/hoot-mock";
import {
    contains,
    getService,
    makeServerError,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {WebClient} from "@web/webclient/webclient";

const MINUTE = 60000;
const PLAN = ".o_target_comparison select:first";
const WAY = ".o_target_comparison select:last";

defineMailModels();

let achieved = 0;
let refused = false;

function comparison(planId, by) {
    return {
        plan: {id: planId, name: `Plan ${planId}`},
        held_by: "user",
        by: by || "user",
        metric: "turnover",
        currency_id: false,
        closed_on: false,
        without_rate: [],
        months: ["2026-01-01"],
        shares: [0.5],
        rows: [
            {key: 1, holder_id: 3, name: "Ann", targets: [100], achieved: [achieved]},
        ],
        whole: true,
        total: [achieved],
        rounding: null,
    };
}

beforeEach(() => {
    achieved = 40;
    refused = false;
    onRpc("invoice.salesman.comparison", "get_plans", () => [
        {id: 1, name: "Plan 1"},
        {id: 2, name: "Plan 2"},
    ]);
    onRpc("invoice.salesman.comparison", "get_comparison", ({args}) => {
        if (refused) {
            throw makeServerError({message: "This plan is not there any more."});
        }
        return comparison(...args);
    });
});

async function mountComparison() {
    await mountWithCleanup(WebClient);
    await getService("action").doAction({
        type: "ir.actions.client",
        tag: "invoice_salesman_comparison",
    });
}

test.tags("desktop");
test("what each should be at is compared with what came of it", async () => {
    await mountComparison();
    expect(".o_target_sum").toHaveText("40");
    expect("tbody tr:first td:eq(2)").toHaveText("▽80");
    achieved = 55;
    await advanceTime(MINUTE);
    await animationFrame();
    expect(".o_target_sum").toHaveText("55");
    expect("tbody tr:first td:eq(2)").toHaveText("▲110");
});

test.tags("desktop");
test("a choice that is refused goes back", async () => {
    expect.errors(2);
    await mountComparison();
    refused = true;
    await contains(PLAN).select("2");
    await animationFrame();
    expect(PLAN).toHaveValue("1");
    await contains(WAY).select("team");
    await animationFrame();
    expect(WAY).toHaveValue("user");
    expect.verifyErrors([
        "This plan is not there any more.",
        "This plan is not there any more.",
    ]);
    expect(".o_target_sum").toHaveText("40");
});

test.tags("desktop");
test("of two choices the last one is shown, whichever answer comes first", async () => {
    const answers = {team: new Deferred(), industry: new Deferred()};
    onRpc("invoice.salesman.comparison", "get_comparison", async ({args}) => {
        await answers[args[1]];
    });
    await mountComparison();
    await contains(WAY).select("team");
    await contains(WAY).select("industry");
    answers.industry.resolve();
    await animationFrame();
    answers.team.resolve();
    await animationFrame();
    expect(WAY).toHaveValue("industry");
});

import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {describe, expect, test} from "@odoo/hoot";
import {press, queryAllTexts} from "@odoo/hoot-dom";
import {Deferred, advanceTime, animationFrame} from "@odoo/hoot-mock";
import {contains} from "@web/../tests/web_test_helpers";
import {mountInterview} from "./mock_interview";

describe.current.tags("desktop");
defineMailModels();

const MAIL = "crm.profiling.interview.after.mail";
const OPPORTUNITY = "crm.profiling.interview.after.opportunity";

function entry(name, key, label, values = {}) {
    return {
        name,
        key,
        label,
        icon: "fa-star-o",
        made: "",
        can_show: false,
        shows: false, // whether it can be shown once it is made
        why_not: "",
        ...values,
    };
}

/** Shows the end screen of an interview that is finished. */
function mountEnd(...after) {
    return mountInterview({state: "done", after});
}

test("what follows the call is done by a key, once", async () => {
    const mock = await mountEnd(entry(OPPORTUNITY, "o", "Create an opportunity"));
    expect(".o_crm_profiling_after button").toHaveText("Create an opportunity O");
    await press("o");
    await animationFrame();
    await animationFrame();
    expect(mock.takeCalls()).toEqual([["do_after_call", OPPORTUNITY]]);
    expect(".o_crm_profiling_after").toHaveText("Create an opportunity: done");
    expect(".o_crm_profiling_after button").toHaveCount(0);
    await press("o");
    await animationFrame();
    expect(mock.takeCalls()).toEqual([]);
});

test("who asks twice, for nothing is seen to happen, has it made and stays", async () => {
    const mock = await mountEnd(
        entry(OPPORTUNITY, "o", "Create an opportunity", {shows: true})
    );
    mock.trouble.do_after_call = new Deferred();
    await press("o");
    await animationFrame();
    expect("[data-after=o] .fa-spinner").toHaveCount(1);
    expect("[data-after=o] button").toHaveAttribute("aria-busy", "true");
    await press("o");
    mock.trouble.do_after_call.resolve();
    await animationFrame();
    await animationFrame();
    expect(".o_crm_profiling_after").toHaveText(/^Create an opportunity: done/);
    expect("[data-after=o] .fa-check").toHaveCount(1);
    await press("o"); // a moment too late
    await animationFrame();
    expect(mock.takeCalls()).toEqual([["do_after_call", OPPORTUNITY]]);
    await advanceTime(2000);
    await press("o");
    await animationFrame();
    expect(mock.takeCalls()).toEqual([["do_after_call", OPPORTUNITY]]);
});

test("and by a finger", async () => {
    const mock = await mountEnd(entry(OPPORTUNITY, "o", "Create an opportunity"));
    await contains("[data-after=o] button").click();
    await animationFrame();
    expect(mock.takeCalls()).toEqual([["do_after_call", OPPORTUNITY]]);
});

test("what is not possible says why", async () => {
    const mock = await mountEnd(
        entry(MAIL, "m", "E-mail the offer", {why_not: "No valid address."}),
        entry(OPPORTUNITY, "o", "Create an opportunity", {
            made: "Opportunity: ACME",
            can_show: true,
        })
    );
    expect(queryAllTexts(".o_crm_profiling_after li")).toEqual([
        "E-mail the offer: No valid address.",
        "Opportunity: ACME O",
    ]);
    await press("m");
    await animationFrame();
    expect(mock.takeCalls()).toEqual([]);
});

test("while it is asked nothing of it is there", async () => {
    await mountInterview();
    expect(".o_crm_profiling_after").toHaveCount(0);
});

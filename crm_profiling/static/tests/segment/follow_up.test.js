import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {describe, expect, test} from "@odoo/hoot";
import {press, queryAllTexts} from "@odoo/hoot-dom";
import {animationFrame} from "@odoo/hoot-mock";
import {contains, getService, onRpc} from "@web/../tests/web_test_helpers";
import {MockInterview, mountInterview} from "../interview/mock_interview";

describe.current.tags("desktop");
defineMailModels();

const MAIL = "crm.profiling.entry.action.mail";
const CALL = "crm.profiling.entry.action.schedule";

function line(action, text, values = {}) {
    return {action, text, can_untick: true, needs_reason: false, ...values};
}

function entry(values = {}) {
    return {
        stay_id: 5,
        contact: "Zoe Prospect",
        profile: "Partnership",
        left: false,
        can_write: true,
        lines: [
            line(CALL, "Call for Sam on 05/06/2026"),
            line(MAIL, "e-mail “Invitation” to zoe@example.com", {needs_reason: true}),
        ],
        ...values,
    };
}

/** Opens the end of an interview. */
async function mountEnd(followUp) {
    const mock = new MockInterview();
    Object.assign(mock.followUp, followUp);
    await mountInterview(mock);
    await press("f");
    await animationFrame();
    await animationFrame();
    return mock;
}

async function finish() {
    await press(["Control", "Enter"]);
    await animationFrame();
    await animationFrame();
}

function checkbox(n) {
    return `.o_crm_profiling_follow_up input[type=checkbox]:eq(${n})`;
}

test("the end says what profiles are going to do", async () => {
    const mock = await mountEnd({
        entries: [
            entry(),
            entry({
                stay_id: 6,
                contact: "Bob",
                left: true,
                lines: [line(CALL, "Call for Sam withdrawn", {can_untick: false})],
            }),
        ],
    });
    expect(queryAllTexts(".o_crm_profiling_follow_up legend")).toEqual([
        "Zoe Prospect enters “Partnership”",
        "Bob leaves “Partnership”",
    ]);
    expect(".o_crm_profiling_follow_up input[type=checkbox]:checked").toHaveCount(2);
    expect(".o_crm_profiling_settled").toHaveText("Call for Sam withdrawn");
    await finish();
    expect(mock.takeCalls()).toEqual([["finish", "", null]]);
});

test("nothing is said where nothing will be done", async () => {
    await mountEnd({});
    expect(".o_crm_profiling_follow_up h3").toHaveCount(0);
});

test("what is unticked is left out", async () => {
    const mock = await mountEnd({entries: [entry()]});
    await contains(checkbox(0)).click();
    expect(".o_crm_profiling_follow_up .o_crm_profiling_left_out_reason").toHaveCount(
        0
    );
    await finish();
    expect(mock.takeCalls()).toEqual([
        ["finish", "", null, [{stay_id: 5, action: CALL, reason: ""}]],
    ]);
});

test("an e-mail that is unticked asks why, by keyboard alone", async () => {
    const mock = await mountEnd({entries: [entry()]});
    await contains(checkbox(1)).focus();
    await press("Space");
    await animationFrame();
    expect(".o_crm_profiling_follow_up .o_crm_profiling_left_out_reason").toBeFocused();
    await finish();
    expect(mock.takeCalls()).toEqual([]);
    expect(".o_crm_profiling_follow_up .o_crm_profiling_left_out_reason").toBeFocused();
    expect(".o_crm_profiling_follow_up [role=alert]").toHaveText("Why not?");

    await contains(".o_crm_profiling_follow_up .o_crm_profiling_left_out_reason").edit(
        "Knows it ",
        {confirm: false}
    );
    await finish();
    expect(mock.takeCalls()).toEqual([
        ["finish", "", null, [{stay_id: 5, action: MAIL, reason: "Knows it"}]],
    ]);
});

test("ticked again it is done, and needs no reason", async () => {
    const mock = await mountEnd({entries: [entry()]});
    await contains(checkbox(1)).click();
    await contains(checkbox(1)).click();
    await finish();
    expect(mock.takeCalls()).toEqual([["finish", "", null]]);
});

test("what is unticked stays so while one goes back to the questions", async () => {
    await mountEnd({entries: [entry()]});
    await contains(checkbox(0)).click();
    await press("Escape");
    await animationFrame();
    expect(".o_crm_profiling_follow_up").toHaveCount(0);
    await press("f");
    await animationFrame();
    await animationFrame();
    expect(checkbox(0)).not.toBeChecked();
    expect(checkbox(1)).toBeChecked();
});

test("what is unticked stays so when the screen is opened again", async () => {
    const mock = await mountEnd({entries: [entry()]});
    await contains(checkbox(0)).click();
    await getService("action").doAction({
        type: "ir.actions.client",
        tag: "crm_profiling.interview",
        params: {interview_id: 7},
    });
    await press("f");
    await animationFrame();
    await animationFrame();
    expect(checkbox(0)).not.toBeChecked();
    mock.takeCalls();
    await finish();
    expect(mock.takeCalls()).toEqual([
        ["finish", "", null, [{stay_id: 5, action: CALL, reason: ""}]],
    ]);
});

test("whose end it waits for, and how much one may not see", async () => {
    await mountEnd({entries: [entry({can_write: false})], hidden: 2, others: ["Ivy"]});
    expect(".o_crm_profiling_others").toHaveText(/^Ivy is in an interview/);
    expect(".o_crm_profiling_follow_up").toHaveText(/may not see: 2\./);
    expect(checkbox(0)).not.toBeEnabled();
});

test("the end comes without it, too", async () => {
    const mock = new MockInterview();
    await mountInterview(mock);
    onRpc("crm.profiling.interview", "get_follow_up", () => {
        throw new Error("Not today");
    });
    await press("f");
    await animationFrame();
    await animationFrame();
    expect(".o_crm_profiling_follow_up").toHaveText(/cannot be shown/);
    await finish();
    expect(mock.takeCalls()).toEqual([["finish", "", null]]);
});

test("what was done, and what still waits", async () => {
    const mock = await mountEnd({entries: [entry()]});
    mock.screen.follow_up = {
        entries: [entry({lines: ["priority: High", "e-mail queued: “Invitation”"]})],
        waiting: {entries: [entry({contact: "Bob"})], hidden: 0, others: ["Ivy"]},
    };
    await finish();
    expect(queryAllTexts(".o_crm_profiling_followed_up li")).toEqual([
        "priority: High",
        "e-mail queued: “Invitation”",
        "Bob enters “Partnership”",
    ]);
    expect(".o_crm_profiling_followed_up").toHaveText(/Done once Ivy has finished/);
});

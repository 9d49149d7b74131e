import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {describe, expect, test} from "@odoo/hoot";
import {press} from "@odoo/hoot-dom";
import {animationFrame} from "@odoo/hoot-mock";
import {contains} from "@web/../tests/web_test_helpers";
import {MockInterview, mountInterview} from "./mock_interview";
import {expectQuestion, pressKey} from "./on_screen";

describe.current.tags("desktop");

defineMailModels();

const QUEUE = {id: 70, name: "Fair", done: 36, total: 120};

test("in a call list: how far, finish, next prospect, and the end", async () => {
    const mock = await mountInterview({queue: QUEUE}, {params: {queue_id: 70}});
    expect(".o_crm_profiling_queue_progress").toHaveText("Fair\n37 of 120");
    await pressKey("f");
    await press(["Control", "Enter"]);
    await animationFrame();
    mock.takeCalls();

    mock.begin = () => {
        mock.begin = () => ({queue: {...QUEUE, done: 120}, finished: true});
        mock.screen = new MockInterview({
            id: 8,
            queue: {...QUEUE, done: 37},
        }).screen;
        mock.screen.partner.name = "Yves Next";
    };
    await animationFrame();
    expect(".o_crm_profiling_next_prospect").toBeFocused();
    await pressKey("n");
    expect(mock.takeCalls()).toEqual([["begin", {queue_id: 70}]]);
    expect(".o_crm_profiling_contact").toHaveText("Yves Next");
    expect(".o_crm_profiling_queue_progress").toHaveText("Fair\n38 of 120");
    expectQuestion("Journalist?");

    await pressKey("f");
    await press(["Control", "Enter"]);
    await animationFrame();
    await contains(".o_crm_profiling_next_prospect").click();
    await animationFrame();
    expect(".o_crm_profiling_finished h2").toHaveText("Nobody is left to call");
    await contains(".o_crm_profiling_again").click();
    expect(".o_crm_profiling_start").toHaveCount(1);
});

test("a prospect who is not reached is left for the next one", async () => {
    const mock = await mountInterview({queue: QUEUE});
    mock.skip_prospect = () => {
        mock.screen = new MockInterview({id: 8, queue: QUEUE}).screen;
        mock.screen.partner.name = "Yves Next";
    };
    await pressKey("x", "1");
    expect(mock.takeCalls()).toEqual([
        ["skip_prospect", "not_reached", false, null, false],
    ]);
    expect(".o_crm_profiling_contact").toHaveText("Yves Next");
    expectQuestion("Journalist?");

    await pressKey("x", "7");
    await contains(".o_crm_profiling_reason_input").edit("Gone", {
        confirm: false,
    });
    // left out, or never called again: Enter does not decide that
    await pressKey("Enter");
    expect(mock.takeCalls()).toEqual([]);
    expect(".o_crm_profiling_leave_out").toBeFocused();
    await contains(".o_crm_profiling_leave_out").click();
    expect(mock.takeCalls()).toEqual([["skip_prospect", "Gone", false, null, false]]);

    await pressKey("x");
    await contains(".o_crm_profiling_do_not_call").click();
    expect(".o_crm_profiling_reason_input").toBeFocused();
    await contains(".o_crm_profiling_reason_input").edit("Asked not to be", {
        confirm: false,
    });
    await contains(".o_crm_profiling_do_not_call").click();
    expect(mock.takeCalls()).toEqual([
        ["skip_prospect", "Asked not to be", true, null, false],
    ]);
});

test("a prospect is left once what was answered is saved", async () => {
    const mock = await mountInterview({queue: QUEUE});
    mock.trouble.answer = "lost";
    await pressKey("2");
    await pressKey("x", "1");
    const methods = () => mock.takeCalls().map(([method]) => method);
    expect(methods()).toEqual(["answer", "answer"]);
    expect(".o_crm_profiling_failure").toHaveCount(1);

    delete mock.trouble.answer;
    await pressKey("x", "1");
    expect(methods()).toEqual(["answer", "skip_prospect"]);
});

import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {describe, expect, test} from "@odoo/hoot";
import {press, waitFor} from "@odoo/hoot-dom";
import {Deferred, advanceTime, animationFrame} from "@odoo/hoot-mock";
import {Component, xml} from "@odoo/owl";
import {
    contains,
    getService,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {registry} from "@web/core/registry";
import {Layout} from "@web/search/layout";
import {WebClient} from "@web/webclient/webclient";
import {
    MockInterview,
    TRAINING,
    YES,
    answer,
    makeQuestions,
    mountInterview,
    question,
} from "./mock_interview";
import {pressKey} from "./on_screen";

// What was typed or said stays, whatever happens
describe.current.tags("desktop");

defineMailModels();

class Elsewhere extends Component {
    static template = xml`<Layout display="{ controlPanel: {} }">Elsewhere</Layout>`;
    static components = {Layout};
    static props = ["*"];
}

const line = (questionId) => `.o_crm_profiling_line[data-question-id='${questionId}']`;

const GONE = {type: "ValidationError", message: "That answer is gone."};

async function comeBack() {
    document.dispatchEvent(new Event("visibilitychange"));
    await animationFrame();
}

/** What stands beside the question is drawn a frame after it. */
async function untilAllIsDrawn() {
    for (let frame = 0; frame < 4; frame++) {
        await animationFrame();
    }
    await advanceTime(50);
    await animationFrame();
}

test("ticks that are refused on leaving: the server's words, and no promise", async () => {
    const mock = await mountInterview();
    await contains(line(3)).click();
    await pressKey("1");
    mock.trouble.answer = GONE;
    registry.category("actions").add("elsewhere", Elsewhere);
    await getService("action").doAction("elsewhere");
    expect(mock.takeCalls()).toEqual([["answer", 3, [TRAINING], "", []]]);
    expect(".o_notification").toHaveCount(1);
    expect(".o_notification").toHaveText(/That answer is gone\./);
});

test("a comment outlives the refusal of its answer", async () => {
    const mock = await mountInterview();
    await pressKey("c");
    await contains("textarea").edit("Only on Fridays", {confirm: false});
    await pressKey("Enter");
    mock.trouble.answer = GONE;
    await pressKey("1");
    expect(".o_crm_profiling_refusal").toHaveText("That answer is gone.");
    expect(".o_crm_profiling_comment_text").toHaveText("Only on Fridays");
    mock.takeCalls();
    await pressKey("1");
    expect(mock.takeCalls()).toEqual([["answer", 1, [YES], "Only on Fridays", []]]);
});

test("ticks are part of what is finished, though Enter was forgotten", async () => {
    const mock = await mountInterview();
    await contains(line(3)).click();
    await pressKey("1", "f");
    await press(["Control", "Enter"]);
    await animationFrame();
    await animationFrame();
    expect(mock.takeCalls()).toEqual([
        ["answer", 3, [TRAINING], "", []],
        ["finish", "", null],
    ]);
});

test("what was read before an answer does not take it back", async () => {
    const mock = await mountInterview();
    mock.trouble.get_screen = new Deferred();
    const before = mock.read();
    await comeBack();
    mock.get_screen = () => before;
    await pressKey("2");
    await untilAllIsDrawn();
    expect(line(1)).toHaveAttribute("data-status", "answered");
    mock.trouble.get_screen.resolve();
    await untilAllIsDrawn();
    expect(line(1)).toHaveAttribute("data-status", "answered");
});

test("of two readings the one that was asked for last counts", async () => {
    const mock = await mountInterview();
    const first = new Deferred();
    const before = mock.read();
    mock.trouble.get_screen = first;
    await comeBack();
    mock.trouble = {};
    mock.answer(1, [YES], "");
    await comeBack();
    await untilAllIsDrawn();
    expect(line(1)).toHaveAttribute("data-status", "answered");
    mock.get_screen = () => before;
    first.resolve();
    await untilAllIsDrawn();
    expect(line(1)).toHaveAttribute("data-status", "answered");
});

for (const errorName of ["odoo.http.SessionExpiredException", "builtins.KeyError"]) {
    test(`a reading that fails leaves the screen as it is: ${errorName}`, async () => {
        const mock = await mountInterview();
        mock.trouble.get_screen = {errorName};
        await comeBack();
        await animationFrame();
        expect(".o_crm_profiling_fatal").toHaveCount(0);
        expect(".o_crm_profiling_card").toHaveCount(1);
    });
}

test("a number in words that was not entered is read at the end", async () => {
    onRpc("crm.profiling.question", "read_number", ({args}) => {
        expect.step(args[1]);
        return {answer_id: 42, answer: "21-50", number: "40"};
    });
    const staff = question(
        4,
        "Staff?",
        [answer(41, "1-20", {from: 1}), answer(42, "21-50", {from: 21})],
        {by_number: true}
    );
    const mock = await mountInterview({questions: [staff, ...makeQuestions()]});
    await contains(".o_crm_profiling_by_number").edit("about 40", {confirm: false});
    await contains(line(1)).click();
    await waitFor(`${line(4)} [aria-label='Not saved']`);
    expect(`${line(4)} .o_crm_profiling_line_answers`).toHaveText("about 40");
    await pressKey("f");
    await press(["Control", "Enter"]);
    for (let frame = 0; frame < 4; frame++) {
        await animationFrame();
    }
    expect.verifySteps(["about 40"]);
    expect(mock.takeCalls()).toEqual([
        ["answer", 4, [42], "", [], "about 40"],
        ["finish", "", null],
    ]);
});

test("a screen that is left before it is there hears no news", async () => {
    const mock = new MockInterview();
    mock.serve();
    await mountWithCleanup(WebClient);
    const heard = [];
    patchWithCleanup(getService("bus_service"), {
        subscribe(type) {
            heard.push(`on ${type}`);
            return super.subscribe(...arguments);
        },
        unsubscribe(type) {
            heard.push(`off ${type}`);
            return super.unsubscribe(...arguments);
        },
    });
    mock.trouble.begin = new Deferred();
    getService("action").doAction({
        type: "ir.actions.client",
        tag: "crm_profiling.interview",
        params: {partner_id: 3},
    });
    await animationFrame();
    registry.category("actions").add("elsewhere", Elsewhere);
    await getService("action").doAction("elsewhere");
    await animationFrame();
    const ours = heard.filter((step) => step.endsWith("crm_profiling/interview"));
    expect(ours).toEqual(["on crm_profiling/interview", "off crm_profiling/interview"]);
});

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

async function pressKey(...keys) {
    for (const key of keys) {
        await press(key);
        await animationFrame();
        await animationFrame();
    }
}

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

// Forms

async function openAgain() {
    await getService("action").doAction({
        type: "ir.actions.client",
        tag: "crm_profiling.interview",
        params: {interview_id: 7},
    });
    await animationFrame();
}

test("what was typed at the end is still there on coming back", async () => {
    const mock = await mountInterview();
    await pressKey("f");
    await contains(".o_crm_profiling_note").edit("Likes it", {confirm: false});
    await contains(".o_crm_profiling_when").edit("in 2 weeks", {confirm: false});
    await pressKey("Escape");
    expect(".o_crm_profiling_card").toHaveCount(1);
    await pressKey("f");
    expect(".o_crm_profiling_note").toHaveValue("Likes it");
    await openAgain();
    await pressKey("f");
    expect(".o_crm_profiling_note").toHaveValue("Likes it");
    expect(".o_crm_profiling_when").toHaveValue("in 2 weeks");
    mock.takeCalls();
    await contains(".o_crm_profiling_finish_confirm").click();
    await animationFrame();
    expect(mock.takeCalls().map(([method, note]) => [method, note])).toEqual([
        ["finish", "Likes it"],
    ]);
    // another end of it is another note
    await contains(".o_crm_profiling_reopen").click();
    await animationFrame();
    await pressKey("f");
    expect(".o_crm_profiling_note").toHaveValue("");
});

test("how the call went, and what is corrected, is still there as well", async () => {
    const mock = await mountInterview();
    await pressKey("x");
    await contains(".o_crm_profiling_reason_input").edit("no time", {confirm: false});
    await contains(".o_crm_profiling_back_when").edit("Monday", {confirm: false});
    await pressKey("Escape", "e");
    await contains(".o_crm_profiling_contact_form [name=city]").edit("Brussels", {
        confirm: false,
    });
    await pressKey("Escape", "x");
    expect(".o_crm_profiling_reason_input").toHaveValue("no time");
    expect(".o_crm_profiling_back_when").toHaveValue("Monday");
    mock.screen.partner.phone = "+1 555 0199"; // a colleague corrects that
    await comeBack();
    await pressKey("Escape", "e");
    expect(".o_crm_profiling_contact_form [name=city]").toHaveValue("Brussels");
    expect(".o_crm_profiling_contact_form [name=phone]").toHaveValue("+1 555 0199");
    await contains(".o_crm_profiling_contact_save").click();
    await animationFrame();
    expect(mock.takeCalls()).toEqual([["write_contact", {city: "Brussels"}]]);
});

test("an end that waits for the connection is told once, as it was said last", async () => {
    const mock = await mountInterview();
    mock.trouble.finish = "lost";
    await pressKey("f");
    await contains(".o_crm_profiling_note").edit("One", {confirm: false});
    await contains(".o_crm_profiling_finish_confirm").click();
    await animationFrame();
    expect(".o_crm_profiling_waits").toHaveCount(1);
    expect(".o_crm_profiling_note").not.toBeEnabled();
    await contains(".o_crm_profiling_waits button").click();
    await contains(".o_crm_profiling_note").edit("Two", {confirm: false});
    await contains(".o_crm_profiling_finish_confirm").click();
    await animationFrame();
    mock.trouble = {};
    mock.takeCalls();
    await advanceTime(40000);
    await animationFrame();
    expect(mock.takeCalls()).toEqual([["finish", "Two", null]]);
    expect(".o_crm_profiling_summary").toHaveCount(1);
});

test("a correction that waits for the connection is told once, with all of it", async () => {
    const mock = await mountInterview();
    mock.trouble.write_contact = "lost";
    await pressKey("e");
    await contains(".o_crm_profiling_contact_form [name=city]").edit("Brussels", {
        confirm: false,
    });
    await contains(".o_crm_profiling_contact_save").click();
    await animationFrame();
    await contains(".o_crm_profiling_contact_form [name=zip]").edit("1000", {
        confirm: false,
    });
    await contains(".o_crm_profiling_contact_save").click();
    await animationFrame();
    mock.trouble = {};
    mock.takeCalls();
    await advanceTime(40000);
    await animationFrame();
    expect(mock.takeCalls()).toEqual([
        ["write_contact", {city: "Brussels", zip: "1000"}],
    ]);
});

test("the end waits for a refusal of calls that is refused", async () => {
    const mock = await mountInterview();
    mock.trouble.refuse_calls = {type: "UserError", message: "Not you."};
    await pressKey("f");
    await contains(".o_crm_profiling_refuse").click();
    await contains(".o_crm_profiling_finish_confirm").click();
    await advanceTime(10);
    await animationFrame();
    expect(mock.takeCalls().map(([method]) => method)).toEqual(["refuse_calls"]);
    expect(".o_crm_profiling_refusal").toHaveText("Not you.");
    expect(".o_crm_profiling_finish").toHaveCount(1);
});

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

test("what was said beside a question that is skipped is in the note", async () => {
    const mock = await mountInterview();
    await pressKey("c");
    await contains("textarea").edit("Will know on Monday", {confirm: false});
    await pressKey("Enter", "s", "b");
    expect(".o_crm_profiling_comment_text").toHaveText("Will know on Monday");
    await pressKey("f");
    expect(".o_crm_profiling_loose").toHaveText(
        "Added to the note: Journalist? Will know on Monday"
    );
    await contains(".o_crm_profiling_note").edit("Likes it", {confirm: false});
    mock.takeCalls();
    await contains(".o_crm_profiling_finish_confirm").click();
    await animationFrame();
    await animationFrame();
    expect(mock.takeCalls()).toEqual([
        ["finish", "Likes it\nJournalist? Will know on Monday", null],
    ]);
});

test("of one company's own question the note has the words alone", async () => {
    const mock = await mountInterview();
    mock.screen.questions[0].is_own = true;
    await pressKey("c");
    await contains("textarea").edit("Will know on Monday", {confirm: false});
    await pressKey("Enter", "s", "f");
    expect(".o_crm_profiling_loose").toHaveText(
        "Added to the note: Will know on Monday"
    );
});

test("a comment added to an answer that waits for the connection goes along", async () => {
    const mock = await mountInterview();
    mock.trouble.answer = "lost";
    await pressKey("1", "b");
    await animationFrame();
    await pressKey("c");
    await contains("textarea").edit("Since May", {confirm: false});
    mock.trouble = {};
    mock.takeCalls();
    await pressKey("Enter");
    await advanceTime(40000);
    await animationFrame();
    const told = mock.takeCalls().filter(([method]) => method === "answer");
    expect(told.at(-1).slice(1, 4)).toEqual([1, [YES], "Since May"]);
});

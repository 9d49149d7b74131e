import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {describe, expect, test} from "@odoo/hoot";
import {press} from "@odoo/hoot-dom";
import {Deferred, animationFrame} from "@odoo/hoot-mock";
import {Component, xml} from "@odoo/owl";
import {contains, getService} from "@web/../tests/web_test_helpers";
import {registry} from "@web/core/registry";
import {Layout} from "@web/search/layout";
import {TRAINING, YES, mountInterview} from "./mock_interview";

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
    expect(line(1)).toHaveAttribute("data-status", "answered");
    mock.trouble.get_screen.resolve();
    await animationFrame();
    await animationFrame();
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
    expect(line(1)).toHaveAttribute("data-status", "answered");
    mock.get_screen = () => before;
    first.resolve();
    await animationFrame();
    await animationFrame();
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

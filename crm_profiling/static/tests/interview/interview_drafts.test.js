import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {describe, expect, test} from "@odoo/hoot";
import {advanceTime, animationFrame} from "@odoo/hoot-mock";
import {contains, getService} from "@web/../tests/web_test_helpers";
import {YES, mountInterview} from "./mock_interview";
import {pressKey} from "./on_screen";

// What is typed into forms stays until it is saved
describe.current.tags("desktop");

defineMailModels();

async function comeBack() {
    document.dispatchEvent(new Event("visibilitychange"));
    await animationFrame();
}

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

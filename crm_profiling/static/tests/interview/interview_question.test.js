import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {expect, test} from "@odoo/hoot";
import {press, queryAllTexts} from "@odoo/hoot-dom";
import {animationFrame, Deferred} from "@odoo/hoot-mock";
import {contains, patchWithCleanup} from "@web/../tests/web_test_helpers";
import {
    IT,
    MockInterview,
    NO,
    OTHERS,
    SERVICES,
    YES,
    given,
    makeQuestions,
    mountInterview,
    question,
} from "./mock_interview";
import {choice, expectQuestion, pressKey} from "./on_screen";

defineMailModels();

/** However slow the browser is, no time passes between two keys. */
function stopClock() {
    const clock = {now: Date.now()};
    patchWithCleanup(Date, {now: () => clock.now});
    return clock;
}

function expectChosen(...answerIds) {
    const chosen = [...document.querySelectorAll("[aria-checked='true']")];
    expect(chosen.map((el) => Number(el.dataset.answerId))).toEqual(answerIds);
}

test("one question is asked at a time, with hint and reason", async () => {
    await mountInterview();
    expectQuestion("Journalist?");
    expect(".o_crm_profiling_reason").toHaveText(
        "It helps to decide 3 of 2 open profiles."
    );
    expect(".o_crm_profiling_hint").toHaveCount(0);
    expect(queryAllTexts(".o_crm_profiling_choice_name")).toEqual(["Yes", "No"]);
    expect("[role=radiogroup] [role=radio]").toHaveCount(2);
    expect(choice(YES)).toBeFocused();

    await pressKey("2");
    expectQuestion("Sector?");
    expect(".o_crm_profiling_hint").toHaveText("What do you sell most of?");
    expect(choice(IT)).toBeFocused();
});

test("an answer is saved at once, in one call, and the next question comes", async () => {
    const mock = await mountInterview();
    await contains(choice(NO)).click();
    await animationFrame();
    expect(mock.takeCalls()).toEqual([["answer", 1, [NO], "", []]]);
    expectQuestion("Sector?");
    expect(".o_crm_profiling_saving").toHaveText("Saved");
    expect(".o_crm_profiling_answered").toHaveText("1 of 3 answered");
    expect(".o_crm_profiling_expected").toHaveText("about 2 more to ask");
});

test("while it is saved the answer is shown already, and no other one is taken", async () => {
    const mock = new MockInterview();
    await mountInterview(mock);
    const saving = new Deferred();
    mock.trouble.answer = saving;

    await pressKey("1");
    expectChosen(YES);
    expect(".o_crm_profiling_saving").toHaveText("Saving…");
    await pressKey("2", "s", "d");
    await contains(choice(NO)).click();
    expectChosen(YES);

    saving.resolve();
    await animationFrame();
    await animationFrame();
    expect(mock.takeCalls()).toEqual([["answer", 1, [YES], "", []]]);
    expectQuestion("Sector?");
});

test("a key pressed twice does not answer the next question, a moment later it does", async () => {
    const clock = stopClock();
    const mock = await mountInterview();
    await pressKey("1", "1");
    expectQuestion("Sector?");
    expect(mock.takeCalls()).toHaveLength(1);

    clock.now += 1000;
    await pressKey("1");
    expect(mock.takeCalls()).toEqual([["answer", 2, [IT], "", []]]);
});

test("from paper one may type as fast as one can; a key that trembles is one", async () => {
    const clock = stopClock();
    const mock = await mountInterview({ask_order: "form"});
    await pressKey("1");
    clock.now += 100;
    await pressKey("1");
    expectQuestion("Sector?");
    expect(".o_crm_profiling_refused").toHaveText(/^Not taken: 1/);
    clock.now += 60;
    await pressKey("2"); // another one is no accident, however soon
    expectQuestion("Interests?");
    expect(mock.takeCalls().map(([, ...args]) => args.slice(0, 2))).toEqual([
        [1, [YES]],
        [2, [SERVICES]],
    ]);
    await pressKey("b", "b");
    mock.takeCalls();
    clock.now += 1000;
    await pressKey("2");
    clock.now += 130; // as fast as fingers go
    await pressKey("2");
    expect(mock.takeCalls().map(([, ...args]) => args.slice(0, 2))).toEqual([
        [1, [NO]],
    ]);
});

test("a double click does not answer the next question", async () => {
    stopClock();
    const mock = await mountInterview();
    await contains(choice(YES)).click();
    await animationFrame();
    await contains(choice(IT)).click();
    await animationFrame();
    expect(mock.takeCalls()).toHaveLength(1);
    expectQuestion("Sector?");
});

test("arrows lead to an answer, Enter or Space choose it", async () => {
    const mock = await mountInterview();
    await pressKey("ArrowDown");
    expect(choice(NO)).toBeFocused();
    expectChosen();
    await pressKey("Enter");
    expectQuestion("Sector?");

    await pressKey("ArrowUp", "Space");
    expect(mock.takeCalls()).toEqual([
        ["answer", 1, [NO], "", []],
        ["answer", 2, [OTHERS], "", []],
    ]);
});

test("keys with Ctrl, and those written somewhere, are left alone", async () => {
    const mock = await mountInterview();
    await press(["Control", "1"]);
    await animationFrame();
    await pressKey("c");
    expect(".o_crm_profiling_comment textarea").toBeFocused();
    await pressKey("1", "s");
    expect(mock.takeCalls()).toEqual([]);
    expectQuestion("Journalist?");
});

test("skip goes to the next question, the skipped one can be asked later", async () => {
    const mock = await mountInterview();
    await pressKey("s");
    expectQuestion("Sector?");
    await contains(".o_crm_profiling_skip").click();
    await animationFrame();
    expectQuestion("Interests?");
    expect(mock.takeCalls()).toEqual([
        ["skip", 1],
        ["skip", 2],
    ]);
    await pressKey("b", "b");
    expectQuestion("Journalist?");
    expect(".o_crm_profiling_notice").toHaveText("Skipped before.");
    await pressKey("1");
    expect(mock.takeCalls()).toEqual([["answer", 1, [YES], "", []]]);
    expectQuestion("Interests?");
});

test("a contact may not want to answer", async () => {
    const mock = await mountInterview();
    await pressKey("d");
    expect(mock.takeCalls()).toEqual([["decline", 1]]);
    expectQuestion("Sector?");
    await pressKey("b");
    expect(".o_crm_profiling_notice").toHaveText("Did not want to answer this.");
});

test("back shows the answer given; Enter keeps it, another one replaces it", async () => {
    const mock = await mountInterview();
    expect(".o_crm_profiling_back").not.toBeEnabled();
    await pressKey("1", "2");
    expectQuestion("Interests?");
    mock.takeCalls();

    await pressKey("Backspace");
    expectQuestion("Sector?");
    expectChosen(SERVICES);
    expect(choice(SERVICES)).toBeFocused();
    await pressKey("Enter");
    expectQuestion("Interests?");
    expect(mock.takeCalls()).toEqual([]);

    await pressKey("b", "b");
    expectQuestion("Journalist?");
    await pressKey("2");
    expect(mock.takeCalls()).toEqual([["answer", 1, [NO], "", [YES]]]);
    expectQuestion("Interests?");
});

test("an answer can be taken back", async () => {
    const mock = await mountInterview();
    await pressKey("1", "b");
    mock.takeCalls();
    await pressKey("Delete");
    expect(mock.takeCalls()).toEqual([["answer", 1, [], "", [YES]]]);
    expectQuestion("Journalist?");
    expectChosen();
});

test("a comment is saved with the answer, or at once where there is one", async () => {
    const mock = await mountInterview();
    await pressKey("c");
    await contains(".o_crm_profiling_comment textarea").edit("Writes a blog", {
        confirm: false,
    });
    await pressKey("Enter");
    expect(".o_crm_profiling_comment_text").toHaveText("Writes a blog");
    expect(mock.takeCalls()).toEqual([]);
    await pressKey("1");
    expect(mock.takeCalls()).toEqual([["answer", 1, [YES], "Writes a blog", []]]);

    await pressKey("b");
    expect(".o_crm_profiling_comment_text").toHaveText("Writes a blog");
    await contains(".o_crm_profiling_write_comment").click();
    await contains(".o_crm_profiling_comment textarea").edit("A daily", {
        confirm: false,
    });
    await pressKey("Enter");
    expect(mock.takeCalls()).toEqual([["answer", 1, [YES], "A daily", [YES]]]);
    expectQuestion("Journalist?");
});

test.tags("desktop");
test("an answer out of date is asked again", async () => {
    const questions = makeQuestions().slice(0, 1);
    questions[0].status = "stale";
    questions[0].given = [given(NO, {stale: true})];
    const mock = await mountInterview({questions});
    expectQuestion("Journalist?");
    expectChosen();
    expect(".o_crm_profiling_notice").toHaveText(
        "Answered on Mar 8, 2018: No. Is that still so?"
    );
    expect("[data-status='stale']").toHaveCount(1);
    await pressKey("2");
    expect(mock.takeCalls()).toEqual([["answer", 1, [NO], "", [NO]]]);
});

test("? shows what each key does", async () => {
    await mountInterview();
    await pressKey("?");
    expect(".o_dialog .o_crm_profiling_help").toHaveCount(1);
    await pressKey("1");
    expectQuestion("Journalist?");
    await pressKey("Escape");
    expect(".o_dialog").toHaveCount(0);
});

test("letters and digits can be switched off, what moves and chooses stays", async () => {
    const mock = await mountInterview();
    await pressKey("?");
    await contains(".o_crm_profiling_single_keys input").click();
    await pressKey("Escape");
    await pressKey("s", "1", "?");
    expect(".o_dialog").toHaveCount(0);
    expectQuestion("Journalist?");
    expect(mock.takeCalls()).toEqual([]);
    await pressKey("ArrowDown", "Enter");
    expect(mock.takeCalls().map(([method, , ids]) => [method, ids])).toEqual([
        ["answer", [NO]],
    ]);
});

test("who may not write can look, and nothing is noted", async () => {
    const mock = new MockInterview();
    mock.screen.partner.can_write = false;
    await mountInterview(mock);
    expect(".o_crm_profiling_readonly").toHaveCount(1);
    expect(choice(YES)).toHaveAttribute("aria-disabled", "true");
    expect(".o_crm_profiling_decline").toHaveCount(0);
    expect(".o_crm_profiling_to_finish").toHaveCount(0);
    await pressKey("1", "d", "f");
    expect(mock.takeCalls()).toEqual([]);
    expectQuestion("Journalist?");
});

test.tags("desktop");
test("who declined is asked again by choosing an answer in the list", async () => {
    const questions = makeQuestions();
    questions[1].status = "declined";
    const mock = await mountInterview({questions});
    await contains(".o_crm_profiling_line[data-question-id='2']").click();
    expectQuestion("Sector?");
    await pressKey("1");
    expect(mock.takeCalls()).toEqual([["answer", 2, [IT], "", []]]);
    expectQuestion("Journalist?");
});

test("without answers to choose from a question says so", async () => {
    await mountInterview({questions: [question(1, "Anything else?", [])]});
    expect(".o_crm_profiling_answers").toHaveText(
        "This question has no answers to choose from."
    );
});

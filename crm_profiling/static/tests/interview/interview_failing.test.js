import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {describe, expect, test} from "@odoo/hoot";
import {queryAllTexts} from "@odoo/hoot-dom";
import {advanceTime, animationFrame} from "@odoo/hoot-mock";
import {contains, getService, mountWithCleanup} from "@web/../tests/web_test_helpers";
import {recall, remember} from "@crm_profiling/interview/kept";
import {WebClient} from "@web/webclient/webclient";
import {
    IT,
    MockInterview,
    NO,
    TRAINING,
    YES,
    given,
    mountInterview,
} from "./mock_interview";
import {choice, expectQuestion, pressKey} from "./on_screen";

describe.current.tags("desktop");

defineMailModels();

const line = (questionId) => `.o_crm_profiling_line[data-question-id='${questionId}']`;

test("a lost connection loses nothing: it says so, tries again and goes on", async () => {
    const mock = await mountInterview();
    mock.trouble.answer = "lost";
    await pressKey("2");
    expect(".o_crm_profiling_failure").toHaveCount(1);
    expect(".o_crm_profiling_saving").toHaveText("Not saved: 1");
    expect(recall(7).operations).toHaveLength(1);

    // one goes on asking meanwhile, in the order of the list
    expectQuestion("Sector?");
    await advanceTime(1000);
    await pressKey("1");
    expectQuestion("Interests?");
    expect(".o_crm_profiling_saving").toHaveText("Not saved: 2");
    await pressKey("b");
    expect(choice(IT)).toHaveAttribute("aria-checked", "true");
    expect(choice(IT)).toHaveClass("o_crm_profiling_unsaved");
    await pressKey("Enter");
    expectQuestion("Interests?");
    mock.takeCalls();

    mock.trouble = {};
    await advanceTime(40000);
    await animationFrame();
    expect(mock.takeCalls()).toEqual([
        ["answer", 1, [NO], "", []],
        ["answer", 2, [IT], "", []],
    ]);
    expect(mock.told.answer.map((ago) => ago > 1 && ago < 60)).toEqual([true, true]);
    expect(".o_crm_profiling_failure").toHaveCount(0);
    expect(".o_crm_profiling_saving").toHaveText("Saved");
    expectQuestion("Interests?");
    expect(recall(7)).toBe(undefined);
});

test("a lost connection can be tried again at once", async () => {
    const mock = await mountInterview();
    mock.trouble.answer = "lost";
    await pressKey("2");
    mock.trouble = {};
    mock.takeCalls();
    await contains(".o_crm_profiling_retry").click();
    await animationFrame();
    expect(mock.takeCalls()).toEqual([["answer", 1, [NO], "", []]]);
    expect(mock.told.answer).toEqual([undefined]); // it was said just now
    expectQuestion("Sector?");
});

test("what another visit could not save is saved by opening the interview", async () => {
    const operation = {
        method: "answer",
        args: [1, [YES], "", []],
        questionId: 1,
        answerIds: [YES],
        comment: "",
    };
    remember(7, {operations: [operation], drafts: {3: {answerIds: [TRAINING]}}});
    const mock = new MockInterview();
    mock.serve();
    await mountWithCleanup(WebClient);
    await getService("action").doAction({
        type: "ir.actions.client",
        tag: "crm_profiling.interview",
        params: {interview_id: 7},
    });
    await animationFrame();
    expect(mock.takeCalls()).toEqual([["answer", 1, [YES], "", []]]);
    await contains(line(3)).click();
    expect(choice(TRAINING)).toHaveAttribute("aria-checked", "true");
});

test("a server that fails is tried again as well", async () => {
    const mock = await mountInterview();
    mock.trouble.answer = {errorName: "builtins.MemoryError"};
    await pressKey("2");
    expect(".o_crm_profiling_failure").toHaveCount(1);
    expect(".o_crm_profiling_saving").toHaveText("Not saved: 1");
    await advanceTime(3000);
    await animationFrame();
    expectQuestion("Sector?");
    expect(mock.takeCalls()).toHaveLength(2);
});

test("a question archived meanwhile: it says so and goes on", async () => {
    const mock = await mountInterview();
    mock.trouble.answer = {
        type: "ValidationError",
        message: "The question “Journalist?” has been archived meanwhile.",
    };
    mock.questions[0].active = false;
    await pressKey("2");
    expect(".o_crm_profiling_refusal").toHaveText(
        "The question “Journalist?” has been archived meanwhile."
    );
    expectQuestion("Sector?");
    expect(".o_crm_profiling_failure").toHaveCount(0);

    await pressKey("1");
    expect(".o_crm_profiling_refusal").toHaveCount(0);
});

test("a question deleted meanwhile: it says so and goes on", async () => {
    const mock = await mountInterview();
    mock.trouble.answer = {type: "MissingError", message: "That question is gone."};
    mock.questions.shift();
    await pressKey("2");
    expect(".o_crm_profiling_refusal").toHaveText("That question is gone.");
    expectQuestion("Sector?");
});

test("an answer deleted meanwhile: it says so and shows those that are left", async () => {
    const mock = await mountInterview();
    mock.trouble.answer = {type: "ValidationError", message: "That answer is gone."};
    mock.questions[0].answers.shift();
    await pressKey("1");
    expect(".o_crm_profiling_refusal").toHaveText("That answer is gone.");
    expectQuestion("Journalist?");
    expect(queryAllTexts(".o_crm_profiling_choice_name")).toEqual(["No"]);
    expect("[aria-checked='true']").toHaveCount(0);
});

test("an interview deleted meanwhile leads back to the start", async () => {
    const mock = await mountInterview();
    mock.trouble.answer = {type: "MissingError", message: "It is gone."};
    mock.trouble.get_screen = {type: "MissingError", message: "It is gone."};
    await pressKey("1");
    expect(".o_crm_profiling_fatal p").toHaveText("It is gone.");
    await contains(".o_crm_profiling_again").click();
    expect(".o_crm_profiling_start").toHaveCount(1);
});

test("a contact one may not interview: the reason is shown", async () => {
    const mock = new MockInterview();
    mock.trouble.begin = {type: "AccessError", message: "You are not allowed to."};
    await mountInterview(mock);
    expect(".o_crm_profiling_fatal p").toHaveText("You are not allowed to.");
});

test("another operator is named, with what was noted", async () => {
    const mock = await mountInterview();
    expect(".o_crm_profiling_other").toHaveCount(0);
    mock.screen.others = [
        {user: "Anna", date: "2019-03-11 09:00:00", is_asking: true},
        {user: "Bea", date: "2019-03-11 09:00:00", is_asking: false},
    ];
    Object.assign(mock.getQuestion(2), {
        status: "answered",
        given: [given(IT, {user: "Anna", by_me: false})],
    });
    await pressKey("1");
    expect(".o_crm_profiling_other:contains(Anna is asking this contact)").toHaveCount(
        1
    );
    expect(".o_crm_profiling_other:contains(Bea noted answers)").toHaveCount(1);
    expectQuestion("Interests?");
    await contains(line(2)).click();
    expect(".o_crm_profiling_notice").toHaveText(
        "Answered on Mar 8, 2018, noted by Anna.Take back"
    );
});

import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {expect, test} from "@odoo/hoot";
import {press, queryAllTexts} from "@odoo/hoot-dom";
import {animationFrame} from "@odoo/hoot-mock";
import {contains, makeServerError, onRpc} from "@web/../tests/web_test_helpers";
import {recall} from "@crm_profiling/interview/kept";
import {
    IT,
    MockInterview,
    OTHERS,
    answer,
    given,
    makeQuestions,
    mountInterview,
    question,
} from "./mock_interview";
import {expectQuestion, pressKey} from "./on_screen";

defineMailModels();

const [FEW, SOME, MANY, UNKNOWN] = [41, 42, 43, 44];
const BOX = ".o_crm_profiling_card .o_crm_profiling_by_number";

function staff(values = {}) {
    return question(
        4,
        "Staff?",
        [
            answer(FEW, "1-20", {from: 1}),
            answer(SOME, "21-50", {from: 21}),
            answer(MANY, "51+", {from: 51}),
            answer(UNKNOWN, "Unknown"),
        ],
        {by_number: true, unit: "employees", ...values}
    );
}

function worded() {
    const asked = makeQuestions()[1];
    asked.answers[2].needs_words = true;
    return asked;
}

test("digits go into the box, Enter answers with the number", async () => {
    const mock = await mountInterview({questions: [staff(), ...makeQuestions()]});
    expectQuestion("Staff?");
    expect(`${BOX} + span`).toHaveText("employees");
    // the keys 1 to 9 choose no answer here
    expect(".o_crm_profiling_choice kbd").toHaveCount(0);
    await pressKey("3", "7");
    expect(BOX).toBeFocused();
    expect(BOX).toHaveValue("37");
    expect(mock.takeCalls()).toEqual([]);
    expect(".o_crm_profiling_enter_number").toHaveText(/^21-50/);
    await pressKey("Enter");
    expect(mock.takeCalls()).toEqual([["answer", 4, [SOME], "", [], "37"]]);
    expectQuestion("Journalist?");
});

test("what is no bare number is read by the server", async () => {
    onRpc("crm.profiling.question", "read_number", ({args}) => {
        expect.step(args);
        return {answer_id: SOME, answer: "21-50", number: "40"};
    });
    const mock = await mountInterview({questions: [staff(), ...makeQuestions()]});
    await contains(BOX).edit("about 40", {confirm: false});
    await contains(".o_crm_profiling_enter_number").click();
    await animationFrame();
    expect.verifySteps([[[4], "about 40"]]);
    expect(mock.takeCalls()).toEqual([["answer", 4, [SOME], "", [], "about 40"]]);
});

test("what is no answer is told, and stays to be put right", async () => {
    onRpc("crm.profiling.question", "read_number", () => {
        throw makeServerError({message: "0 is below the lowest answer"});
    });
    const mock = await mountInterview({questions: [staff(), ...makeQuestions()]});
    await pressKey("0", "Enter");
    expect(".o_crm_profiling_problem").toHaveText("0 is below the lowest answer");
    expect(BOX).toHaveValue("0");
    expect(BOX).toBeFocused();
    expect(mock.takeCalls()).toEqual([]);
    await contains(BOX).edit("5", {confirm: false});
    expect(".o_crm_profiling_problem").toHaveCount(0);
    await pressKey("Enter");
    expect(mock.takeCalls()).toEqual([["answer", 4, [FEW], "", [], "5"]]);
});

test.tags("desktop"); // where the list of questions is in sight
test("an answer can be chosen without a number, and replaces one", async () => {
    const mock = await mountInterview({
        questions: [
            staff({status: "answered", given: [given(SOME, {number: "37 employees"})]}),
        ],
    });
    await contains("[data-question-id='4']").click();
    await animationFrame();
    expect("[data-question-id='4'] .o_crm_profiling_line_answers").toHaveText(
        "21-50 · 37 employees"
    );
    expect(BOX).toHaveAttribute("placeholder", "37 employees");
    await contains(`[data-answer-id='${UNKNOWN}']`).click();
    await animationFrame();
    expect(mock.takeCalls()).toEqual([["answer", 4, [UNKNOWN], "", [SOME]]]);
});

test("a number that was typed is saved by going elsewhere", async () => {
    const questions = makeQuestions().slice(0, 1);
    questions[0].status = "answered";
    questions[0].given = [given(11)];
    const mock = await mountInterview({questions: [...questions, staff()]});
    await pressKey("3", "7");
    await contains(".o_crm_profiling_back").click();
    await animationFrame();
    expect(mock.takeCalls()).toEqual([["answer", 4, [SOME], "", [], "37"]]);
    expectQuestion("Journalist?");
});

test("on a paper form each number is for the question that was shown", async () => {
    const seats = {...staff(), id: 5, name: "Seats?"};
    const mock = await mountInterview({
        ask_order: "form",
        questions: [staff(), seats, ...makeQuestions()],
    });
    // no frame is drawn in between
    for (const key of ["3", "7", "Enter", "6", "0", "Enter", "1"]) {
        await press(key);
    }
    await animationFrame();
    await animationFrame();
    await animationFrame();
    expect(mock.takeCalls()).toEqual([
        ["answer", 4, [SOME], "", [], "37"],
        ["answer", 5, [MANY], "", [], "60"],
        ["answer", 1, [11], "", []],
    ]);
    expectQuestion("Sector?");
});

test("a number waits in the outbox with its answer", async () => {
    const mock = new MockInterview({questions: [staff(), ...makeQuestions()]});
    mock.trouble.answer = "lost";
    await mountInterview(mock);
    await pressKey("3", "7", "Enter");
    expect(mock.takeCalls()).toEqual([["answer", 4, [SOME], "", [], "37"]]);
    expect(recall(7).operations[0].number).toBe("37");
});

test("an answer asks for words; with them it goes on", async () => {
    const mock = await mountInterview({questions: [worded(), makeQuestions()[0]]});
    await pressKey("3");
    expect(mock.takeCalls()).toEqual([]);
    expect(".o_crm_profiling_worded").toHaveText("Others:");
    expect(".o_crm_profiling_comment textarea").toBeFocused();

    await pressKey("Enter");
    expect(".o_crm_profiling_lacking").toHaveText("What else?");
    expect(mock.takeCalls()).toEqual([]);
    expectQuestion("Sector?");

    await contains(".o_crm_profiling_comment textarea").edit("Farming", {
        confirm: false,
    });
    expect(".o_crm_profiling_lacking").toHaveCount(0);
    await pressKey("Enter");
    expect(mock.takeCalls()).toEqual([["answer", 2, [OTHERS], "Farming", []]]);
    expectQuestion("Journalist?");
});

test("who changes their mind gives no words", async () => {
    const mock = await mountInterview({questions: [worded(), makeQuestions()[0]]});
    await pressKey("3", "Escape");
    expect(".o_crm_profiling_comment textarea").toHaveCount(0);
    expect(queryAllTexts("[aria-checked='true']")).toEqual([]);
    await pressKey("1");
    expect(mock.takeCalls()).toEqual([["answer", 2, [IT], "", []]]);
});

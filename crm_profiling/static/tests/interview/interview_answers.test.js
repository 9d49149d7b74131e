import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {expect, test} from "@odoo/hoot";
import {press, queryAllTexts} from "@odoo/hoot-dom";
import {animationFrame} from "@odoo/hoot-mock";
import {contains} from "@web/../tests/web_test_helpers";
import {
    IT,
    SAAS,
    SUPPORT,
    TRAINING,
    YES,
    answer,
    given,
    makeQuestions,
    mountInterview,
    question,
} from "./mock_interview";
import {expectQuestion, pressKey} from "./on_screen";

defineMailModels();

function expectChosen(...answerIds) {
    const chosen = [...document.querySelectorAll("[aria-checked='true']")];
    expect(chosen.map((el) => Number(el.dataset.answerId))).toEqual(answerIds);
}

test("several answers: digits tick, Enter confirms them in one call", async () => {
    const mock = await mountInterview({questions: makeQuestions().slice(2)});
    expect("[role=group] [role=checkbox]").toHaveCount(3);
    expect(".o_crm_profiling_confirm").toHaveCount(0);

    await pressKey("1", "3", "2", "2");
    expectChosen(TRAINING, SUPPORT);
    expect(mock.takeCalls()).toEqual([]);
    expect(".o_crm_profiling_confirm").toHaveCount(1);

    await pressKey("Enter");
    expect(mock.takeCalls()).toEqual([["answer", 3, [TRAINING, SUPPORT], "", []]]);
    expect(".o_crm_profiling_decided").toHaveCount(1);
});

test("several answers: nothing ticked is nothing to confirm", async () => {
    const mock = await mountInterview({questions: makeQuestions().slice(2)});
    await pressKey("Enter");
    expect(mock.takeCalls()).toEqual([]);
    expectQuestion("Interests?");
});

test("ticks that were not confirmed are saved by going elsewhere", async () => {
    const questions = makeQuestions();
    questions[0].status = "answered";
    questions[0].given = [given(YES)];
    questions[1].status = "answered";
    questions[1].given = [given(IT)];
    const mock = await mountInterview({questions});
    await pressKey("2", "b");
    expect(mock.takeCalls()).toEqual([["answer", 3, [SAAS], "", []]]);
    expectQuestion("Sector?");
    expectChosen(IT);
});

test("with ten answers and more two digits choose, or a digit and Enter", async () => {
    const answers = Array.from({length: 12}, (_, index) =>
        answer(100 + index, `Answer ${index + 1}`)
    );
    const mock = await mountInterview({
        questions: [
            question(1, "Country?", answers),
            question(
                2,
                "Language?",
                answers.map((one) => ({...one, id: one.id + 100}))
            ),
            question(
                3,
                "Currency?",
                answers.map((one) => ({...one, id: one.id + 200}))
            ),
        ],
    });
    await pressKey("1");
    expect(".o_crm_profiling_typed").toHaveText("1 One more digit, or Enter.");
    expect(mock.takeCalls()).toEqual([]);
    await pressKey("2");
    expect(mock.takeCalls()).toEqual([["answer", 1, [111], "", []]]);

    await pressKey("1", "Enter");
    expect(mock.takeCalls()).toEqual([["answer", 2, [200], "", []]]);

    await pressKey("5");
    expect(mock.takeCalls()).toEqual([["answer", 3, [304], "", []]]);
});

test("among many answers one is found by its words", async () => {
    const answers = Array.from({length: 30}, (_, index) =>
        answer(100 + index, index === 20 ? "Österreich" : `Land ${index}`)
    );
    const mock = await mountInterview({questions: [question(1, "Country?", answers)]});
    await pressKey("/");
    expect(".o_crm_profiling_find_answer").toBeFocused();
    await contains(".o_crm_profiling_find_answer").edit("oster", {confirm: false});
    expect(queryAllTexts(".o_crm_profiling_choice_name")).toEqual(["Österreich"]);
    await press("Enter");
    await animationFrame();
    expect(mock.takeCalls()).toEqual([["answer", 1, [120], "", []]]);
});

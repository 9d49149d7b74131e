import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {beforeEach, expect, test} from "@odoo/hoot";
import {queryAllTexts} from "@odoo/hoot-dom";
import {Deferred, animationFrame} from "@odoo/hoot-mock";
import {
    clickSave,
    contains,
    defineModels,
    fields,
    makeServerError,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {answer, question} from "../catalog/mock_catalog";

const [FEW, SOME, MANY, IT, OTHERS] = [11, 12, 13, 21, 22];
const BOX = ".o_crm_profiling_by_number";
const WORDS = ".o_crm_profiling_words";

const CATALOG = {
    questions: [
        question(
            1,
            "Staff?",
            [
                answer(FEW, "1-20", {from: 1}),
                answer(SOME, "21-50", {from: 21}),
                answer(MANY, "51+", {from: 51}),
            ],
            {by_number: true, unit: "employees"}
        ),
        question(2, "Sector?", [
            answer(IT, "IT"),
            answer(OTHERS, "Others", {needs_words: true}),
        ]),
    ],
    questionnaires: [],
};

class Partner extends models.Model {
    name = fields.Char();
    profiling_answer_ids = fields.Many2many({relation: "crm.profiling.answer"});
    profiling_said = fields.Json();

    _records = [{id: 1, name: "Acme", profiling_answer_ids: []}];
}

class Answer extends models.Model {
    _name = "crm.profiling.answer";

    name = fields.Char();

    _records = [FEW, SOME, MANY, IT, OTHERS].map((id) => ({id, name: `${id}`}));
}

defineMailModels();
defineModels([Partner, Answer]);

beforeEach(() => onRpc("get_catalog", () => CATALOG));

async function mountAnswers(values = {}, attributes = "") {
    Object.assign(Partner._records[0], values);
    onRpc("web_save", ({args}) => {
        const {profiling_answer_ids: answers, profiling_said: said} = args[1];
        expect.step([answers, said]);
    });
    await mountView({
        type: "form",
        resModel: "partner",
        resId: 1,
        arch: `
            <form ${attributes}>
                <field name="profiling_answer_ids" widget="crm_profiling_answers"
                       options="{'said_field': 'profiling_said'}"/>
            </form>`,
    });
}

function expectChosen(...answerIds) {
    const chosen = [...document.querySelectorAll("[aria-checked='true']")];
    expect(chosen.map((el) => Number(el.dataset.answerId))).toEqual(answerIds);
}

test("a number chooses its answer, and is saved beside it", async () => {
    await mountAnswers();
    expect(BOX).toHaveCount(1);
    await contains(BOX).edit("37");
    expectChosen(SOME);
    await clickSave();
    expect.verifySteps([[[[4, SOME]], {numbers: {1: "37"}, words: {}}]]);
});

test("another number takes the answer along, another answer drops the number", async () => {
    await mountAnswers({
        profiling_answer_ids: [SOME],
        profiling_said: {numbers: {1: "37"}, words: {}},
    });
    expect(BOX).toHaveValue("37");
    await contains(BOX).edit("60");
    expectChosen(MANY);
    await contains(`[data-answer-id='${FEW}']`).click();
    expectChosen(FEW);
    expect(BOX).toHaveValue("");
    await clickSave();
    expect.verifySteps([
        [
            [
                [3, SOME],
                [4, FEW],
            ],
            {numbers: {}, words: {}},
        ],
    ]);
});

test("what is no bare number is read by the server, and a problem told", async () => {
    onRpc("crm.profiling.question", "read_number", ({args}) => {
        if (args[1] === "many") {
            throw makeServerError({message: "“many” is none"});
        }
        return {answer_id: SOME};
    });
    await mountAnswers();
    await contains(BOX).edit("many");
    expect(".o_crm_profiling_problem").toHaveText("“many” is none");
    expectChosen();
    await contains(BOX).edit("about 40");
    await animationFrame();
    expect(".o_crm_profiling_problem").toHaveCount(0);
    expectChosen(SOME);
});

test("a digit typed at the answers goes into the box", async () => {
    await mountAnswers();
    await contains(`[data-answer-id='${FEW}']`).focus();
    await contains(`[data-answer-id='${FEW}']`).press("2");
    expect(BOX).toBeFocused();
    expect(BOX).toHaveValue("2");
    expectChosen();
    await contains(BOX).press("Enter");
    expectChosen(FEW);
    await clickSave();
    expect.verifySteps([[[[4, FEW]], {numbers: {1: "2"}, words: {}}]]);
});

test("numbers and words that are said while the server thinks are all saved", async () => {
    const thinking = new Deferred();
    onRpc("partner", "onchange", () => thinking);
    Partner._onChanges = {profiling_answer_ids: () => {}};
    await mountAnswers();
    await contains(`[data-answer-id='${OTHERS}']`).click(); // its onchange takes its time
    await contains(BOX).edit("37");
    await contains(WORDS).edit("Farming");
    thinking.resolve();
    await animationFrame();
    expectChosen(SOME, OTHERS);
    await clickSave();
    expect.verifySteps([
        [
            [
                [4, OTHERS],
                [4, SOME],
            ],
            {numbers: {1: "37"}, words: {[OTHERS]: "Farming"}},
        ],
    ]);
});

test("saving waits for a number that is being read", async () => {
    const reading = new Deferred();
    onRpc("crm.profiling.question", "read_number", async () => {
        await reading;
        return {answer_id: SOME};
    });
    await mountAnswers();
    await contains(`[data-answer-id='${OTHERS}']`).click();
    await contains(BOX).edit("about 40");
    await contains(WORDS).edit("Farming");
    await contains(".o_form_button_save").click();
    expect.verifySteps([]);
    reading.resolve();
    await animationFrame();
    await animationFrame();
    expect.verifySteps([
        [
            [
                [4, OTHERS],
                [4, SOME],
            ],
            {numbers: {1: "about 40"}, words: {[OTHERS]: "Farming"}},
        ],
    ]);
});

test("the help for the keyboard is there for those who have nothing else", async () => {
    await mountAnswers();
    await contains("button.o_crm_profiling_keyboard").click();
    expect(".o_crm_profiling_keyboard_help").toHaveText(/^Keyboard: /);
});

test("an answer asks for words", async () => {
    await mountAnswers();
    expect(WORDS).toHaveCount(0);
    await contains(`[data-answer-id='${OTHERS}']`).click();
    expect(WORDS).toBeFocused();
    expect(WORDS).toHaveClass("border-warning");
    await contains(WORDS).edit("Farming");
    expect(WORDS).not.toHaveClass("border-warning");
    await clickSave();
    expect.verifySteps([[[[4, OTHERS]], {numbers: {}, words: {[OTHERS]: "Farming"}}]]);
});

test("who may only read sees numbers and words", async () => {
    await mountAnswers(
        {
            profiling_answer_ids: [SOME, OTHERS],
            profiling_said: {numbers: {1: "37"}, words: {[OTHERS]: "Farming"}},
        },
        `edit="0"`
    );
    expect(queryAllTexts("dd .badge")).toEqual([
        "21-50 · 37 employees",
        "Others “Farming”",
    ]);
});

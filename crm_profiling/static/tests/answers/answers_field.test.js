import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {beforeEach, expect, test} from "@odoo/hoot";
import {press, queryAllTexts} from "@odoo/hoot-dom";
import {animationFrame, Deferred} from "@odoo/hoot-mock";
import {
    clickSave,
    contains,
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {answer, question} from "../catalog/mock_catalog";

// Answers, by the questions of CATALOG
const [IT, SERVICES, INDUSTRY, AGRICULTURE] = [11, 12, 13, 14];
const [TRAINING, SAAS] = [21, 22];
const [NO_BUDGET, BUDGET] = [31, 32];
const [FAX, TELEX] = [41, 42];

const CATALOG = {
    questions: [
        question(1, "Sector?", [
            answer(IT, "IT"),
            answer(SERVICES, "Services"),
            answer(INDUSTRY, "Industry"),
            answer(AGRICULTURE, "Agriculture", {active: false}),
        ]),
        question(
            2,
            "Interests?",
            [answer(TRAINING, "Training"), answer(SAAS, "SaaS")],
            {
                mode: "multiple",
                level: "company",
                hint: "Ask what they looked at on our stand.",
            }
        ),
        question(3, "Budget?", [
            answer(NO_BUDGET, "Unknown"),
            answer(BUDGET, "More than 300k"),
        ]),
        question(4, "Fax?", [answer(FAX, "Yes"), answer(TELEX, "Telex")], {
            active: false,
        }),
    ],
    questionnaires: [
        {id: 7, name: "Trade fair", question_ids: [3, 1]},
        {id: 8, name: "Phone", question_ids: [2]},
    ],
};

class Partner extends models.Model {
    name = fields.Char();
    profiling_answer_ids = fields.Many2many({relation: "crm.profiling.answer"});
    profiling_result = fields.Json({readonly: true});

    _records = [
        {id: 1, name: "Acme", profiling_answer_ids: []},
        {id: 2, name: "Globex", profiling_answer_ids: [BUDGET]},
    ];
    _onChanges = {profiling_answer_ids: () => {}};
}

class Answer extends models.Model {
    _name = "crm.profiling.answer";

    name = fields.Char();

    _records = [IT, SERVICES, INDUSTRY, AGRICULTURE, TRAINING, SAAS]
        .concat([NO_BUDGET, BUDGET, FAX, TELEX])
        .map((id) => ({id, name: `Answer ${id}`}));
}

defineMailModels();
defineModels([Partner, Answer]);

beforeEach(() => onRpc("get_catalog", () => CATALOG));

async function mountAnswers(answerIds = [], attributes = "") {
    Partner._records[0].profiling_answer_ids = answerIds;
    await mountView({
        type: "form",
        resModel: "partner",
        resId: 1,
        resIds: [1, 2],
        arch: `
            <form>
                <field name="name"/>
                <field name="profiling_answer_ids" widget="crm_profiling_answers" ${attributes}/>
            </form>`,
    });
}

/** Steps "onchange" or "web_save" with the commands on the answers. */
function stepCommands() {
    onRpc("onchange", ({args}) => {
        expect.step(["onchange", args[1].profiling_answer_ids]);
    });
    onRpc("web_save", ({args}) => {
        expect.step(["web_save", args[1].profiling_answer_ids]);
    });
}

const pill = (answerId) => `[data-answer-id='${answerId}']`;
const names = () => queryAllTexts(".o_crm_profiling_name");

function expectChosen(...answerIds) {
    const chosen = [...document.querySelectorAll("[aria-checked='true']")];
    expect(chosen.map((el) => Number(el.dataset.answerId))).toEqual(answerIds);
}

test("one click gives an answer, and saving stores it", async () => {
    stepCommands();
    await mountAnswers();
    expectChosen();

    await contains(pill(SERVICES)).click();
    expectChosen(SERVICES);
    expect(pill(SERVICES)).toHaveClass("btn-primary");
    expect(pill(IT)).not.toHaveClass("btn-primary");

    await clickSave();
    expectChosen(SERVICES);
    expect.verifySteps([
        ["onchange", [[4, SERVICES]]],
        ["web_save", [[4, SERVICES]]],
    ]);
});

test("an answer that is out of date is marked while it is chosen", async () => {
    Partner._records[0].profiling_result = {
        evaluated: true,
        profiles: [],
        stale_answer_ids: [IT],
    };
    Partner._records[0].profiling_answer_ids = [IT, BUDGET];
    await mountView({
        type: "form",
        resModel: "partner",
        resId: 1,
        arch: `
            <form>
                <field name="profiling_result" invisible="1"/>
                <field name="profiling_answer_ids" widget="crm_profiling_answers"/>
            </form>`,
    });
    expect(".o_crm_profiling_stale").toHaveCount(1);
    expect(`${pill(IT)} .o_crm_profiling_stale`).toHaveAttribute(
        "aria-label",
        "Out of date: ask again"
    );

    await contains(pill(SERVICES)).click();
    expect(".o_crm_profiling_stale").toHaveCount(0);
});

test("another answer to the same question replaces the first, in one change", async () => {
    stepCommands();
    await mountAnswers([IT, TRAINING]);
    expectChosen(IT, TRAINING);

    await contains(pill(SERVICES)).click();
    expectChosen(SERVICES, TRAINING);

    await clickSave();
    const commands = [
        [3, IT],
        [4, SERVICES],
    ];
    expect.verifySteps([
        ["onchange", commands],
        ["web_save", commands],
    ]);
});

test("clicks made while the server is busy are shown at once and sent together", async () => {
    const busy = new Deferred();
    onRpc("onchange", () => busy);
    stepCommands();
    await mountAnswers();

    await contains(pill(IT)).click();
    await contains(pill(SERVICES)).click();
    await contains(pill(INDUSTRY)).click();
    await contains(pill(SAAS)).click();
    expectChosen(INDUSTRY, SAAS);
    expect.verifySteps([["onchange", [[4, IT]]]]);

    busy.resolve();
    await animationFrame();
    expectChosen(INDUSTRY, SAAS);
    await clickSave();
    const commands = [
        [4, INDUSTRY],
        [4, SAAS],
    ];
    expect.verifySteps([
        ["onchange", commands],
        ["web_save", commands],
    ]);
});

test("saving waits for what was clicked a moment ago", async () => {
    const busy = new Deferred();
    onRpc("onchange", () => busy);
    stepCommands();
    await mountAnswers();

    await contains(pill(IT)).click();
    await contains(pill(TRAINING)).click();
    await contains(".o_form_button_save").click();
    busy.resolve();
    await animationFrame();
    await animationFrame();

    const all = [
        [4, IT],
        [4, TRAINING],
    ];
    expect.verifySteps([
        ["onchange", [[4, IT]]],
        ["onchange", all],
        ["web_save", all],
    ]);
});

test("clicking the answer that was given takes it back", async () => {
    stepCommands();
    await mountAnswers([IT]);

    await contains(pill(IT)).click();
    expectChosen();

    await clickSave();
    expect.verifySteps([
        ["onchange", [[3, IT]]],
        ["web_save", [[3, IT]]],
    ]);
});

test("discarding brings the saved answers back", async () => {
    await mountAnswers([IT]);

    await contains(pill(SERVICES)).click();
    await contains(pill(SAAS)).click();
    expectChosen(SERVICES, SAAS);

    await contains(".o_form_button_cancel").click();
    expectChosen(IT);
});

test("a question may take several answers", async () => {
    await mountAnswers();
    expect("[data-question-id='1'] [role=radiogroup] [role=radio]").toHaveCount(3);
    expect("[data-question-id='2'] [role=group] [role=checkbox]").toHaveCount(2);

    await contains(pill(TRAINING)).click();
    await contains(pill(SAAS)).click();
    expectChosen(TRAINING, SAAS);

    await contains(pill(TRAINING)).click();
    expectChosen(SAAS);
});

test("a question says whom it counts for and what to say", async () => {
    await mountAnswers();

    expect("[data-question-id='2'] .fa-building-o").toHaveAttribute(
        "data-tooltip",
        "Counts for the whole company"
    );
    expect("[data-question-id='1'] .fa-building-o").toHaveCount(0);
    const group = document.querySelector("[data-question-id='2'] [role=group]");
    const textOf = (attribute) =>
        document.getElementById(group.getAttribute(attribute)).textContent.trim();
    expect(textOf("aria-labelledby")).toBe("Interests?");
    expect(textOf("aria-describedby")).toBe("Ask what they looked at on our stand.");
});

test("arrows move between answers without choosing, Space chooses and goes on", async () => {
    await mountAnswers();
    expect("[data-question-id='1'] [tabindex='0']").toHaveCount(1);

    await contains(pill(IT)).focus();
    await press("ArrowRight");
    await press("ArrowDown");
    expect(pill(INDUSTRY)).toBeFocused();
    await press("ArrowRight");
    expect(pill(IT)).toBeFocused({message: "after the last comes the first"});
    await press("End");
    expect(pill(INDUSTRY)).toBeFocused();
    await press("ArrowLeft");
    expect(pill(SERVICES)).toBeFocused();
    await animationFrame();
    expectChosen();

    await press(" ");
    await animationFrame();
    expectChosen(SERVICES);
    expect(pill(TRAINING)).toBeFocused({message: "the next question"});
});

test("Tab goes from question to question", async () => {
    await mountAnswers([SERVICES]);
    expect("[data-question-id='1'] [tabindex='0']").toHaveAttribute(
        "data-answer-id",
        `${SERVICES}`
    );

    await contains(pill(SERVICES)).focus();
    await press("Tab");
    expect(pill(TRAINING)).toBeFocused();
    await press("Tab");
    expect(pill(NO_BUDGET)).toBeFocused();
    await press(["Shift", "Tab"]);
    expect(pill(TRAINING)).toBeFocused();
});

test("digits choose, Backspace takes back, in several answers the focus stays", async () => {
    await mountAnswers();

    await contains(pill(IT)).focus();
    await press("9"); // there is no ninth answer
    await press("3");
    await animationFrame();
    expectChosen(INDUSTRY);
    expect(pill(TRAINING)).toBeFocused();

    await press("2");
    await animationFrame();
    await press("1");
    await animationFrame();
    expectChosen(INDUSTRY, TRAINING, SAAS);
    expect(pill(TRAINING)).toBeFocused();

    await press("Backspace");
    await animationFrame();
    expectChosen(INDUSTRY);
    expect(pill(TRAINING)).toBeFocused();
});

test("keys pressed with Ctrl are left to the browser", async () => {
    await mountAnswers();

    await contains(pill(IT)).focus();
    await press(["Control", "1"]);
    await animationFrame();
    expectChosen();
});

test("a questionnaire gives the questions and their order, and is remembered", async () => {
    await mountAnswers([IT]);
    expect(names()).toEqual(["Sector?", "Interests?", "Budget?"]);
    expect(".o_crm_profiling_count").toHaveText("1 of 3 answered");
    expect(".o_crm_profiling_progress").toHaveAttribute("aria-valuenow", "33");

    await contains(".o_crm_profiling_questionnaire").select("7");
    expect(names()).toEqual(["Budget?", "Sector?"]);
    expect(queryAllTexts(".o_crm_profiling_number")).toEqual(["1", "2"]);
    expect(".o_crm_profiling_count").toHaveText("1 of 2 answered");
    expect(localStorage.getItem("crm_profiling.questionnaire.answers")).toBe("7");
});

test("the questionnaire of last time is shown again", async () => {
    localStorage.setItem("crm_profiling.questionnaire.answers", "8");
    await mountAnswers();
    expect(names()).toEqual(["Interests?"]);
    expect(".o_crm_profiling_questionnaire").toHaveValue("8");
});

test("a questionnaire that is gone is forgotten", async () => {
    localStorage.setItem("crm_profiling.questionnaire.answers", "99");
    await mountAnswers();
    expect(names()).toEqual(["Sector?", "Interests?", "Budget?"]);
    expect(".o_crm_profiling_questionnaire").toHaveValue("");
});

test("Only unanswered keeps what is answered meanwhile, until asked to hide it", async () => {
    await mountAnswers([IT]);

    await contains(".o_crm_profiling_filter").click();
    expect(names()).toEqual(["Interests?", "Budget?"]);
    expect(queryAllTexts(".o_crm_profiling_number")).toEqual(["2", "3"]);
    expect(".o_crm_profiling_refilter").toHaveCount(0);

    await contains(pill(TRAINING)).click();
    expect(names()).toEqual(["Interests?", "Budget?"]);

    await contains(".o_crm_profiling_refilter").click();
    expect(names()).toEqual(["Budget?"]);

    await contains(pill(BUDGET)).click();
    await contains(".o_crm_profiling_refilter").click();
    expect(names()).toEqual([]);
    expect(".o_crm_profiling_nothing").toHaveText("Every question here is answered.");

    await contains(".o_crm_profiling_filter").click();
    expect(names()).toEqual(["Sector?", "Interests?", "Budget?"]);
});

test("from contact to contact Only unanswered stays on, and is applied anew", async () => {
    await mountAnswers([IT, TRAINING]);

    await contains(".o_crm_profiling_filter").click();
    expect(names()).toEqual(["Budget?"]);
    await contains(".o_pager_next").click();
    expect(names()).toEqual(["Sector?", "Interests?"]);
    await contains(".o_pager_previous").click();
    expect(names()).toEqual(["Budget?"]);
});

test("going to the next contact saves what was clicked a moment ago", async () => {
    const busy = new Deferred();
    onRpc("onchange", () => busy);
    onRpc("web_save", ({args}) => {
        expect.step([args[0], args[1].profiling_answer_ids]);
    });
    await mountAnswers();

    await contains(pill(IT)).click();
    await contains(pill(TRAINING)).click();
    await contains(".o_pager_next").click();
    busy.resolve();
    await animationFrame();
    await animationFrame();
    const commands = [
        [4, IT],
        [4, TRAINING],
    ];
    expect.verifySteps([[[1], commands]]);
    expectChosen(BUDGET);
});

test("what is archived is shown only where it was chosen, and not offered again", async () => {
    await mountAnswers([AGRICULTURE, TELEX]);
    expect(names()).toEqual(["Sector?", "Interests?", "Budget?", "Fax?"]);
    expect(pill(AGRICULTURE)).toHaveText("Agriculture (archived)");
    expect(pill(TELEX)).toHaveClass("o_crm_profiling_archived");
    expect(pill(FAX)).toHaveCount(0);

    await contains(pill(IT)).click();
    expect(pill(AGRICULTURE)).toHaveCount(0);
    await contains(pill(TELEX)).click();
    expect(names()).toEqual(["Sector?", "Interests?", "Budget?"]);
});

test("the focus is not lost with an archived question", async () => {
    await mountAnswers([TELEX]);

    await contains(pill(TELEX)).focus();
    await press("Delete");
    await animationFrame();
    expect(pill(TELEX)).toHaveCount(0);
    expect(pill(NO_BUDGET)).toBeFocused();
});

test("among many questions one is found by its words or its answers", async () => {
    const more = Array.from({length: 37}, (_, index) =>
        question(100 + index, `Question ${index}`, [answer(1000 + index, "Ja")])
    );
    onRpc("get_catalog", () => ({
        questions: [...CATALOG.questions, ...more],
        questionnaires: [],
    }));
    await mountAnswers();
    expect(".o_crm_profiling_question").toHaveCount(40);
    expect(".o_crm_profiling_many").toHaveCount(1);
    expect(".o_crm_profiling_questionnaire").toHaveCount(0);

    await contains(".o_crm_profiling_search").edit("budg", {confirm: false});
    expect(names()).toEqual(["Budget?"]);
    await contains(".o_crm_profiling_search").edit("sérvices", {confirm: false});
    expect(names()).toEqual(["Sector?"]);
    await contains(".o_crm_profiling_search").edit("nonsense", {confirm: false});
    expect(".o_crm_profiling_nothing").toHaveText("No question contains these words.");
    await press("Escape");
    await animationFrame();
    expect(".o_crm_profiling_question").toHaveCount(40);
});

test("few questions need no search", async () => {
    await mountAnswers();
    expect(".o_crm_profiling_search").toHaveCount(0);
    expect(".o_crm_profiling_many").toHaveCount(0);
});

test("a long hint is folded, and unfolded by mouse or key", async () => {
    onRpc("get_catalog", () => ({
        questions: [
            question(1, "Sector?", [answer(IT, "IT")], {
                hint: "Why we ask. ".repeat(20),
            }),
        ],
        questionnaires: [],
    }));
    await mountAnswers();
    expect(".o_crm_profiling_hint .o_crm_profiling_folded").toHaveCount(1);

    await contains(".o_crm_profiling_hint button").click();
    expect(".o_crm_profiling_hint .o_crm_profiling_folded").toHaveCount(0);

    await contains(pill(IT)).focus();
    await press("?");
    await animationFrame();
    expect(".o_crm_profiling_hint .o_crm_profiling_folded").toHaveCount(1);
});

test("for reading there are only the answers given", async () => {
    await mountAnswers([SERVICES, SAAS, TELEX], 'readonly="1"');
    expect(queryAllTexts(".o_field_widget dt")).toEqual([
        "Sector?",
        "Interests?",
        "Fax?",
    ]);
    expect(queryAllTexts(".o_field_widget dd")).toEqual(["Services", "SaaS", "Telex"]);
    expect("button.o_crm_profiling_answer").toHaveCount(0);
});

test("for reading, without answers", async () => {
    await mountAnswers([], 'readonly="1"');
    expect(".o_field_crm_profiling_answers").toHaveText("Nothing answered yet.");
});

test("without questions it says where they come from", async () => {
    onRpc("get_catalog", () => ({questions: [], questionnaires: []}));
    await mountAnswers();
    expect(".o_crm_profiling_empty").toHaveText(
        "No questions yet. A sales manager creates them in Configuration / Segmentation / Questions."
    );
    expect(".o_crm_profiling_toolbar").toHaveCount(0);
});

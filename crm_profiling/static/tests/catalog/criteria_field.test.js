import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {beforeEach, expect, test} from "@odoo/hoot";
import {press, queryAllTexts} from "@odoo/hoot-dom";
import {animationFrame} from "@odoo/hoot-mock";
import {
    clickSave,
    contains,
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {answer, question} from "./mock_catalog";

const [IT, SERVICES, OTHERS, AGRICULTURE] = [11, 12, 13, 14];
const [YES, NO] = [21, 22];

const CATALOG = {
    questions: [
        question(1, "Sector?", [
            answer(IT, "IT"),
            answer(SERVICES, "Services"),
            answer(OTHERS, "Others"),
            answer(AGRICULTURE, "Agriculture", {active: false}),
        ]),
        question(2, "Journalist?", [answer(YES, "Yes"), answer(NO, "No")]),
    ],
    questionnaires: [],
};

class Profile extends models.Model {
    _name = "crm.profiling.profile";

    name = fields.Char();
    required_answer_ids = fields.Many2many({relation: "crm.profiling.answer"});
    excluded_answer_ids = fields.Many2many({relation: "crm.profiling.answer"});
    inherited_criteria = fields.Json();

    _records = [{id: 1, name: "Large accounts"}];
    _onChanges = {required_answer_ids: () => {}, excluded_answer_ids: () => {}};
}

class Answer extends models.Model {
    _name = "crm.profiling.answer";

    name = fields.Char();

    _records = [IT, SERVICES, OTHERS, AGRICULTURE, YES, NO].map((id) => ({id}));
}

defineMailModels();
defineModels([Profile, Answer]);

beforeEach(() => onRpc("get_catalog", () => CATALOG));

async function mountCriteria(values = {}, attributes = "") {
    Object.assign(Profile._records[0], values);
    await mountView({
        type: "form",
        resModel: "crm.profiling.profile",
        resId: 1,
        arch: `
            <form>
                <field name="required_answer_ids" widget="crm_profiling_criteria" ${attributes}/>
            </form>`,
    });
}

function stepCommands() {
    for (const method of ["onchange", "web_save"]) {
        onRpc(method, ({args}) => {
            const {required_answer_ids, excluded_answer_ids} = args[1];
            expect.step([method, required_answer_ids, excluded_answer_ids]);
        });
    }
}

const pill = (answerId) => `[data-answer-id='${answerId}']`;

test("clicks go round: one of these, none of these, not used", async () => {
    stepCommands();
    await mountCriteria();
    expect(pill(IT)).toHaveAttribute("data-state", "");

    await contains(pill(IT)).click();
    expect(pill(IT)).toHaveClass("btn-success");
    expect(`${pill(IT)} .fa-check`).toHaveCount(1);
    expect(pill(IT)).toHaveText(/IT\s*: one of these/);

    await contains(pill(IT)).click();
    expect(pill(IT)).toHaveClass("btn-danger");
    expect(`${pill(IT)} .fa-times`).toHaveCount(1);
    expect.verifySteps([
        ["onchange", [[4, IT]], undefined],
        ["onchange", [], [[4, IT]]],
    ]);

    await clickSave();
    expect.verifySteps([["web_save", undefined, [[4, IT]]]]);

    await contains(pill(IT)).click();
    expect(pill(IT)).toHaveAttribute("data-state", "");
    await clickSave();
    expect.verifySteps([
        ["onchange", undefined, [[3, IT]]],
        ["web_save", undefined, [[3, IT]]],
    ]);
});

test("an answer changes its side in one save", async () => {
    stepCommands();
    await mountCriteria({required_answer_ids: [IT, SERVICES]});

    await contains(pill(IT)).click();
    await clickSave();
    expect.verifySteps([
        ["onchange", [[3, IT]], [[4, IT]]],
        ["web_save", [[3, IT]], [[4, IT]]],
    ]);
});

test("by keyboard: Space goes round, digits too, Backspace clears the question", async () => {
    await mountCriteria();

    await contains(pill(IT)).focus();
    await press("ArrowRight");
    await press(" ");
    await animationFrame();
    expect(pill(SERVICES)).toHaveAttribute("data-state", "required");
    expect(pill(SERVICES)).toBeFocused({message: "it may not be the last wanted here"});
    await press("Enter");
    await animationFrame();
    expect(pill(SERVICES)).toHaveAttribute("data-state", "excluded");
    await press("1");
    await animationFrame();
    expect(pill(IT)).toHaveAttribute("data-state", "required");

    await press("Backspace");
    await animationFrame();
    expect("[data-state='']").toHaveCount(5);
});

test("each question used says in words what it wants", async () => {
    await mountCriteria({
        required_answer_ids: [IT, SERVICES],
        excluded_answer_ids: [YES],
    });
    expect(queryAllTexts(".o_crm_profiling_summary")).toEqual([
        "IT or Services",
        "any answer but Yes",
    ]);
    expect(".o_crm_profiling_count").toHaveText("Questions used: 2");

    await contains(pill(OTHERS)).click();
    await contains(pill(OTHERS)).click();
    await contains(pill(YES)).click();
    expect(queryAllTexts(".o_crm_profiling_summary")).toEqual([
        "IT or Services, but not Others",
    ]);
});

test("an answer that is both wanted and unwanted is pointed out", async () => {
    stepCommands();
    await mountCriteria({required_answer_ids: [IT], excluded_answer_ids: [IT]});
    expect(pill(IT)).toHaveClass("btn-warning");

    await contains(pill(IT)).click();
    expect.verifySteps([["onchange", [[3, IT]], [[3, IT]]]]);
    expect(pill(IT)).toHaveAttribute("data-state", "");
});

test("Only used shows the questions used", async () => {
    await mountCriteria({excluded_answer_ids: [YES]});
    expect(".o_crm_profiling_question").toHaveCount(2);

    await contains(".o_crm_profiling_filter").click();
    expect(queryAllTexts(".o_crm_profiling_name")).toEqual(["Journalist?"]);
});

test("archived answers are shown where they are used", async () => {
    await mountCriteria({required_answer_ids: [AGRICULTURE]});
    expect(pill(AGRICULTURE)).toHaveClass("o_crm_profiling_archived");

    await contains(pill(AGRICULTURE)).click();
    expect(pill(AGRICULTURE)).toHaveAttribute("data-state", "excluded");
    await contains(pill(AGRICULTURE)).click();
    expect(pill(AGRICULTURE)).toHaveCount(0);
});

const INHERITED = [
    {
        question_id: 2,
        question: "Journalist?",
        required: [],
        excluded: ["Yes"],
        profile: "Prospects",
    },
    {
        question_id: 1,
        question: "Sector?",
        required: ["IT", "Services"],
        excluded: [],
        profile: "Companies",
    },
];

test("what the parents want is shown above, and cannot be changed here", async () => {
    await mountCriteria({inherited_criteria: INHERITED});
    expect(queryAllTexts(".o_crm_profiling_inherited")).toEqual([
        "From Prospects\nJournalist? any answer but Yes",
        "From Companies\nSector? IT or Services",
    ]);
    expect(".o_crm_profiling_inherited button").toHaveCount(0);
    expect("[data-question-id='1'] .o_crm_profiling_from_parent").toHaveText(
        "From Companies: IT or Services"
    );
    expect("[data-question-id='2'] .o_crm_profiling_from_parent").toHaveText(
        "From Prospects: any answer but Yes"
    );
});

test("for reading there are sentences", async () => {
    await mountCriteria(
        {
            required_answer_ids: [IT, AGRICULTURE],
            excluded_answer_ids: [YES],
            inherited_criteria: INHERITED.slice(1),
        },
        'readonly="1"'
    );
    expect(queryAllTexts(".o_crm_profiling_sentence")).toEqual([
        "Sector? IT or Agriculture",
        "Journalist? any answer but Yes",
    ]);
    expect(".o_crm_profiling_inherited").toHaveCount(1);
    expect(".o_crm_profiling_answer").toHaveCount(0);
});

test("other field names can be given", async () => {
    Profile._fields.vetoed_answer_ids = fields.Many2many({
        relation: "crm.profiling.answer",
        string: "Vetoed",
        name: "vetoed_answer_ids",
    });
    await mountCriteria(
        {vetoed_answer_ids: [NO]},
        `options="{'excluded_field': 'vetoed_answer_ids'}"`
    );
    expect(pill(NO)).toHaveAttribute("data-state", "excluded");
});

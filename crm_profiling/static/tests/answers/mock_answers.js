/** A form of contacts with the widget for their answers. */
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {beforeEach, expect} from "@odoo/hoot";
import {queryAllTexts} from "@odoo/hoot-dom";
import {
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {answer, question} from "../catalog/mock_catalog";

// Answers, by the questions of CATALOG
export const IT = 11;
export const SERVICES = 12;
export const INDUSTRY = 13;
export const AGRICULTURE = 14;
export const TRAINING = 21;
export const SAAS = 22;
export const NO_BUDGET = 31;
export const BUDGET = 32;
export const FAX = 41;
export const TELEX = 42;

export const CATALOG = {
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

export class Partner extends models.Model {
    name = fields.Char();
    profiling_answer_ids = fields.Many2many({relation: "crm.profiling.answer"});
    profiling_result = fields.Json({readonly: true});

    _records = [
        {id: 1, name: "Acme", profiling_answer_ids: []},
        {id: 2, name: "Globex", profiling_answer_ids: [BUDGET]},
    ];
    _onChanges = {profiling_answer_ids: () => {}};
}

export class Answer extends models.Model {
    _name = "crm.profiling.answer";

    name = fields.Char();

    _records = [IT, SERVICES, INDUSTRY, AGRICULTURE, TRAINING, SAAS]
        .concat([NO_BUDGET, BUDGET, FAX, TELEX])
        .map((id) => ({id, name: `Answer ${id}`}));
}

export async function mountAnswers(answerIds = [], attributes = "") {
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
export function stepCommands() {
    onRpc("onchange", ({args}) => {
        expect.step(["onchange", args[1].profiling_answer_ids]);
    });
    onRpc("web_save", ({args}) => {
        expect.step(["web_save", args[1].profiling_answer_ids]);
    });
}

export const pill = (answerId) => `[data-answer-id='${answerId}']`;

export const names = () => queryAllTexts(".o_crm_profiling_name");

export function expectChosen(...answerIds) {
    const chosen = [...document.querySelectorAll("[aria-checked='true']")];
    expect(chosen.map((el) => Number(el.dataset.answerId))).toEqual(answerIds);
}

/** Has a test file begin with contacts who answer the questions of CATALOG. */
export function defineAnswers() {
    defineMailModels();
    defineModels([Partner, Answer]);
    beforeEach(() => onRpc("get_catalog", () => CATALOG));
}

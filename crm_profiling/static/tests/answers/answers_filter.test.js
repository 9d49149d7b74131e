import {expect, test} from "@odoo/hoot";
import {press, queryAllTexts} from "@odoo/hoot-dom";
import {animationFrame} from "@odoo/hoot-mock";
import {contains, onRpc} from "@web/../tests/web_test_helpers";
import {answer, question} from "../catalog/mock_catalog";
import {
    defineAnswers,
    IT,
    TRAINING,
    BUDGET,
    mountAnswers,
    pill,
    names,
    CATALOG,
} from "./mock_answers";

defineAnswers();

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

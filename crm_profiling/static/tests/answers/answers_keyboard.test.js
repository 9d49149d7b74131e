import {expect, test} from "@odoo/hoot";
import {press} from "@odoo/hoot-dom";
import {animationFrame} from "@odoo/hoot-mock";
import {contains, onRpc} from "@web/../tests/web_test_helpers";
import {answer, question} from "../catalog/mock_catalog";
import {
    defineAnswers,
    IT,
    SERVICES,
    INDUSTRY,
    TRAINING,
    SAAS,
    NO_BUDGET,
    TELEX,
    mountAnswers,
    pill,
    expectChosen,
} from "./mock_answers";

defineAnswers();

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

test("the focus is not lost with an archived question", async () => {
    await mountAnswers([TELEX]);

    await contains(pill(TELEX)).focus();
    await press("Delete");
    await animationFrame();
    expect(pill(TELEX)).toHaveCount(0);
    expect(pill(NO_BUDGET)).toBeFocused();
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

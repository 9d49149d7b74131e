import {expect, test} from "@odoo/hoot";
import {queryAllTexts} from "@odoo/hoot-dom";
import {animationFrame, Deferred} from "@odoo/hoot-mock";
import {clickSave, contains, mountView, onRpc} from "@web/../tests/web_test_helpers";
import {
    defineAnswers,
    IT,
    SERVICES,
    INDUSTRY,
    AGRICULTURE,
    TRAINING,
    SAAS,
    BUDGET,
    FAX,
    TELEX,
    Partner,
    mountAnswers,
    stepCommands,
    pill,
    names,
    expectChosen,
} from "./mock_answers";

defineAnswers();

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

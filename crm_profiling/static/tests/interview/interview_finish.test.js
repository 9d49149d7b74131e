import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {describe, expect, test} from "@odoo/hoot";
import {press} from "@odoo/hoot-dom";
import {animationFrame} from "@odoo/hoot-mock";
import {contains} from "@web/../tests/web_test_helpers";
import {
    answered,
    NO,
    TRAINING,
    makeQuestions,
    mountInterview,
    profile,
} from "./mock_interview";
import {expectQuestion, pressKey} from "./on_screen";

describe.current.tags("desktop");

defineMailModels();

test("a comment begun when all is decided is written into the note", async () => {
    const mock = await mountInterview({
        questions: answered(1, NO).slice(0, 1),
        profiles: [profile(1, "Partnership", "matched")],
    });
    await pressKey("s", "d");
    expect(".o_crm_profiling_decided").toHaveCount(1);
    await pressKey("c");
    expect("textarea:focus").toHaveCount(1);
    await pressKey("s", "1");
    expect(mock.takeCalls()).toEqual([]);
});

test("when all is decided it says so; the rest can be asked on request", async () => {
    const questions = answered(1, NO);
    questions[1].status = "not_needed";
    questions[2].status = "skipped";
    const mock = await mountInterview({
        questions,
        profiles: [profile(1, "Partnership", "matched")],
    });
    expect(".o_crm_profiling_decided h2").toHaveText("Everything is decided");
    expect(".o_crm_profiling_card").toHaveCount(0);

    await pressKey("r");
    expectQuestion("Sector?");
    await pressKey("s");
    expectQuestion("Interests?");
    await pressKey("1", "Enter");
    expect(mock.takeCalls()).toEqual([
        ["skip", 2],
        ["answer", 3, [TRAINING], "", []],
    ]);
    expect(".o_crm_profiling_decided").toHaveCount(1);
});

test("with profiles left open by what was skipped it does not say decided", async () => {
    const questions = makeQuestions().slice(0, 1);
    await mountInterview({questions});
    await pressKey("s");
    expect(".o_crm_profiling_decided h2").toHaveText("Nothing is left to ask");
    await pressKey("b");
    expectQuestion("Journalist?");
});

test("a call is promised in words, and not lost where they are not understood", async () => {
    const mock = await mountInterview();
    await pressKey("f");
    await contains(".o_crm_profiling_when").edit("someday", {confirm: false});
    expect(".o_crm_profiling_when_label").toHaveText(/Not understood/);
    await contains(".o_crm_profiling_finish_confirm").click();
    expect(mock.takeCalls()).toEqual([]);
    expect(".o_crm_profiling_when").toBeFocused();
    await contains(".o_crm_profiling_when").edit("Friday 15:30", {confirm: false});
    expect(".o_crm_profiling_when_label").toHaveText(/Friday.*in your calendar/);
    mock.screen.callback = {
        what: "Call",
        summary: "The price",
        user: "Mitchell",
        date: "2019-03-15",
        datetime: "2019-03-15 14:30:00",
    };
    mock.screen.note = "In a hurry";
    await contains(".o_crm_profiling_finish_confirm").click();
    await animationFrame();
    expect(mock.takeCalls()).toEqual([
        [
            "finish",
            "",
            {
                activity_type_id: 62,
                date_deadline: "2019-03-15",
                datetime: "2019-03-15 14:30:00",
                summary: "",
            },
        ],
    ]);
    expect(".o_crm_profiling_callback").toHaveText(
        /Friday.*in your calendar.*The price/
    );
    expect(".o_crm_profiling_noted").toHaveText("Note: In a hurry");
});

test("finish: note, next activity, and what it led to", async () => {
    const mock = await mountInterview({questions: answered(1, NO)});
    await pressKey("f");
    expect(".o_crm_profiling_card").toHaveCount(0);
    await contains(".o_crm_profiling_note").edit("Likes it", {confirm: false});
    expect(".o_crm_profiling_activity").toHaveCount(0);
    await contains(".o_crm_profiling_when_word:contains(Tomorrow)").click();
    expect(".o_crm_profiling_when").toHaveValue("03/12/2019");
    expect(".o_crm_profiling_when_label").toHaveText(/Tuesday.*at any time/);
    await contains(".o_crm_profiling_activity_type").select("62");
    await contains(".o_crm_profiling_activity_summary").edit("Send it", {
        confirm: false,
    });
    await contains(".o_crm_profiling_finish_confirm").click();
    await animationFrame();
    expect(mock.takeCalls()).toEqual([
        [
            "finish",
            "Likes it",
            {
                activity_type_id: 62,
                date_deadline: "2019-03-12",
                datetime: false,
                summary: "Send it",
            },
        ],
    ]);
    expect(".o_crm_profiling_summary dt").toHaveText("Journalist?");
    expect(".o_crm_profiling_summary dd").toHaveText("No");
    expect(".o_crm_profiling_entered").toHaveText("Now in: Partnership");
    expect(".o_crm_profiling_summary .o_crm_profiling_offer").toHaveText(
        "Partnership\n\nThe contract"
    );
    expect(".o_crm_profiling_next_prospect").toHaveText("Call next N");

    await contains(".o_crm_profiling_reopen").click();
    await animationFrame();
    expect(mock.takeCalls()).toEqual([["reopen"]]);
    expectQuestion("Sector?");
});

test("Escape comes back from the end to the question", async () => {
    const mock = await mountInterview();
    await pressKey("f");
    await pressKey("Escape");
    expectQuestion("Journalist?");
    expect(mock.takeCalls()).toEqual([]);
});

test("Ctrl+Enter finishes, by keyboard alone", async () => {
    const mock = await mountInterview();
    await pressKey("f");
    await press(["Control", "Enter"]);
    await animationFrame();
    expect(mock.takeCalls()).toEqual([["finish", "", null]]);
    expect(".o_crm_profiling_summary").toHaveCount(1);
});

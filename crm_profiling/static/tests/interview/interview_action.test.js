import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {describe, expect, test} from "@odoo/hoot";
import {press, queryAllTexts} from "@odoo/hoot-dom";
import {advanceTime, animationFrame} from "@odoo/hoot-mock";
import {Component, xml} from "@odoo/owl";
import {
    contains,
    getService,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {recall, remember} from "@crm_profiling/interview/kept";
import {router} from "@web/core/browser/router";
import {registry} from "@web/core/registry";
import {Layout} from "@web/search/layout";
import {WebClient} from "@web/webclient/webclient";
import {
    IT,
    MockInterview,
    NO,
    OTHERS,
    SERVICES,
    TRAINING,
    YES,
    answer,
    given,
    makeQuestions,
    mountInterview,
    profile,
    question,
} from "./mock_interview";
import {choice, expectQuestion, pressKey} from "./on_screen";

// The list of questions is beside them, and there are keys; the rest of a phone's screen
// is in interview_phone
describe.current.tags("desktop");
defineMailModels();

class Elsewhere extends Component {
    static template = xml`<Layout display="{ controlPanel: {} }">Elsewhere</Layout>`;
    static components = {Layout};
    static props = ["*"];
}

const line = (questionId) => `.o_crm_profiling_line[data-question-id='${questionId}']`;
const profileNames = (group) =>
    queryAllTexts(`.o_crm_profiling_${group} .o_crm_profiling_profile_name`);

function answered(questionId, answerId, values) {
    const questions = makeQuestions();
    const asked = questions.find(({id}) => id === questionId);
    Object.assign(asked, {status: "answered", given: [given(answerId, values)]});
    return questions;
}

// What is beside the question

test("profiles move as answers come in, and offers can be read out", async () => {
    const mock = await mountInterview();
    expect(profileNames("matched")).toEqual([]);
    expect(profileNames("open")).toEqual(["Partnership", "Training"]);
    expect(".o_crm_profiling_counts").toHaveText("0 matched, 2 open");

    mock.screen.profiles = [
        profile(1, "Partnership", "matched", {offer: "<p>The <b>contract</b></p>"}),
        profile(2, "Training", "open"),
    ];
    await pressKey("2");
    await animationFrame(); // the question comes first
    expect(profileNames("matched")).toEqual(["Partnership"]);
    expect(".o_crm_profiling_offer b").toHaveText("contract");
    expect(".o_crm_profiling_moved").toHaveCount(1);
    expect(".o_crm_profiling_moved").toHaveAttribute("data-profile-id", "1");
    expect(".o_crm_profiling_panel [role=status]").toHaveText(
        "Profiles matched: 1, open: 1, ruled out: 0"
    );
});

test("the list tells where each question stands, a click goes there", async () => {
    const questions = answered(2, SERVICES);
    questions[2].status = "not_needed";
    const mock = await mountInterview({questions});
    const statuses = [...document.querySelectorAll(".o_crm_profiling_line")].map(
        (el) => el.dataset.status
    );
    expect(statuses).toEqual(["to_ask", "answered", "not_needed"]);
    expect(`${line(2)} .o_crm_profiling_line_answers`).toHaveText("Services");
    expect(line(1)).toHaveAttribute("aria-current", "step");

    await contains(line(3)).click();
    expectQuestion("Interests?");
    expect(".o_crm_profiling_notice").toHaveText(
        "The answer cannot change anything any more."
    );
    await contains(line(2)).click();
    expect(choice(SERVICES)).toHaveAttribute("aria-checked", "true");
    await contains(choice(OTHERS)).click();
    await animationFrame();
    expect(mock.takeCalls()).toEqual([["answer", 2, [OTHERS], "", [SERVICES]]]);
    expectQuestion("Journalist?");
});

test("a question that a profile still asks is one click away", async () => {
    const criterion = {
        question_id: 2,
        question: "Sector?",
        verdict: "open",
        required: ["IT"],
        excluded: [],
        given: [],
        inherited_from: "",
    };
    await mountInterview({
        profiles: [profile(1, "Partnership", "open", {criteria: [criterion]})],
    });
    await contains(".o_crm_profiling_ask").click();
    expectQuestion("Sector?");
});

test("a question outside the questionnaire is asked for", async () => {
    const mock = new MockInterview();
    const outside = question(9, "Budget?", [answer(91, "Yes")]);
    mock.ask = () => {
        mock.questions.unshift(outside);
    };
    const criterion = {
        question_id: 9,
        question: "Budget?",
        verdict: "open",
        required: ["Yes"],
        excluded: [],
        given: [],
        inherited_from: "",
    };
    mock.screen.profiles = [profile(1, "Rich", "open", {criteria: [criterion]})];
    await mountInterview(mock);
    await contains(".o_crm_profiling_ask").click();
    await animationFrame();
    expect(mock.takeCalls()).toEqual([["ask", 9]]);
    expectQuestion("Budget?");
});

test("profiles that the questionnaire cannot decide stand aside", async () => {
    const criterion = (id, verdict) => ({
        question_id: id,
        question: `Question ${id}?`,
        verdict,
        required: ["Yes"],
        excluded: [],
        given: [],
        inherited_from: "",
    });
    await mountInterview({
        questionnaire_id: 51,
        profiles: [
            profile(1, "Asked", "open", {criteria: [criterion(1, "open")]}),
            profile(2, "Partly", "open", {
                criteria: [criterion(1, "open"), criterion(9, "open")],
            }),
            profile(3, "Known", "open", {
                criteria: [criterion(1, "open"), criterion(9, "satisfied")],
            }),
        ],
    });
    expect(profileNames("open")).toEqual(["Asked", "Known"]);
    expect(profileNames("beyond")).toEqual([]);
    expect(".o_crm_profiling_counts").toHaveText("0 matched, 3 open");
    await contains(".o_crm_profiling_toggle_beyond").click();
    expect(profileNames("beyond")).toEqual(["Partly"]);
});

test("questionnaire and order can be chosen", async () => {
    const mock = await mountInterview();
    await contains(".o_crm_profiling_questionnaire").select("51");
    await animationFrame();
    await contains(".o_crm_profiling_order").select("questionnaire");
    await animationFrame();
    expect(mock.takeCalls()).toEqual([
        ["set_order", "best", 51],
        ["set_order", "questionnaire", 51],
    ]);
});

test("40 profiles, 30 questions and long texts", async () => {
    const long = "A very long name of something that somebody wanted to be precise ";
    const mock = await mountInterview({
        questions: Array.from({length: 30}, (_, index) =>
            question(100 + index, `${index} ${long.repeat(4)}?`, [
                answer(1000 + index, long.repeat(5)),
                answer(2000 + index, "Unbreakable".repeat(30)),
            ])
        ),
        profiles: Array.from({length: 40}, (_, index) =>
            profile(index + 1, `${index} ${long}`, "open")
        ),
    });
    expect(".o_crm_profiling_line").toHaveCount(30);
    expect(".o_crm_profiling_profile").toHaveCount(6);
    expect(".o_crm_profiling_long").toHaveCount(1);
    const content = document.querySelector(".o_content");
    expect(content.scrollWidth).toBeLessThan(content.clientWidth + 1);
    await pressKey("2");
    expect(mock.takeCalls()).toEqual([["answer", 100, [2000], "", []]]);
});

// Decided and finished

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

test("L and the arrows move in the list of questions", async () => {
    const questions = makeQuestions();
    questions[1].given = [given(IT, {comment: "since 2018"})];
    questions[1].status = "answered";
    await mountInterview({questions});
    expect(`${line(2)} .o_crm_profiling_line_comment`).toHaveText("“since 2018”");
    await pressKey("l");
    expect(line(1)).toBeFocused();
    await pressKey("ArrowDown", "ArrowDown", "ArrowDown");
    expect(line(3)).toBeFocused();
    await pressKey("Home");
    expect(line(1)).toBeFocused();
    await pressKey("ArrowDown", "Enter");
    expectQuestion("Sector?");
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

// Call lists

const QUEUE = {id: 70, name: "Fair", done: 36, total: 120};

test("in a call list: how far, finish, next prospect, and the end", async () => {
    const mock = await mountInterview({queue: QUEUE}, {params: {queue_id: 70}});
    expect(".o_crm_profiling_queue_progress").toHaveText("Fair\n37 of 120");
    await pressKey("f");
    await press(["Control", "Enter"]);
    await animationFrame();
    mock.takeCalls();

    mock.begin = () => {
        mock.begin = () => ({queue: {...QUEUE, done: 120}, finished: true});
        mock.screen = new MockInterview({
            id: 8,
            queue: {...QUEUE, done: 37},
        }).screen;
        mock.screen.partner.name = "Yves Next";
    };
    await animationFrame();
    expect(".o_crm_profiling_next_prospect").toBeFocused();
    await pressKey("n");
    expect(mock.takeCalls()).toEqual([["begin", {queue_id: 70}]]);
    expect(".o_crm_profiling_contact").toHaveText("Yves Next");
    expect(".o_crm_profiling_queue_progress").toHaveText("Fair\n38 of 120");
    expectQuestion("Journalist?");

    await pressKey("f");
    await press(["Control", "Enter"]);
    await animationFrame();
    await contains(".o_crm_profiling_next_prospect").click();
    await animationFrame();
    expect(".o_crm_profiling_finished h2").toHaveText("Nobody is left to call");
    await contains(".o_crm_profiling_again").click();
    expect(".o_crm_profiling_start").toHaveCount(1);
});

test("a prospect who is not reached is left for the next one", async () => {
    const mock = await mountInterview({queue: QUEUE});
    mock.skip_prospect = () => {
        mock.screen = new MockInterview({id: 8, queue: QUEUE}).screen;
        mock.screen.partner.name = "Yves Next";
    };
    await pressKey("x", "1");
    expect(mock.takeCalls()).toEqual([
        ["skip_prospect", "not_reached", false, null, false],
    ]);
    expect(".o_crm_profiling_contact").toHaveText("Yves Next");
    expectQuestion("Journalist?");

    await pressKey("x", "7");
    await contains(".o_crm_profiling_reason_input").edit("Gone", {
        confirm: false,
    });
    // left out, or never called again: Enter does not decide that
    await pressKey("Enter");
    expect(mock.takeCalls()).toEqual([]);
    expect(".o_crm_profiling_leave_out").toBeFocused();
    await contains(".o_crm_profiling_leave_out").click();
    expect(mock.takeCalls()).toEqual([["skip_prospect", "Gone", false, null, false]]);

    await pressKey("x");
    await contains(".o_crm_profiling_do_not_call").click();
    expect(".o_crm_profiling_reason_input").toBeFocused();
    await contains(".o_crm_profiling_reason_input").edit("Asked not to be", {
        confirm: false,
    });
    await contains(".o_crm_profiling_do_not_call").click();
    expect(mock.takeCalls()).toEqual([
        ["skip_prospect", "Asked not to be", true, null, false],
    ]);
});

// What goes wrong

test("a lost connection loses nothing: it says so, tries again and goes on", async () => {
    const mock = await mountInterview();
    mock.trouble.answer = "lost";
    await pressKey("2");
    expect(".o_crm_profiling_failure").toHaveCount(1);
    expect(".o_crm_profiling_saving").toHaveText("Not saved: 1");
    expect(recall(7).operations).toHaveLength(1);

    // one goes on asking meanwhile, in the order of the list
    expectQuestion("Sector?");
    await advanceTime(1000);
    await pressKey("1");
    expectQuestion("Interests?");
    expect(".o_crm_profiling_saving").toHaveText("Not saved: 2");
    await pressKey("b");
    expect(choice(IT)).toHaveAttribute("aria-checked", "true");
    expect(choice(IT)).toHaveClass("o_crm_profiling_unsaved");
    await pressKey("Enter");
    expectQuestion("Interests?");
    mock.takeCalls();

    mock.trouble = {};
    await advanceTime(40000);
    await animationFrame();
    expect(mock.takeCalls()).toEqual([
        ["answer", 1, [NO], "", []],
        ["answer", 2, [IT], "", []],
    ]);
    expect(mock.told.answer.map((ago) => ago > 1 && ago < 60)).toEqual([true, true]);
    expect(".o_crm_profiling_failure").toHaveCount(0);
    expect(".o_crm_profiling_saving").toHaveText("Saved");
    expectQuestion("Interests?");
    expect(recall(7)).toBe(undefined);
});

test("a lost connection can be tried again at once", async () => {
    const mock = await mountInterview();
    mock.trouble.answer = "lost";
    await pressKey("2");
    mock.trouble = {};
    mock.takeCalls();
    await contains(".o_crm_profiling_retry").click();
    await animationFrame();
    expect(mock.takeCalls()).toEqual([["answer", 1, [NO], "", []]]);
    expect(mock.told.answer).toEqual([undefined]); // it was said just now
    expectQuestion("Sector?");
});

test("what another visit could not save is saved by opening the interview", async () => {
    const operation = {
        method: "answer",
        args: [1, [YES], "", []],
        questionId: 1,
        answerIds: [YES],
        comment: "",
    };
    remember(7, {operations: [operation], drafts: {3: {answerIds: [TRAINING]}}});
    const mock = new MockInterview();
    mock.serve();
    await mountWithCleanup(WebClient);
    await getService("action").doAction({
        type: "ir.actions.client",
        tag: "crm_profiling.interview",
        params: {interview_id: 7},
    });
    await animationFrame();
    expect(mock.takeCalls()).toEqual([["answer", 1, [YES], "", []]]);
    await contains(line(3)).click();
    expect(choice(TRAINING)).toHaveAttribute("aria-checked", "true");
});

test("a server that fails is tried again as well", async () => {
    const mock = await mountInterview();
    mock.trouble.answer = {errorName: "builtins.MemoryError"};
    await pressKey("2");
    expect(".o_crm_profiling_failure").toHaveCount(1);
    expect(".o_crm_profiling_saving").toHaveText("Not saved: 1");
    await advanceTime(3000);
    await animationFrame();
    expectQuestion("Sector?");
    expect(mock.takeCalls()).toHaveLength(2);
});

test("a question archived meanwhile: it says so and goes on", async () => {
    const mock = await mountInterview();
    mock.trouble.answer = {
        type: "ValidationError",
        message: "The question “Journalist?” has been archived meanwhile.",
    };
    mock.questions[0].active = false;
    await pressKey("2");
    expect(".o_crm_profiling_refusal").toHaveText(
        "The question “Journalist?” has been archived meanwhile."
    );
    expectQuestion("Sector?");
    expect(".o_crm_profiling_failure").toHaveCount(0);

    await pressKey("1");
    expect(".o_crm_profiling_refusal").toHaveCount(0);
});

test("a question deleted meanwhile: it says so and goes on", async () => {
    const mock = await mountInterview();
    mock.trouble.answer = {type: "MissingError", message: "That question is gone."};
    mock.questions.shift();
    await pressKey("2");
    expect(".o_crm_profiling_refusal").toHaveText("That question is gone.");
    expectQuestion("Sector?");
});

test("a prospect is left once what was answered is saved", async () => {
    const mock = await mountInterview({queue: QUEUE});
    mock.trouble.answer = "lost";
    await pressKey("2");
    await pressKey("x", "1");
    const methods = () => mock.takeCalls().map(([method]) => method);
    expect(methods()).toEqual(["answer", "answer"]);
    expect(".o_crm_profiling_failure").toHaveCount(1);

    delete mock.trouble.answer;
    await pressKey("x", "1");
    expect(methods()).toEqual(["answer", "skip_prospect"]);
});

test("an answer deleted meanwhile: it says so and shows those that are left", async () => {
    const mock = await mountInterview();
    mock.trouble.answer = {type: "ValidationError", message: "That answer is gone."};
    mock.questions[0].answers.shift();
    await pressKey("1");
    expect(".o_crm_profiling_refusal").toHaveText("That answer is gone.");
    expectQuestion("Journalist?");
    expect(queryAllTexts(".o_crm_profiling_choice_name")).toEqual(["No"]);
    expect("[aria-checked='true']").toHaveCount(0);
});

test("an interview deleted meanwhile leads back to the start", async () => {
    const mock = await mountInterview();
    mock.trouble.answer = {type: "MissingError", message: "It is gone."};
    mock.trouble.get_screen = {type: "MissingError", message: "It is gone."};
    await pressKey("1");
    expect(".o_crm_profiling_fatal p").toHaveText("It is gone.");
    await contains(".o_crm_profiling_again").click();
    expect(".o_crm_profiling_start").toHaveCount(1);
});

test("a contact one may not interview: the reason is shown", async () => {
    const mock = new MockInterview();
    mock.trouble.begin = {type: "AccessError", message: "You are not allowed to."};
    await mountInterview(mock);
    expect(".o_crm_profiling_fatal p").toHaveText("You are not allowed to.");
});

test("another operator is named, with what was noted", async () => {
    const mock = await mountInterview();
    expect(".o_crm_profiling_other").toHaveCount(0);
    mock.screen.others = [
        {user: "Anna", date: "2019-03-11 09:00:00", is_asking: true},
        {user: "Bea", date: "2019-03-11 09:00:00", is_asking: false},
    ];
    Object.assign(mock.getQuestion(2), {
        status: "answered",
        given: [given(IT, {user: "Anna", by_me: false})],
    });
    await pressKey("1");
    expect(".o_crm_profiling_other:contains(Anna is asking this contact)").toHaveCount(
        1
    );
    expect(".o_crm_profiling_other:contains(Bea noted answers)").toHaveCount(1);
    expectQuestion("Interests?");
    await contains(line(2)).click();
    expect(".o_crm_profiling_notice").toHaveText(
        "Answered on Mar 8, 2018, noted by Anna.Take back"
    );
});

// Where it is

test("the address names the interview, so that a reload comes back to it", async () => {
    await mountInterview();
    await advanceTime(100);
    expect(router.current.action).toBe("interview");
    expect(router.current.resId).toBe(7);
});

test("coming back by the breadcrumb shows the same interview", async () => {
    const mock = await mountInterview();
    mock.watchesReading = true;
    registry.category("actions").add("elsewhere", Elsewhere);
    await getService("action").doAction("elsewhere");
    await contains(".breadcrumb-item a, .o_back_button").click();
    await animationFrame();
    expect(mock.takeCalls()).toEqual([["get_screen"]]);
    expectQuestion("Journalist?");
});

test("from the menu it asks whom to call", async () => {
    const mock = new MockInterview();
    mock.serve();
    onRpc("crm.profiling.interview", "search_read", () => [
        {
            id: 7,
            partner_id: [3, "Zoe Prospect"],
            date_start: "2019-03-11 08:00:00",
            questionnaire_id: [51, "Trade fair"],
            queue_id: false,
        },
    ]);
    onRpc("crm.profiling.queue", "search_read", () => [
        {
            id: 70,
            name: "Fair",
            user_ids: [],
            done_count: 36,
            total_count: 120,
            progress: 30,
        },
    ]);
    await mountWithCleanup(WebClient);
    await getService("action").doAction({
        type: "ir.actions.client",
        tag: "crm_profiling.interview",
    });
    expect(".o_crm_profiling_ongoing .o_crm_profiling_resume").toHaveCount(1);
    expect(".o_crm_profiling_queue").toHaveText("Fair\n36 / 120");
    await contains(".o_crm_profiling_resume").click();
    await animationFrame();
    expectQuestion("Journalist?");
});

test("with nothing under way the start screen says how to begin", async () => {
    await mountInterview({}, {params: {}});
    expect(".o_crm_profiling_ongoing p").toHaveText("You have no interview under way.");
    expect(".o_crm_profiling_queues p").toHaveCount(1);
});

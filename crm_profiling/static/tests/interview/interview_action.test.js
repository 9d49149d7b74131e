import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {describe, expect, test} from "@odoo/hoot";
import {queryAllTexts} from "@odoo/hoot-dom";
import {advanceTime, animationFrame} from "@odoo/hoot-mock";
import {Component, xml} from "@odoo/owl";
import {
    contains,
    getService,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {router} from "@web/core/browser/router";
import {registry} from "@web/core/registry";
import {Layout} from "@web/search/layout";
import {WebClient} from "@web/webclient/webclient";
import {
    answered,
    IT,
    MockInterview,
    OTHERS,
    SERVICES,
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

import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {describe, expect, test} from "@odoo/hoot";
import {press, queryAll, queryOne, waitUntil} from "@odoo/hoot-dom";
import {Deferred, advanceTime, animationFrame} from "@odoo/hoot-mock";
import {contains, onRpc, patchWithCleanup} from "@web/../tests/web_test_helpers";
import {
    IT,
    MockInterview,
    NO,
    SAAS,
    SERVICES,
    TRAINING,
    YES,
    given,
    mountInterview,
} from "./mock_interview";
import {expectQuestion} from "./on_screen";

describe.current.tags("desktop");
defineMailModels();

/** An interview whose answers take for ever, unless they are let through. */
async function mountSlow(values) {
    const mock = new MockInterview(values);
    mock.isForesighted = true;
    await mountInterview(mock);
    mock.trouble.answer = new Deferred();
    return mock;
}

async function letThrough(mock) {
    mock.trouble.answer.resolve();
    mock.trouble = {};
    for (let frame = 0; frame < 6; frame++) {
        await animationFrame();
    }
}

test("the next question is there before the answer is saved", async () => {
    const mock = await mountSlow();
    await press("2");
    await animationFrame();
    expectQuestion("Sector?");
    expect(".o_crm_profiling_answered").toHaveText("1 of 3 answered");
    expect(".o_crm_profiling_saving").toHaveText("Saving…");
    await press("1");
    await animationFrame();
    expectQuestion("Interests?");
    await letThrough(mock);
    expect(mock.takeCalls()).toEqual([
        ["answer", 1, [NO], "", []],
        ["answer", 2, [IT], "", []],
    ]);
    expectQuestion("Interests?");
    expect(".o_crm_profiling_saving").toHaveText("Saved");
});

test("skipping and declining as well", async () => {
    const mock = await mountSlow();
    mock.trouble.skip = mock.trouble.answer;
    mock.trouble.decline = mock.trouble.answer;
    await press("s");
    await animationFrame();
    expectQuestion("Sector?");
    await press("d");
    await animationFrame();
    expectQuestion("Interests?");
    await letThrough(mock);
    expect(mock.takeCalls()).toEqual([
        ["skip", 1],
        ["decline", 2],
    ]);
});

test("who goes back before the answer is saved stays there, and may change it", async () => {
    const mock = await mountSlow({ask_order: "questionnaire"});
    await press("2");
    await animationFrame();
    expectQuestion("Sector?");
    await press("b");
    await animationFrame();
    expectQuestion("Journalist?");
    const answered = mock.trouble.answer;
    mock.trouble = {};
    answered.resolve();
    for (let frame = 0; frame < 6; frame++) {
        await animationFrame();
    }
    expectQuestion("Journalist?");
    await advanceTime(500);
    mock.trouble.answer = new Deferred();
    await press("2");
    await animationFrame();
    expectQuestion("Sector?");
    await press("b");
    await animationFrame();
    await press("1"); // another one than what is on its way
    await animationFrame();
    expectQuestion("Sector?");
    await letThrough(mock);
    expectQuestion("Sector?");
    expect(mock.takeCalls()).toEqual([
        ["answer", 1, [NO], "", []],
        ["answer", 1, [YES], "", [NO]],
    ]);
});

test("a fixed order: keys after going back are for the question gone back to", async () => {
    const mock = new MockInterview({ask_order: "form"});
    await mountInterview(mock);
    mock.trouble.answer = new Deferred();
    await press("2");
    await animationFrame();
    expectQuestion("Sector?");
    await press("b");
    await press("1"); // not a frame between them
    await animationFrame();
    await animationFrame();
    expectQuestion("Sector?");
    await letThrough(mock);
    expect(mock.takeCalls()).toEqual([
        ["answer", 1, [NO], "", []],
        ["answer", 1, [YES], "", [NO]],
    ]);
});

test("what a colleague answers discards what was fetched, and moves nothing", async () => {
    const mock = await mountSlow();
    await press("2");
    await animationFrame();
    expectQuestion("Sector?");
    // Bob has answered the question on the screen meanwhile
    Object.assign(mock.getQuestion(2), {
        status: "answered",
        given: [given(SERVICES, {user: "Bob", by_me: false})],
    });
    await letThrough(mock);
    expectQuestion("Sector?");
    expect(".o_crm_profiling_notice").toHaveText(/noted by Bob/);
    expect(`[data-answer-id='${SERVICES}']`).toHaveAttribute("aria-checked", "true");
    await press("1");
    await animationFrame();
    await animationFrame();
    expectQuestion("Interests?");
    expect(mock.takeCalls().at(-1)).toEqual(["answer", 2, [IT], "", [SERVICES]]);
});

test("the question comes first, what stands beside it a frame later", async () => {
    const mock = await mountSlow();
    const ahead = mock.get_ahead.bind(mock);
    mock.get_ahead = (...args) => {
        const told = ahead(...args);
        const [partnership] = mock.screen.profiles;
        for (const one of told.after) {
            one.profiles = [{...partnership, state: "matched", verdicts: []}];
        }
        return told;
    };
    await press("s"); // what follows from here on tells of profiles
    await animationFrame();
    await animationFrame();
    await press("1");
    const card = () => queryOne(".o_crm_profiling_card").dataset.questionId;
    const matched = ".o_crm_profiling_matched [data-profile-id='1']";
    const seen = [];
    await waitUntil(() => {
        seen.push([card(), queryAll(matched).length]);
        return seen.at(-1)[1];
    });
    expect(seen.at(-1)).toEqual(["3", 1]);
    expect(seen.some(([id, count]) => id === "3" && !count)).toBe(true);
    await letThrough(mock);
});

test("what was not fetched in time is waited for", async () => {
    const mock = new MockInterview();
    mock.isForesighted = true;
    mock.trouble.get_ahead = new Deferred();
    await mountInterview(mock);
    mock.trouble.answer = new Deferred();
    await press("2");
    await animationFrame();
    expectQuestion("Journalist?");
    await letThrough(mock);
    expectQuestion("Sector?");
});

test("the best next question: a key pressed before it is there is refused", async () => {
    const mock = new MockInterview();
    await mountInterview(mock);
    mock.trouble.answer = new Deferred();
    await press("1");
    await animationFrame();
    await press("2");
    await animationFrame();
    expectQuestion("Journalist?");
    expect(".o_crm_profiling_refused").toHaveText(/Not taken: 2/);
    await letThrough(mock);
    expectQuestion("Sector?");
    expect(mock.takeCalls()).toEqual([["answer", 1, [YES], "", []]]);
    await advanceTime(500);
    await press("2");
    await animationFrame();
    await animationFrame();
    expectQuestion("Interests?");
    expect(".o_crm_profiling_refused").toHaveCount(0);
});

test("a fixed order: keys wait for the question they are for", async () => {
    const mock = new MockInterview({ask_order: "questionnaire"});
    await mountInterview(mock);
    mock.trouble.answer = new Deferred();
    for (const key of ["1", "2", "1", "2", "Enter"]) {
        await press(key);
    }
    await animationFrame();
    expectQuestion("Journalist?");
    await letThrough(mock);
    await letThrough({trouble: {answer: new Deferred()}});
    expect(mock.takeCalls()).toEqual([
        ["answer", 1, [YES], "", []],
        ["answer", 2, [SERVICES], "", []],
        ["answer", 3, [TRAINING, SAAS], "", []],
    ]);
    expect(".o_crm_profiling_refused").toHaveCount(0);
});

test("a fixed order: a question that is not asked any more gets no key", async () => {
    const mock = new MockInterview({ask_order: "questionnaire"});
    await mountInterview(mock);
    mock.trouble.answer = new Deferred();
    await press("1");
    await press("2");
    mock.getQuestion(2).status = "not_needed";
    await letThrough(mock);
    expectQuestion("Interests?");
    expect(".o_crm_profiling_refused").toHaveText(/Not taken: 2/);
    expect(mock.takeCalls()).toEqual([["answer", 1, [YES], "", []]]);
});

test("a paper form is typed as fast as one can, whatever the server does", async () => {
    const mock = new MockInterview({ask_order: "form"});
    await mountInterview(mock);
    mock.trouble.answer = new Deferred();
    const clock = {now: Date.now()};
    patchWithCleanup(Date, {now: () => clock.now});
    for (const key of ["1", "1", "1"]) {
        clock.now += 130;
        await press(key); // not a frame between them: they are looked at together
    }
    await animationFrame();
    await animationFrame();
    await press("Enter");
    await animationFrame();
    expect(".o_crm_profiling_decided").toHaveCount(1);
    expect(".o_crm_profiling_saving").toHaveText("Saving…");
    await letThrough(mock);
    expect(mock.takeCalls()).toEqual([
        ["answer", 1, [YES], "", []],
        ["answer", 2, [IT], "", []],
        ["answer", 3, [TRAINING], "", []],
    ]);
});

test("what a colleague noted, and what follows then, come in one go", async () => {
    const mock = await mountSlow();
    onRpc("crm.profiling.interview", "get_ahead", () => expect.step("ahead"));
    mock.trouble = {get_screen: new Deferred(), get_ahead: new Deferred()};
    Object.assign(mock.getQuestion(2), {
        status: "answered",
        given: [given(SERVICES, {user: "Bob", by_me: false})],
    });
    document.dispatchEvent(new Event("visibilitychange"));
    await animationFrame();
    // both are on their way at the same time: neither waits for the other
    mock.trouble.get_ahead.resolve();
    mock.trouble.get_screen.resolve();
    for (let frame = 0; frame < 3; frame++) {
        await animationFrame();
    }
    expect.verifySteps(["ahead"]); // once: it is what follows the new screen
    mock.trouble = {answer: new Deferred(), get_ahead: new Deferred()};
    expectQuestion("Journalist?");
    await press("2");
    await animationFrame();
    expectQuestion("Interests?");
    await letThrough(mock);
    expect.verifySteps(["ahead"]);
});

test("what was fetched counts until what a colleague noted is there", async () => {
    const mock = await mountSlow();
    mock.trouble.get_screen = new Deferred();
    document.dispatchEvent(new Event("visibilitychange"));
    await animationFrame();
    await press("2");
    await animationFrame();
    expectQuestion("Sector?");
    mock.trouble.get_screen.resolve(); // as it was before the key
    await animationFrame();
    expectQuestion("Sector?");
    expect("[data-question-id='1'][data-status='answered']").toHaveCount(1);
    await letThrough(mock);
    expectQuestion("Sector?");
});

test("a double click answers one question", async () => {
    const mock = await mountSlow();
    await contains(`[data-answer-id='${YES}']`).click();
    await contains(`[data-answer-id='${IT}']`).click();
    await letThrough(mock);
    expect(mock.takeCalls()).toEqual([["answer", 1, [YES], "", []]]);
});

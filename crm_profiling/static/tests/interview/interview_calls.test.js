import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {describe, expect, test} from "@odoo/hoot";
import {press, queryAllTexts} from "@odoo/hoot-dom";
import {Deferred, animationFrame, mockDate} from "@odoo/hoot-mock";
import {contains, getService, patchWithCleanup} from "@web/../tests/web_test_helpers";
import {sayReason} from "@crm_profiling/interview/call_reasons";
import {user} from "@web/core/user";
import {MockInterview, mountInterview} from "./mock_interview";
import {pressKey} from "./on_screen";

describe.current.tags("desktop");
defineMailModels();

const QUEUE = {id: 70, name: "Fair", done: 36, total: 120};

function entry(values) {
    return {
        reason: "list",
        partner_id: 3,
        name: "Zoe Prospect",
        company: "Acme",
        phone: "+1 555 0100",
        moment: false,
        has_time: false,
        what: "",
        summary: "",
        queue: "Fair",
        queue_id: 70,
        line_id: 7,
        tries: 0,
        ...values,
    };
}

const ACTIVITY = {reason: "activity", what: "Call", queue: "", queue_id: false};

/** Has the server say that nobody is to be called now. */
function nobody(mock, whom) {
    mock.begin_next = () => ({
        finished: true,
        queue: false,
        whom: {now: [], next: false, without_number: 0, ...whom},
    });
}

test("why somebody is to be called, in words", async () => {
    mockDate("2026-06-03 12:00:00", +2);
    await mountInterview(undefined, {params: {}}); // with its translations
    const say = (values) => String(sayReason(entry(values))).replace(/\u202f/g, " ");
    expect(say({})).toBe("Fair");
    expect(say({tries: 2})).toBe("Fair, try 3");
    const back = {reason: "callback", has_time: true, moment: "2026-06-03 13:30:00"};
    expect(say(back)).toBe("Callback 3:30 PM");
    expect(say({...back, summary: "the offer"})).toBe("Callback 3:30 PM: the offer");
    expect(say({...back, moment: "2026-06-02 13:30:00"})).toMatch(
        /^Callback (06\/02\/2026|Jun 2).*/
    );
    // midnight where the user is
    const today = {moment: "2026-06-02 22:00:00", has_time: false};
    expect(say({...back, ...today})).toBe("Callback today");
    expect(say({...ACTIVITY, ...today})).toBe("Call (due today)");
    expect(say({...ACTIVITY, ...today, summary: "budget"})).toBe(
        "Call: budget (due today)"
    );
    expect(say({...ACTIVITY, moment: "2026-05-31 22:00:00"})).toMatch(
        /^Call \(due .*1.*\)$/
    );
    expect(say({reason: "again", tries: 1})).toBe("Not reached yet, try 2");
});

test("whom to call now is on the start, and Enter begins with the first", async () => {
    const mock = new MockInterview();
    mock.whom.now = [
        entry({...ACTIVITY, partner_id: 3, line_id: false}),
        entry({partner_id: 4, name: "Yves Next", tries: 1}),
    ];
    mock.whom.without_number = 2;
    await mountInterview(mock, {params: {}});
    expect(queryAllTexts(".o_crm_profiling_whom_entry .fw-bold")).toEqual([
        "Zoe Prospect",
        "Yves Next",
    ]);
    expect(queryAllTexts(".o_crm_profiling_whom_reason")).toEqual([
        "Call",
        "Fair, try 2",
    ]);
    expect(".o_crm_profiling_without_number").toHaveText(
        "Without a number, or with a wrong one, and not called: 2"
    );
    await pressKey("Enter");
    expect(mock.takeCalls()).toEqual([["begin_next"]]);
    expect(".o_crm_profiling_card").toHaveCount(1);
});

test("one of those to call is chosen, for the list they are in", async () => {
    const mock = new MockInterview();
    mock.whom.now = [
        entry({...ACTIVITY, line_id: false}),
        entry({partner_id: 4, name: "Yves Next"}),
    ];
    await mountInterview(mock, {params: {}});
    await contains("[data-contact-id='4']").click();
    expect(mock.takeCalls()).toEqual([["begin", {partner_id: 4, queue_id: 70}]]);
});

test("a list that one made for others is seen, and opened", async () => {
    const mock = new MockInterview();
    const list = {done_count: 1, total_count: 4, progress: 25};
    mock.queues = [
        {...list, id: 70, name: "For all", user_ids: []},
        {...list, id: 71, name: "For Oleg", user_ids: [user.userId + 1]},
    ];
    const opened = [];
    await mountInterview(mock, {params: {}});
    patchWithCleanup(getService("action"), {
        doAction: (action) => opened.push([action.res_model, action.res_id]),
    });
    expect(queryAllTexts(".o_crm_profiling_queue .text-break")).toEqual([
        "For all",
        "For Oleg\nOthers call those on it.",
    ]);
    await contains(".o_crm_profiling_queue:contains(For Oleg)").click();
    expect(mock.takeCalls()).toEqual([]);
    expect(opened).toEqual([["crm.profiling.queue", 71]]);
    await contains(".o_crm_profiling_queue:contains(For all)").click();
    expect(mock.takeCalls()).toEqual([["begin", {queue_id: 70}]]);
});

test("call next: an outcome by key, on and on, until nobody is left", async () => {
    mockDate("2026-06-03 12:00:00", +2);
    const mock = await mountInterview(
        {
            queue: QUEUE,
            call: entry({
                reason: "callback",
                has_time: true,
                moment: "2026-06-03 13:30:00",
            }),
        },
        {params: {call_next: true}}
    );
    expect(".o_crm_profiling_call_reason").toHaveText(/^Callback 3:30.PM$/);
    for (const [key, outcome] of [
        ["1", "not_reached"],
        ["2", "busy"],
        ["3", "voicemail"],
        ["4", "wrong_number"],
        ["5", "refused"],
        ["8", "tomorrow"],
    ]) {
        await pressKey("x", key);
        expect(mock.takeCalls()).toEqual([
            ["skip_prospect", outcome, false, null, true],
        ]);
    }
    await pressKey("f");
    await press(["Control", "Enter"]);
    await animationFrame();
    mock.takeCalls();
    nobody(mock, {
        next: entry({name: "Yves Next", has_time: true, moment: "2026-06-03 14:00:00"}),
    });
    await pressKey("n");
    expect(mock.takeCalls()).toEqual([["begin_next"]]);
    expect(".o_crm_profiling_nobody_now h2").toHaveText("Nobody is to be called now");
    expect(".o_crm_profiling_whom_next").toHaveText(
        /^Next: Yves Next, 4:00.PM\n?Fair$/
    );
    await contains(".o_crm_profiling_again").click();
    expect(".o_crm_profiling_start").toHaveCount(1);
});

test("the end of a call list says who waits, and until when", async () => {
    mockDate("2026-06-03 12:00:00", +2);
    const mock = new MockInterview();
    mock.begin = () => ({
        finished: true,
        queue: {
            ...QUEUE,
            taken: 1,
            later: 3,
            first_later: [
                entry({name: "Doug", has_time: true, moment: "2026-06-03 14:52:00"}),
                entry({partner_id: 4, has_time: true, moment: "2026-06-03 22:00:00"}),
            ],
        },
    });
    await mountInterview(mock, {params: {queue_id: 70}});
    expect(".o_crm_profiling_queue_called").toHaveText(
        "Called: 36 of 120.\nBeing called by colleagues: 1"
    );
    const [doug, zoe] = queryAllTexts(".o_crm_profiling_later li");
    expect(doug).toMatch(/^Doug\n4:52.PM\nAcme · \+1 555 0100$/);
    expect(zoe).toMatch(/^Zoe Prospect\nJun 4, 12:00.AM\n/);
    expect(".o_crm_profiling_later p").toHaveText("and 1 more");
    await contains(".o_crm_profiling_later [data-contact-id='4']").click();
    expect(mock.takeCalls()).toEqual([["begin", {partner_id: 4, queue_id: 70}]]);
    await contains(".o_crm_profiling_onward").click();
    await pressKey("n");
    expect(mock.takeCalls()).toEqual([["begin_next"]]);
});

test("after a call without a list one goes on with the next", async () => {
    const mock = await mountInterview();
    mock.skip_prospect = () => ({left: true, partner_id: 3, name: "Zoe Prospect"});
    await pressKey("x", "1");
    mock.takeCalls();
    expect(".o_crm_profiling_gone h2").toHaveText("How the call went is noted");
    expect(".o_crm_profiling_gone .fs-4").toHaveText("Zoe Prospect");
    await pressKey("n");
    expect(mock.takeCalls()).toEqual([["begin_next"]]);
    expect(".o_crm_profiling_card").toHaveCount(1);
});

test("one click on the screen, until something was said", async () => {
    const mock = await mountInterview({queue: QUEUE});
    expect(queryAllTexts(".o_crm_profiling_quick_outcomes button")).toEqual([
        "Not reached",
        "Busy",
        "Voicemail: left a message",
        "Wrong number",
    ]);
    await contains(".o_crm_profiling_quick_outcomes [data-outcome='busy']").click();
    expect(mock.takeCalls()).toEqual([["skip_prospect", "busy", false, null, false]]);
    expect(".o_crm_profiling_quick_outcomes").toHaveCount(1);
    await pressKey("2");
    expect(".o_crm_profiling_quick_outcomes").toHaveCount(0);
});

test("until the next prospect is there, what is beside the question stays", async () => {
    const mock = await mountInterview({queue: QUEUE});
    mock.trouble.skip_prospect = new Deferred();
    await contains(".o_crm_profiling_quick_outcomes [data-outcome='busy']").click();
    for (let frame = 0; frame < 4; frame++) {
        await animationFrame();
    }
    expect(".o_crm_profiling_overview p").toHaveCount(0); // there are no questions here
    expect(".o_crm_profiling_panel > p").toHaveCount(0); // nor profiles
    mock.screen.profiles[0].name = "Subscription";
    mock.getQuestion(3).name = "Wishes?";
    mock.trouble.skip_prospect.resolve();
    for (let frame = 0; frame < 6; frame++) {
        await animationFrame();
    }
    expect(".o_crm_profiling_panel").toHaveText(/Subscription/);
    expect(".o_crm_profiling_overview").toHaveText(/Wishes/);
});

test("when to call back is asked, and said in words", async () => {
    mockDate("2026-06-03 12:00:00", +2);
    const mock = await mountInterview();
    await pressKey("x");
    expect(".o_crm_profiling_leave_out").toHaveCount(0); // of no call list
    expect(".o_crm_profiling_tomorrow").toHaveCount(0);
    await pressKey("6");
    expect(".o_crm_profiling_back_when").toBeFocused();
    await contains(".o_crm_profiling_back").click();
    expect(mock.takeCalls()).toEqual([]);
    await contains(".o_crm_profiling_back_when").edit("tomorrow 15:30", {
        confirm: false,
    });
    await contains(".o_crm_profiling_back").click();
    expect(mock.takeCalls()).toEqual([
        [
            "skip_prospect",
            "call_back",
            false,
            {date_deadline: "2026-06-04", datetime: "2026-06-04 13:30:00"},
            false,
        ],
    ]);
});

test("in a call list it says who has no number", async () => {
    const values = {...new MockInterview().screen.partner, phone: ""};
    await mountInterview({partner: values, queue: QUEUE});
    expect(".o_crm_profiling_no_phone").toHaveText("No phone number");
});

test("the number of the company, and a wrong one", async () => {
    const values = new MockInterview().screen.partner;
    await mountInterview({
        partner: {
            ...values,
            phone: "",
            company_phone: "+1 555 0199",
            wrong_number: "Wrong number (Sam, 06/02/2026)",
        },
    });
    expect(".o_crm_profiling_phone").toHaveText("+1 555 0199");
    expect(".o_crm_profiling_wrong_number").toHaveText(
        "Wrong number (Sam, 06/02/2026)"
    );
});

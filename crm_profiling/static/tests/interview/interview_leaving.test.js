import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {describe, expect, test} from "@odoo/hoot";
import {press, queryAllTexts, queryOne} from "@odoo/hoot-dom";
import {Deferred, advanceTime, animationFrame} from "@odoo/hoot-mock";
import {contains, makeServerError, onRpc} from "@web/../tests/web_test_helpers";
import {MockInterview, mountInterview} from "./mock_interview";

describe.current.tags("desktop");
defineMailModels();

const QUEUE = {id: 70, name: "Fair", done: 36, total: 120};
const BOB = {id: 3, name: "Bob", company: "", phone: "", email: "", refusal: ""};

async function pressKey(...keys) {
    for (const key of keys) {
        await press(key);
        await animationFrame();
        await animationFrame();
    }
}

/** As somebody does who has not seen the first click. */
async function clickTwice(selector) {
    const button = queryOne(selector);
    button.click();
    button.click();
    await animationFrame();
}

async function letThrough(mock, method) {
    mock.trouble[method].resolve();
    delete mock.trouble[method];
    await animationFrame();
    await animationFrame();
}

const methods = (mock) => mock.takeCalls().map(([method]) => method);

// From one prospect to the next

test("an outcome is told once, and the screen stays until the next one is there", async () => {
    const mock = await mountInterview({queue: QUEUE});
    onRpc("crm.profiling.interview", "get_whom", () => {
        expect.step("whom");
        return mock.whom;
    });
    mock.trouble.skip_prospect = new Deferred();
    await clickTwice(".o_crm_profiling_quick_outcomes [data-outcome='busy']");
    expect(".o_crm_profiling_contact").toHaveText("Zoe Prospect");
    expect(".o_crm_profiling_start").toHaveCount(0);
    // what is pressed meanwhile is for nobody
    await pressKey("2");
    expect(methods(mock)).toEqual(["skip_prospect"]);
    mock.skip_prospect = () => {
        mock.screen = new MockInterview({id: 8, queue: QUEUE}).screen;
        mock.screen.partner.name = "Yves Next";
    };
    await letThrough(mock, "skip_prospect");
    expect(".o_crm_profiling_contact").toHaveText("Yves Next");
    expect(".o_crm_profiling_card").toHaveCount(1);
    expect("[aria-checked='true']").toHaveCount(0);
    expect(methods(mock)).toEqual([]);
    expect.verifySteps([]); // nobody asked whom to call
});

test("keys for one prospect do not wait for the next one", async () => {
    const mock = await mountInterview({queue: QUEUE, ask_order: "form"});
    mock.trouble.skip_prospect = new Deferred();
    queryOne("[data-outcome='busy']").click();
    await pressKey("2");
    mock.skip_prospect = () => {
        mock.screen = new MockInterview({id: 8, queue: QUEUE}).screen;
    };
    await letThrough(mock, "skip_prospect");
    expect(methods(mock)).toEqual(["skip_prospect"]);
    expect(".o_crm_profiling_refused").toHaveText(/^Not taken: 2/);
});

test("the next prospect is taken once, and of the same call list", async () => {
    const mock = await mountInterview({queue: QUEUE}, {params: {queue_id: 70}});
    await pressKey("f");
    await press(["Control", "Enter"]);
    await animationFrame();
    mock.takeCalls();
    mock.trouble.begin = new Deferred();
    await clickTwice(".o_crm_profiling_next_prospect");
    expect(".o_crm_profiling_summary").toHaveCount(1);
    await pressKey("n");
    await letThrough(mock, "begin");
    expect(mock.takeCalls()).toEqual([["begin", {queue_id: 70}]]);
});

test("what came of the call and could not be saved stays in the form", async () => {
    const mock = await mountInterview({queue: QUEUE});
    await pressKey("x");
    await contains(".o_crm_profiling_back_when").edit("in 2 weeks", {confirm: false});
    mock.trouble.skip_prospect = "lost";
    await contains(".o_crm_profiling_back").click();
    await animationFrame();
    expect(".o_crm_profiling_fatal").toHaveCount(0);
    expect(".o_crm_profiling_refusal").toHaveText(/could not do this/);
    expect(".o_crm_profiling_back_when").toHaveValue("in 2 weeks");
    mock.trouble = {};
    mock.takeCalls();
    await contains(".o_crm_profiling_back").click();
    await animationFrame();
    expect(methods(mock)).toEqual(["skip_prospect"]);
    expect(".o_crm_profiling_card").toHaveCount(1);
    expect(".o_crm_profiling_refusal").toHaveCount(0);
});

test("an outcome that is refused stays in the form, in the server's words", async () => {
    const mock = await mountInterview({queue: QUEUE});
    await pressKey("x");
    await contains(".o_crm_profiling_reason_input").edit("Gone", {confirm: false});
    mock.trouble.skip_prospect = {type: "UserError", message: "Not like this."};
    await contains(".o_crm_profiling_leave_out").click();
    await animationFrame();
    expect(".o_crm_profiling_fatal").toHaveCount(0);
    expect(".o_crm_profiling_refusal").toHaveText("Not like this.");
    expect(".o_crm_profiling_reason_input").toHaveValue("Gone");
});

test("with answers that are not saved the outcome waits in the form, and says so", async () => {
    const mock = await mountInterview({queue: QUEUE});
    mock.trouble.answer = "lost";
    await pressKey("2", "x");
    await contains(".o_crm_profiling_reason_input").edit("no time", {confirm: false});
    await contains(".o_crm_profiling_do_not_call").click();
    await animationFrame();
    expect(".o_crm_profiling_reason_input").toHaveValue("no time");
    expect(".o_crm_profiling_refusal").toHaveText(/not noted yet/);
    mock.trouble = {};
    mock.takeCalls();
    await contains(".o_crm_profiling_do_not_call").click();
    await animationFrame();
    expect(methods(mock)).toEqual(["answer", "skip_prospect"]);
});

// Whom to call

test("Enter does not begin with who was found for other words", async () => {
    const mock = new MockInterview();
    mock.found = [BOB];
    await mountInterview(mock, {params: {}});
    await contains(".o_crm_profiling_find").edit("Bob", {confirm: false});
    await advanceTime(300);
    mock.found = [{...BOB, id: 4, name: "Jones"}];
    await contains(".o_crm_profiling_find").edit("Jones", {confirm: false});
    await pressKey("Enter");
    expect(methods(mock)).toEqual(["find_contacts", "find_contacts"]);
    expect(".o_crm_profiling_found").toHaveText("Jones");
    await pressKey("Enter");
    expect(mock.takeCalls()).toEqual([["begin", {partner_id: 4}]]);
});

test("a contact that is created anyway is created once", async () => {
    const mock = new MockInterview();
    mock.found = [BOB];
    await mountInterview(mock, {params: {}});
    await contains(".o_crm_profiling_create").click();
    await contains(".o_crm_profiling_contact_form [name=name]").edit("Bob", {
        confirm: false,
    });
    await contains(".o_crm_profiling_contact_save").click();
    mock.takeCalls();
    mock.trouble.create_contact = new Deferred();
    await clickTwice(".o_crm_profiling_create_anyway");
    await letThrough(mock, "create_contact");
    expect(methods(mock)).toEqual(["create_contact", "begin"]);
});

test("a beginning that is clicked twice begins once", async () => {
    const mock = new MockInterview();
    mock.whom.now = [{...BOB, partner_id: 3, reason: "again", tries: 0}];
    await mountInterview(mock, {params: {}});
    mock.trouble.begin = new Deferred();
    await clickTwice("[data-contact-id='3']");
    expect(".o_crm_profiling_start").toHaveCount(1);
    await letThrough(mock, "begin");
    expect(methods(mock)).toEqual(["begin"]);
    expect(".o_crm_profiling_card").toHaveCount(1);
});

test("where it cannot be read whom to call it says so, and can be tried again", async () => {
    const mock = new MockInterview();
    let isLost = true;
    mock.serve();
    onRpc("crm.profiling.interview", "get_whom", () => {
        if (isLost) {
            throw makeServerError({errorName: "builtins.MemoryError"});
        }
    });
    await mountInterview(mock, {params: {}, isServed: true});
    expect(".o_crm_profiling_start [role=alert]").toHaveText(/could not do this/);
    // nothing is said of what is not known
    expect(queryAllTexts(".o_crm_profiling_start :is(h2, h3)")).toEqual([
        "Whom are you calling?",
    ]);
    isLost = false;
    await contains(".o_crm_profiling_start [role=alert] button").click();
    expect(".o_crm_profiling_start [role=alert]").toHaveCount(0);
    expect(".o_crm_profiling_whom_nobody").toHaveCount(1);
    expect(".o_crm_profiling_start h3").toHaveCount(2);
});

test("it looks again by itself once there is a connection", async () => {
    const mock = new MockInterview();
    mock.serve();
    let isLost = true;
    onRpc("crm.profiling.interview", "get_whom", () => {
        if (isLost) {
            throw makeServerError({errorName: "builtins.MemoryError"});
        }
    });
    await mountInterview(mock, {params: {}, isServed: true});
    expect(".o_crm_profiling_start [role=alert]").toHaveText(/could not do this/);
    isLost = false;
    window.dispatchEvent(new Event("online"));
    await animationFrame();
    expect(".o_crm_profiling_start [role=alert]").toHaveCount(0);
    expect(".o_crm_profiling_start h3").toHaveCount(2);
});

test("where nobody can be looked for it says so, and what was typed stays", async () => {
    const mock = new MockInterview();
    await mountInterview(mock, {params: {}});
    mock.trouble.find_contacts = "lost";
    await contains(".o_crm_profiling_find").edit("Bob", {confirm: false});
    await advanceTime(300);
    await animationFrame();
    expect(".o_crm_profiling_start [role=alert]").toHaveText(/could not do this/);
    expect(".o_crm_profiling_find").toHaveValue("Bob");
});

// What was written meanwhile

test("a comment beside a question without an answer outlives “not reached”", async () => {
    const mock = await mountInterview({queue: QUEUE});
    onRpc("crm.profiling.interview", "skip_prospect", ({args, kwargs}) => {
        expect.step([args[1], kwargs.note]);
    });
    await pressKey("c");
    await contains("textarea").edit("On holiday until Monday", {confirm: false});
    await pressKey("Escape");
    await pressKey("x");
    expect(".o_crm_profiling_loose").toHaveText(
        "Noted on the contact: Journalist? On holiday until Monday"
    );
    await contains(".o_crm_profiling_outcome[data-outcome='not_reached']").click();
    await animationFrame();
    expect.verifySteps([["not_reached", "Journalist? On holiday until Monday"]]);
    // and is no other contact's
    await pressKey("x", "1");
    expect.verifySteps([["not_reached", ""]]);
    expect(methods(mock)).toEqual(["skip_prospect", "skip_prospect"]);
});

test("so does the note for the end, and what was noted before it was opened again", async () => {
    await mountInterview({queue: QUEUE, note: "Likes it"});
    onRpc("crm.profiling.interview", "skip_prospect", ({kwargs}) => {
        expect.step(kwargs.note);
    });
    await pressKey("f");
    await contains(".o_crm_profiling_note").edit("Likes it a lot", {confirm: false});
    await pressKey("Escape", "x", "1");
    expect.verifySteps(["Likes it a lot"]);
    await pressKey("c");
    await contains("textarea").edit("Perhaps", {confirm: false});
    await pressKey("Escape", "x", "1");
    expect.verifySteps(["Likes it\nJournalist? Perhaps"]);
});

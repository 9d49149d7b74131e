import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {describe, expect, test} from "@odoo/hoot";
import {press, queryAllTexts} from "@odoo/hoot-dom";
import {advanceTime, animationFrame} from "@odoo/hoot-mock";
import {contains, onRpc} from "@web/../tests/web_test_helpers";
import {ConnectionLostError} from "@web/core/network/rpc";
import {MockInterview, given, makeQuestions, mountInterview} from "./mock_interview";
import {pressKey} from "./on_screen";

describe.current.tags("desktop");
defineMailModels();

const BOB = {
    id: 3,
    name: "Bob Builder",
    company: "ACME",
    phone: "+32 470 12 34 56",
    email: "",
    refusal: "",
};

function mountStart(found) {
    const mock = new MockInterview();
    mock.found = found;
    return mountInterview(mock, {params: {}});
}

const method = ([name]) => name;

test("a contact is found while one types, and called by Enter", async () => {
    const mock = await mountStart([BOB]);
    expect(".o_crm_profiling_find").toBeFocused();
    await contains(".o_crm_profiling_find").edit("0470 12", {confirm: false});
    await advanceTime(300);
    expect(mock.takeCalls()).toEqual([["find_contacts", "0470 12"]]);
    expect(queryAllTexts(".o_crm_profiling_found")).toEqual([
        "Bob Builder\nACME · +32 470 12 34 56",
    ]);
    await pressKey("Enter");
    expect(mock.takeCalls()).toEqual([["begin", {partner_id: 3}]]);
    expect(".o_crm_profiling_card").toHaveCount(1);
});

test("who is found may be on the phone with a colleague", async () => {
    await mountStart([{...BOB, busy: "Being called just now by Cora"}]);
    await contains(".o_crm_profiling_find").edit("0470 12", {confirm: false});
    await advanceTime(300);
    expect(".o_crm_profiling_found").toHaveText(/by Cora$/);
});

test("whom nobody knows is created, with what was typed", async () => {
    const mock = await mountStart([]);
    await contains(".o_crm_profiling_find").edit("+32 470 99", {confirm: false});
    await advanceTime(300);
    expect(".o_crm_profiling_nobody").toHaveCount(1);
    await contains(".o_crm_profiling_create").click();
    expect(".o_crm_profiling_contact_form [name=phone]").toHaveValue("+32 470 99");
    await contains(".o_crm_profiling_contact_form [name=name]").edit("Zoe", {
        confirm: false,
    });
    mock.takeCalls();
    await contains(".o_crm_profiling_contact_save").click();
    await animationFrame();
    expect(mock.takeCalls()).toEqual([
        ["create_contact", {name: "Zoe", phone: "+32 470 99"}, false],
        ["begin", {partner_id: 3}],
    ]);
});

const COMPANY = ".o_crm_profiling_company input";

/** Writes down somebody new, where the server knows some companies. */
async function mountNew(names) {
    const mock = new MockInterview();
    mock.serve();
    onRpc("res.partner", "search_read", ({kwargs}) => {
        expect(kwargs.domain[0]).toEqual(["is_company", "=", true]);
        const text = kwargs.domain[1][2].toLowerCase();
        const found = names.filter((name) => name.toLowerCase().includes(text));
        return found.map((name, index) => ({id: index + 1, name}));
    });
    await mountInterview(mock, {params: {}, isServed: true});
    await contains(".o_crm_profiling_create").click();
    await contains(".o_crm_profiling_contact_form [name=name]").edit("Zoe", {
        confirm: false,
    });
    return mock;
}

async function typeCompany(text) {
    await contains(COMPANY).edit(text, {confirm: false});
    await advanceTime(300);
    await animationFrame();
}

test("companies that exist are proposed: Enter takes the first, and creates nobody", async () => {
    const mock = await mountNew(["Gemini Furniture", "Old Gemini"]);
    await typeCompany("gemini");
    expect(queryAllTexts(".o_crm_profiling_company .dropdown-item")).toEqual([
        "Gemini Furniture",
        "Old Gemini",
        "New company “gemini”",
    ]);
    await press("Enter");
    await animationFrame();
    expect(COMPANY).toHaveValue("Gemini Furniture");
    expect(mock.takeCalls().map(method)).toEqual([]);
    await contains(".o_crm_profiling_contact_save").click();
    await animationFrame();
    expect(mock.takeCalls()[0]).toEqual([
        "create_contact",
        {name: "Zoe", company: "Gemini Furniture"},
        false,
    ]);
});

test("a company that nobody knows is created, whatever is proposed", async () => {
    const mock = await mountNew(["Gemini Furniture"]);
    await typeCompany("Gemini");
    await contains(".dropdown-item:contains(New company)").click();
    expect(COMPANY).toHaveValue("Gemini");
    await typeCompany("Unheard-of");
    expect(".o_crm_profiling_company .dropdown-item").toHaveCount(0);
    await press("Enter"); // as in any other field
    await animationFrame();
    expect(mock.takeCalls()[0]).toEqual([
        "create_contact",
        {name: "Zoe", company: "Unheard-of"},
        false,
    ]);
});

test("a company is not proposed where it is written out, nor without a connection", async () => {
    await mountNew(["Gemini Furniture"]);
    await typeCompany("gemini furniture");
    expect(queryAllTexts(".o_crm_profiling_company .dropdown-item")).toEqual([
        "Gemini Furniture",
    ]);
    onRpc("res.partner", "search_read", () => {
        throw new ConnectionLostError("/web/dataset/call_kw");
    });
    await typeCompany("gem");
    expect(".o_crm_profiling_company .dropdown-item").toHaveCount(0);
    expect(COMPANY).toHaveValue("gem");
});

test("who is not found is written down by Enter", async () => {
    await mountStart([]);
    await contains(".o_crm_profiling_find").edit("Zoe", {confirm: false});
    await advanceTime(300);
    await pressKey("Enter");
    expect(".o_crm_profiling_contact_form [name=name]").toHaveValue("Zoe");
});

test("one like it is shown before a double is made", async () => {
    const mock = await mountStart([BOB]);
    await contains(".o_crm_profiling_create").click();
    await contains(".o_crm_profiling_contact_form [name=name]").edit("Bob Builder", {
        confirm: false,
    });
    await contains(".o_crm_profiling_contact_save").click();
    expect(".o_crm_profiling_twins .o_crm_profiling_found").toHaveCount(1);
    mock.takeCalls();
    await contains(".o_crm_profiling_create_anyway").click();
    await animationFrame();
    expect(mock.takeCalls().map(method)).toEqual(["create_contact", "begin"]);
});

test("the contact is corrected without leaving the question", async () => {
    const mock = await mountInterview();
    await pressKey("e");
    expect(".o_crm_profiling_contact_form [name=function]").toHaveValue("Buyer");
    await contains(".o_crm_profiling_contact_form [name=city]").edit("Brussels", {
        confirm: false,
    });
    await contains(".o_crm_profiling_contact_form [name=name]").edit("Zoe P.", {
        confirm: false,
    });
    await contains(".o_crm_profiling_contact_save").click();
    await animationFrame();
    expect(mock.takeCalls()).toEqual([
        ["write_contact", {name: "Zoe P.", city: "Brussels"}],
    ]);
    expect(".o_crm_profiling_contact").toHaveText("Zoe P.");
    expect(".o_crm_profiling_card").toHaveCount(1);
    await pressKey("e");
    await pressKey("Escape");
    expect(".o_crm_profiling_card").toHaveCount(1);
});

test("what was said before is a key away", async () => {
    const questions = makeQuestions();
    questions[0].given = [given(11, {comment: "only on Fridays"})];
    questions[0].status = "answered";
    const mock = new MockInterview({questions});
    mock.history = {
        interviews: [
            {
                date: "2018-03-08 10:00:00",
                user: "Mary",
                note: "At the fair",
                answered: 4,
            },
        ],
        answers: [
            {
                question: "Staff?",
                answer: "2-20",
                comment: "",
                user: "Mary",
                date: "2018-03-08 10:00:00",
                until: "2018-06-08 10:00:00",
            },
        ],
        notes: [{date: "2018-03-08 10:00:00", user: "Mary", text: "Wants a demo"}],
    };
    await mountInterview(mock);
    await pressKey("h");
    for (const words of ["only on Fridays", "At the fair", "2-20", "Wants a demo"]) {
        expect(`.o_crm_profiling_history:contains(${words})`).toHaveCount(1);
    }
    await contains(".o_crm_profiling_history_close").click();
    expect(".o_crm_profiling_card").toHaveCount(1);
});

test("who is not to be called says so, with the way back", async () => {
    const mock = await mountInterview();
    await pressKey("f");
    await contains(".o_crm_profiling_refuse").click();
    await contains(".o_crm_profiling_refuse_reason").edit("no time", {confirm: false});
    await contains(".o_crm_profiling_finish_confirm").click();
    await animationFrame();
    expect(mock.takeCalls().map(method)).toEqual(["refuse_calls", "finish"]);
    expect(".o_crm_profiling_refused_calls").toHaveText(/Not to be called: no time/);
});

test("a refusal is taken back on the screen", async () => {
    const mock = new MockInterview();
    mock.refuse_calls("no time");
    await mountInterview(mock);
    await contains(".o_crm_profiling_allow_calls").click();
    await animationFrame();
    expect(mock.takeCalls()).toEqual([["allow_calls"]]);
    expect(".o_crm_profiling_refused_calls").toHaveCount(0);
});

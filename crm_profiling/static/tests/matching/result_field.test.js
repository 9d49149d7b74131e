import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {beforeEach, expect, test} from "@odoo/hoot";
import {queryAllTexts, resize} from "@odoo/hoot-dom";
import {
    MockServer,
    contains,
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {answer, question} from "../catalog/mock_catalog";
import {profile} from "./mock_result";

const [IT, OTHERS] = [11, 12];
const [BUDGET, NO_BUDGET] = [21, 22];

const CATALOG = {
    questions: [
        question(1, "Sector?", [answer(IT, "IT"), answer(OTHERS, "Others")]),
        question(2, "Budget?", [answer(BUDGET, "Yes"), answer(NO_BUDGET, "No")]),
    ],
    questionnaires: [{id: 7, name: "Short", question_ids: [1]}],
};

function criterion(question_id, verdict, values = {}) {
    return {
        question_id,
        question: CATALOG.questions[question_id - 1].name,
        verdict,
        required: ["IT"],
        excluded: [],
        given: [],
        inherited_from: "",
        ...values,
    };
}

const given = (name) => [{answer: name, user: "Mitchell", date: "2018-05-02"}];

const PARTNERSHIP = profile(1, "Partnership", "matched", {
    tag: "Partner",
    color: 4,
    offer: "<p>Propose the <b>contract</b>.</p>",
    criteria: [criterion(1, "satisfied", {given: given("IT")})],
});
const LARGE = profile(2, "Large accounts", "open", {
    criteria: [
        criterion(1, "satisfied", {given: given("IT")}),
        criterion(2, "open", {
            required: [],
            excluded: ["No"],
            inherited_from: "Accounts",
        }),
    ],
});
const TRAINING = profile(3, "Training", "ruled_out", {
    criteria: [criterion(1, "ruled_out", {required: ["Others"], given: given("IT")})],
});

class Partner extends models.Model {
    name = fields.Char();
    profiling_answer_ids = fields.Many2many({relation: "crm.profiling.answer"});
    profiling_result = fields.Json({readonly: true});

    _records = [{id: 1, name: "Acme"}];
    _onChanges = {profiling_answer_ids: () => {}};
}

class Answer extends models.Model {
    _name = "crm.profiling.answer";

    name = fields.Char();

    _records = [IT, OTHERS, BUDGET, NO_BUDGET].map((id) => ({id}));
}

defineMailModels();
defineModels([Partner, Answer]);

beforeEach(() => onRpc("get_catalog", () => CATALOG));

async function mountResult(profiles, {evaluated = true, ...params} = {}) {
    Partner._records[0].profiling_result = {evaluated, profiles};
    await mountView({
        type: "form",
        resModel: "partner",
        resId: 1,
        arch: `
            <form>
                <field name="name"/>
                <field name="profiling_answer_ids" widget="crm_profiling_answers"/>
                <field name="profiling_result" widget="crm_profiling_result"/>
            </form>`,
        ...params,
    });
}

const profileNames = (group) =>
    queryAllTexts(`.o_crm_profiling_${group} .o_crm_profiling_profile_name`);
const inProfile = ({id}) => `[data-profile-id='${id}']`;

test("profiles are shown by what the answers say of them", async () => {
    await mountResult([TRAINING, LARGE, PARTNERSHIP]);
    expect(profileNames("matched")).toEqual(["Partnership"]);
    expect(profileNames("open")).toEqual(["Large accounts"]);
    expect(".o_crm_profiling_ruled_out h4").toHaveText("Ruled out 1");
    expect(profileNames("ruled_out")).toEqual([]);

    await contains(".o_crm_profiling_toggle").click();
    expect(profileNames("ruled_out")).toEqual(["Training"]);
    expect(".o_crm_profiling_ruled_out_by").toHaveText("Sector? IT");
    expect(".o_crm_profiling_result [role=status]").toHaveText(
        "Profiles matched: 1, open: 1, ruled out: 1"
    );
});

test("a profile that matches shows its tag and what to propose", async () => {
    await mountResult([PARTNERSHIP]);
    expect(".o_crm_profiling_matched .o_tag_color_4").toHaveText("Partner");
    expect(".o_crm_profiling_offer").toHaveText(
        "What to propose\n\nPropose the contract."
    );
    expect(".o_crm_profiling_offer b").toHaveText("contract");
});

test("an open profile shows what to ask, and a click leads there", async () => {
    localStorage.setItem("crm_profiling.questionnaire.answers", "7");
    await mountResult([LARGE]);
    expect(".o_crm_profiling_to_ask").toHaveText(/Still to ask:\s*Budget\?/);
    expect(`[data-answer-id='${BUDGET}']`).toHaveCount(0);

    await contains(".o_crm_profiling_ask").click();
    expect(`[data-answer-id='${BUDGET}']`).toBeFocused({
        message: "though the chosen questionnaire does not have it",
    });
    expect(localStorage.getItem("crm_profiling.questionnaire.answers")).toBe("7");
});

test("an archived question is named, not offered", async () => {
    await mountResult([
        profile(1, "Partnership", "open", {
            criteria: [criterion(1, "open", {archived: true}), criterion(2, "open")],
        }),
    ]);
    expect(".o_crm_profiling_archived").toHaveText("Sector? (archived)");
    expect(queryAllTexts(".o_crm_profiling_ask")).toEqual(["Budget?"]);
});

test("Why tells question, answer, who, when and what was wanted", async () => {
    await mountResult([LARGE]);
    expect(".o_crm_profiling_criteria_list").toHaveCount(0);

    await contains(".o_crm_profiling_why").click();
    expect(queryAllTexts(".o_crm_profiling_criteria_list li")).toEqual([
        "Sector? IT (Mitchell, May 2, 2018)\nWanted: IT",
        "Budget? Still to ask\nWanted: any answer but No · from Accounts",
    ]);
    expect("li[data-verdict=satisfied] i").toHaveAttribute("aria-label", "Fits");
    expect("li[data-verdict=open] i").toHaveAttribute("aria-label", "Still to ask");

    await contains(".o_crm_profiling_why").click();
    expect(".o_crm_profiling_criteria_list").toHaveCount(0);
});

test("an answer that is not saved yet has no who and when", async () => {
    const unsaved = [{answer: "IT", user: false, date: false}];
    await mountResult([
        profile(1, "Partnership", "matched", {
            criteria: [criterion(1, "satisfied", {given: unsaved})],
        }),
    ]);
    await contains(".o_crm_profiling_why").click();
    expect(".o_crm_profiling_criteria_list li").toHaveText("Sector? IT\nWanted: IT");
});

test("pinning saves the contact first and then reloads it", async () => {
    onRpc("partner", "web_save", ({args}) => {
        expect.step(["web_save", args[1].name]);
    });
    onRpc("partner", "profiling_set_hand", ({args}) => {
        expect.step(["profiling_set_hand", ...args]);
        const hand = {hand: "pinned", hand_note: "Pinned by Mitchell on 11 March"};
        MockServer.env["partner"].write([1], {
            profiling_result: {evaluated: true, profiles: [{...LARGE, ...hand}]},
        });
        return true;
    });
    await mountResult([LARGE]);
    await contains("[name=name] input").edit("Acme Ltd");

    await contains(".o_crm_profiling_menu").click();
    expect(queryAllTexts(".o-dropdown-item")).toEqual([
        "Pin: keep in, whatever the answers",
        "Keep out, whatever the answers",
    ]);
    await contains(".o_crm_profiling_pin").click();

    expect.verifySteps([
        ["web_save", "Acme Ltd"],
        ["profiling_set_hand", [1], LARGE.id, "pinned"],
    ]);
    expect(profileNames("matched")).toEqual(["Large accounts"]);
    expect(".o_crm_profiling_hand").toHaveText("Pinned");
    expect(".o_crm_profiling_hand_note").toHaveText("Pinned by Mitchell on 11 March");
});

test("a contact that cannot be saved is not pinned", async () => {
    onRpc("profiling_set_hand", () => expect.step("profiling_set_hand"));
    await mountResult([LARGE], {
        arch: `
            <form>
                <field name="name" required="1"/>
                <field name="profiling_result" widget="crm_profiling_result"/>
            </form>`,
    });
    await contains("[name=name] input").edit("");

    await contains(".o_crm_profiling_menu").click();
    await contains(".o_crm_profiling_bar").click();
    expect.verifySteps([]);
    expect(".o_notification").toHaveText("Missing required fields");
});

test("what is barred is ruled out by hand, and can be undone", async () => {
    onRpc("partner", "profiling_set_hand", ({args}) => {
        expect.step(args);
        return true;
    });
    await mountResult([
        {...PARTNERSHIP, hand: "barred", hand_note: "Kept out by Mitchell on 11 March"},
        {...LARGE, hand: "barred"},
        TRAINING,
    ]);
    expect(profileNames("matched")).toEqual([]);
    // in view though what the answers rule out is folded away
    expect(".o_crm_profiling_ruled_out h4").toHaveText("Ruled out 3");
    expect(profileNames("ruled_out")).toEqual(["Partnership", "Large accounts"]);
    expect(queryAllTexts(".o_crm_profiling_hand_note")).toEqual([
        "Kept out by Mitchell on 11 March",
        "Kept out by hand.",
    ]);
    expect(".o_crm_profiling_offer").toHaveCount(0);
    expect(".o_crm_profiling_to_ask").toHaveCount(0);

    await contains(`${inProfile(PARTNERSHIP)} .o_crm_profiling_menu`).click();
    await contains(".o_crm_profiling_undo").click();
    expect.verifySteps([[[1], PARTNERSHIP.id, false]]);
});

test("a form that cannot be edited has no menu to pin", async () => {
    await mountResult([PARTNERSHIP], {readonly: true});
    expect(".o_crm_profiling_why").toHaveCount(1);
    expect(".o_crm_profiling_menu").toHaveCount(0);
});

test("of many open profiles the nearest come first, the others on demand", async () => {
    const many = Array.from({length: 40}, (_, index) =>
        profile(100 + index, `Profile ${index}`, "open", {
            criteria: [criterion(1, "open"), criterion(2, "open")],
        })
    );
    const twice = [criterion(1, "open"), criterion(1, "open", {inherited_from: "X"})];
    await mountResult([...many, profile(99, "Asks once", "open", {criteria: twice})]);
    expect(".o_crm_profiling_open h4").toHaveText("Open 41");
    expect(profileNames("open").slice(0, 2)).toEqual(["Asks once", "Profile 0"]);
    expect("[data-profile-id='99'] .o_crm_profiling_ask").toHaveCount(1);
    expect(profileNames("open")).toHaveLength(6);

    await contains(".o_crm_profiling_show_open").click();
    expect(profileNames("open")).toHaveLength(41);
});

test("it follows the answers before they are saved", async () => {
    Partner._onChanges.profiling_answer_ids = (record) => {
        record.profiling_result = {evaluated: true, profiles: [PARTNERSHIP]};
    };
    await mountResult([
        {...PARTNERSHIP, state: "open", criteria: [criterion(1, "open")]},
    ]);
    expect(".o_crm_profiling_matched").toHaveText(/Nothing answered yet/);

    await contains(`[data-answer-id='${IT}']`).click();
    expect(profileNames("matched")).toEqual(["Partnership"]);
    expect(".o_crm_profiling_result [role=status]").toHaveText(
        "Profiles matched: 1, open: 0, ruled out: 0"
    );
});

test("on a phone the matches are counted under the questions, and a tap leads to them", async () => {
    await resize({width: 390, height: 844});
    await mountResult([PARTNERSHIP, LARGE]);
    expect(".o_crm_profiling_toolbar .o_crm_profiling_count").toHaveCount(0);
    expect(".o_crm_profiling_footer .o_crm_profiling_count").toHaveText(
        "0 of 2 answered"
    );
    expect(".o_crm_profiling_show_result").toHaveText("Matched: 1");

    await contains(".o_crm_profiling_show_result").click();
    expect(".o_crm_profiling_result").toBeFocused();
});

test("it says so when there is nothing to show", async () => {
    await mountResult([TRAINING]);
    expect(".o_crm_profiling_matched").toHaveText(/No profile matches these answers/);
});

test("it says so when there are no profiles", async () => {
    await mountResult([]);
    expect(".o_crm_profiling_message").toHaveText(
        "No profiles yet. A sales manager creates them in Configuration / Segmentation / Profiles."
    );
});

test("it says so when the contact is an address", async () => {
    await mountResult([], {evaluated: false});
    expect(".o_crm_profiling_message").toHaveText("Addresses are not profiled.");
});

import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {Component, xml} from "@odoo/owl";
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {press, queryAllTexts, queryFirst, resize} from "@odoo/hoot-dom";
import {animationFrame} from "@odoo/hoot-mock";
import {
    contains,
    getService,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {registry} from "@web/core/registry";
import {WebClient} from "@web/webclient/webclient";
import {wrap} from "@crm_profiling/insight/decision_tree/tree_text";
import {waitPatiently} from "../patience";
import {toSvgFile} from "@crm_profiling/insight/decision_tree/svg_file";

const SAAS = {id: 5, name: "Small companies", tag: "SaaS", color: 3};
const PARTNERSHIP = {id: 6, name: "IT companies", tag: "Partnership", color: 4};

function node(path, label, values = {}) {
    return {
        path,
        label,
        question: false,
        profiles: [],
        open: 0,
        contacts: 0,
        not_asked: 0,
        folded: false,
        children: [],
        ...values,
    };
}

function tree() {
    const it = [[1, [11]]];
    return node([], "", {
        question: {id: 1, name: "Sector?"},
        open: 2,
        contacts: 40,
        not_asked: 9,
        children: [
            node(it, "IT", {contacts: 20, profiles: [PARTNERSHIP]}),
            node([[1, [12]]], "Services, Others", {
                question: {id: 2, name: "Staff?"},
                open: 1,
                contacts: 11,
                folded: true,
            }),
        ],
    });
}

const BELOW = [
    node(
        [
            [1, [12]],
            [2, [21]],
        ],
        "1",
        {contacts: 4, profiles: [SAAS]}
    ),
    node(
        [
            [1, [12]],
            [2, [22]],
        ],
        "2+",
        {contacts: 7}
    ),
];

class Elsewhere extends Component {
    static template = xml`<div/>`;
    static props = ["*"];
}

registry.category("actions").add("elsewhere", Elsewhere);

let header = {};
let root = null;

defineMailModels();
beforeEach(() => {
    root = tree();
    header = {questionnaires: [{id: 7, name: "Short"}], manager: true, profiles: 2};
    onRpc("get_header", () => header);
    onRpc("get_tree", ({kwargs}) => {
        expect.step(["tree", kwargs.questionnaire_id, kwargs.path, kwargs.limit]);
        return kwargs.path.length
            ? {...root.children[1], children: BELOW, folded: false}
            : root;
    });
    onRpc("get_contacts_action", ({kwargs}) => {
        expect.step(["contacts", kwargs.path, kwargs.waiting]);
        return {type: "ir.actions.act_window", res_model: "res.partner"};
    });
});

async function mountTree(context = {}) {
    await mountWithCleanup(WebClient);
    await getService("action").doAction({
        type: "ir.actions.client",
        tag: "crm_profiling.decision_tree",
        context,
    });
    await animationFrame();
}

/** Notes what is opened instead of opening it. */
async function mountTreeAlone(context) {
    await mountTree(context);
    getService("action").doAction = async (action) =>
        expect.step([action.res_model || action, action.res_id]);
}

function card(label) {
    return `[role=treeitem][aria-label^='${label},']`;
}

function labels() {
    return [...document.querySelectorAll("[role=treeitem]")].map((el) =>
        el.getAttribute("aria-label")
    );
}

test("questions, branches with their contacts, and what to propose", async () => {
    await mountTree();
    expect.verifySteps([["tree", false, [], 40]]);
    expect(labels()).toEqual([
        "Contacts with answers, contacts: 40, Sector?, Not asked yet: 9; N opens them",
        "IT, contacts: 20, Partnership (IT companies)",
        "Services, Others, contacts: 11, Staff?",
    ]);
    expect(`${card("IT")} text`).toHaveCount(4);
    expect(queryAllTexts(`${card("IT")} text`)).toEqual([
        "20",
        "IT",
        "Partnership",
        "IT companies",
    ]);
    expect("[role=tree] .o_crm_profiling_tree_links path").toHaveCount(2);
    expect(card("Contacts with answers")).toHaveAttribute("aria-expanded", "true");
    expect(card("Services, Others")).toHaveAttribute("aria-level", "2");
    expect(card("Services, Others")).toHaveAttribute("aria-expanded", "false");
    expect(card("IT")).not.toHaveAttribute("aria-expanded");
    expect(".o_crm_profiling_tree_note").toHaveText(/not drawn yet: 1/);
});

test("large numbers can be read", async () => {
    Object.assign(root, {contacts: 15116, not_asked: 5052});
    await mountTree();
    expect.verifySteps([["tree", false, [], 40]]);
    const texts = queryAllTexts(`${card("Contacts with answers")} text`);
    expect(texts).toInclude("15,116");
    expect(texts).toInclude("Not asked yet: 5,052");
});

test("a branch is fetched when it is unfolded, and once", async () => {
    await mountTree();
    expect.verifySteps([["tree", false, [], 40]]);
    await contains(`${card("Services, Others")} .o_crm_profiling_fold`).click();
    expect.verifySteps([["tree", false, [[1, [12]]], 12]]);
    expect(labels().slice(3)).toEqual([
        "1, contacts: 4, SaaS (Small companies)",
        "2+, contacts: 7, Nothing to propose",
    ]);
    expect(".o_crm_profiling_tree_note").toHaveCount(0);

    await contains(`${card("Services, Others")} .o_crm_profiling_fold`).click();
    expect("[role=treeitem]").toHaveCount(3);
    await contains(`${card("Services, Others")} .o_crm_profiling_card_body`).click();
    expect("[role=treeitem]").toHaveCount(5);
    expect.verifySteps([]);
});

test("a branch opens its contacts, a profile its form", async () => {
    await mountTreeAlone();
    expect.verifySteps([["tree", false, [], 40]]);
    await contains(`${card("IT")} .o_crm_profiling_branch`).click();
    expect.verifySteps([
        ["contacts", [[1, [11]]], false],
        ["res.partner", undefined],
    ]);
    await contains(".o_crm_profiling_not_asked").click();
    expect.verifySteps([
        ["contacts", [], 1],
        ["res.partner", undefined],
    ]);
    await contains("[data-profile-id='6']").click();
    expect.verifySteps([["crm.profiling.profile", 6]]);
});

test("the arrows lead to each of several profiles", async () => {
    root.children[0].profiles = [PARTNERSHIP, SAAS];
    await mountTreeAlone();
    expect.verifySteps([["tree", false, [], 40]]);
    queryFirst("[role=treeitem]").focus();
    const saas = "[role=treeitem][aria-label='SaaS (Small companies)']";

    for (const key of ["ArrowRight", "ArrowRight", "ArrowDown"]) {
        await press(key);
        await animationFrame();
    }
    expect(saas).toBeFocused();
    expect(saas).toHaveAttribute("aria-level", "3");
    await press("Enter");
    await animationFrame();
    expect.verifySteps([["crm.profiling.profile", 5]]);
    await press("ArrowLeft");
    await animationFrame();
    expect(card("IT")).toBeFocused();
});

test("the keyboard alone is enough", async () => {
    await mountTreeAlone();
    expect.verifySteps([["tree", false, [], 40]]);
    expect("[role=treeitem][tabindex='0']").toHaveCount(1);
    queryFirst("[role=treeitem]").focus();

    await press("ArrowRight");
    await animationFrame();
    expect(card("IT")).toBeFocused();
    await press("ArrowDown");
    await animationFrame();
    expect(card("Services, Others")).toBeFocused();
    await press("ArrowRight");
    await waitPatiently("[role=treeitem][aria-level='3']");
    expect.verifySteps([["tree", false, [[1, [12]]], 12]]);
    await press("ArrowRight");
    await animationFrame();
    expect(card("1")).toBeFocused();
    await press(" ");
    await animationFrame();
    expect.verifySteps([["crm.profiling.profile", 5]]);
    await press("Enter");
    await animationFrame();
    expect.verifySteps([
        ["contacts", BELOW[0].path, false],
        ["res.partner", undefined],
    ]);
    await press("ArrowLeft");
    await animationFrame();
    expect(card("Services, Others")).toBeFocused();
    await press("ArrowLeft");
    await animationFrame();
    expect("[role=treeitem]").toHaveCount(3);
    await press("End");
    await press("Home");
    await animationFrame();
    expect(card("Contacts with answers")).toBeFocused();
});

test("by keyboard those who were not asked are opened as well", async () => {
    await mountTreeAlone();
    queryFirst("[role=treeitem]").focus();
    await press("n");
    await animationFrame();
    expect.verifySteps([
        ["tree", false, [], 40],
        ["contacts", [], 1],
        ["res.partner", undefined],
    ]);
});

test("after a click on a card's only profile the keyboard goes on there", async () => {
    await mountTreeAlone();
    await contains("[data-profile-id='6']").click();
    expect("[role=treeitem][tabindex='0']").toHaveCount(1);
    queryFirst("[role=treeitem][tabindex='0']").focus();
    await press("ArrowDown");
    await animationFrame();
    expect("[role=treeitem][tabindex='0']").toBeFocused();
    expect.verifySteps([
        ["tree", false, [], 40],
        ["crm.profiling.profile", 6],
    ]);
});

test("whoever comes back sees the tree as it is by then", async () => {
    await mountTree();
    await getService("action").doAction({type: "ir.actions.client", tag: "elsewhere"});
    root.contacts = 41;
    await getService("action").restore();
    await animationFrame();
    expect(labels()[0]).toInclude("contacts: 41");
    expect.verifySteps([
        ["tree", false, [], 40],
        ["tree", false, [], 40],
    ]);
});

test("everything is unfolded and folded", async () => {
    await mountTree();
    await contains(".o_crm_profiling_unfold_all").click();
    expect.verifySteps([
        ["tree", false, [], 40],
        ["tree", false, [], 400],
    ]);
    await contains(".o_crm_profiling_fold_all").click();
    expect("[role=treeitem]").toHaveCount(3);
});

test("the tree of one questionnaire", async () => {
    await mountTree({active_id: 7});
    expect.verifySteps([["tree", 7, [], 40]]);
    expect("select").toHaveValue("7");
    await contains("select").select("");
    expect.verifySteps([["tree", false, [], 40]]);
});

test("it says so when there is nothing to draw", async () => {
    root = node([], "");
    header = {questionnaires: [], manager: true, profiles: 0};
    await mountTreeAlone();
    expect(".o_view_nocontent_smiling_face").toHaveText("No profiles yet");
    expect("[role=tree]").toHaveCount(0);
    await contains(".o_view_nocontent .btn-primary").click();
    expect.verifySteps([
        ["tree", false, [], 40],
        ["crm_profiling.crm_profiling_profile_action", undefined],
    ]);
});

test("salespeople are not sent to the profiles", async () => {
    root = node([], "");
    header = {questionnaires: [], manager: false, profiles: 0};
    await mountTree();
    expect.verifySteps([["tree", false, [], 40]]);
    expect(".o_view_nocontent .btn-primary").toHaveCount(0);
});

test("on a phone the branches are below each other", async () => {
    await resize({width: 390, height: 844});
    await mountTree();
    expect.verifySteps([["tree", false, [], 40]]);
    const [first, ...others] = [...document.querySelectorAll("[role=treeitem]")].map(
        (el) => el.getBoundingClientRect()
    );
    for (const other of others) {
        expect(other.top).toBeGreaterThan(first.bottom - 1);
        expect(other.left).toBeGreaterThan(first.left);
        expect(other.right).toBeWithin(first.right - 1, first.right + 1);
    }
});

test("the file is a picture that needs no style sheet", async () => {
    await mountTree();
    expect.verifySteps([["tree", false, [], 40]]);
    const file = toSvgFile(queryFirst("[role=tree]"));
    const svg = new DOMParser().parseFromString(file, "image/svg+xml").documentElement;
    expect(svg.querySelector("parsererror")).toBe(null);
    expect(svg.textContent).toMatch(/Services, Others/);
    expect(svg.querySelector("text").style.fontSize).toBe("13px");
    expect(svg.querySelector("[class], .o_crm_profiling_fold")).toBe(null);
});

describe("lines of text", () => {
    const measure = (text) => text.length;

    test("break between words, and inside those that are too long", () => {
        expect(wrap("a few words", 6, measure)).toEqual(["a few", "words"]);
        expect(wrap("Спецификация есть", 8, measure)).toEqual([
            "Спецификац".slice(0, 8),
            "ация",
            "есть",
        ]);
        expect(wrap("", 6, measure)).toEqual([]);
    });
});

import {expect, test} from "@odoo/hoot";
import {queryAllTexts, queryFirst, resize} from "@odoo/hoot-dom";
import {animationFrame} from "@odoo/hoot-mock";
import {contains, getService} from "@web/../tests/web_test_helpers";
import {toSvgFile} from "@crm_profiling/insight/decision_tree/svg_file";
import {
    defineTree,
    node,
    told,
    mountTree,
    mountTreeAlone,
    card,
    labels,
} from "./mock_tree";

defineTree();

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
    Object.assign(told.root, {contacts: 15116, not_asked: 5052});
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

test("whoever comes back sees the tree as it is by then", async () => {
    await mountTree();
    await getService("action").doAction({type: "ir.actions.client", tag: "elsewhere"});
    told.root.contacts = 41;
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
    told.root = node([], "");
    told.header = {questionnaires: [], manager: true, profiles: 0};
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
    told.root = node([], "");
    told.header = {questionnaires: [], manager: false, profiles: 0};
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

import {expect, test} from "@odoo/hoot";
import {press, queryFirst} from "@odoo/hoot-dom";
import {animationFrame} from "@odoo/hoot-mock";
import {contains} from "@web/../tests/web_test_helpers";
import {waitPatiently} from "../patience";
import {
    defineTree,
    SAAS,
    PARTNERSHIP,
    BELOW,
    told,
    mountTreeAlone,
    card,
} from "./mock_tree";

defineTree();

test("the arrows lead to each of several profiles", async () => {
    told.root.children[0].profiles = [PARTNERSHIP, SAAS];
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

import {beforeEach, expect, test} from "@odoo/hoot";
import {
    contains,
    getService,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {queryAllTexts, queryOne, resize} from "@odoo/hoot-dom";
import {Sparkline} from "@crm_profiling/insight/board/sparkline";
import {WebClient} from "@web/webclient/webclient";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";

defineMailModels();

const NAMES = ".o_crm_profiling_board_name";

function profile(id, name, values = {}) {
    return {
        id,
        name,
        color: 0,
        depth: 0,
        size: 0,
        entered: 0,
        gone: 0,
        trend: [null, null, 0],
        won: 0,
        revenue: 0,
        overlaps: [],
        findings: [],
        ...values,
    };
}

let board = {};

beforeEach(() => {
    board = {
        contacts: 200,
        asked: 100,
        in_profile: 50,
        won: 3,
        revenue: 1500,
        currency_id: false,
        since: "2026-02-01",
        months: ["2026-01-01", "2026-02-01", "2026-03-01"],
        profiles: [
            profile(1, "Small", {
                size: 10,
                trend: [null, 4, 10],
                overlaps: [
                    {id: 2, name: "IT", count: 10},
                    {id: 3, name: "Press", count: 2},
                    {id: 4, name: "Industry", count: 1},
                ],
            }),
            profile(2, "IT", {
                size: 40,
                depth: 1,
                trend: [null, 44, 40],
                won: 3,
                revenue: 1500,
            }),
            profile(3, "Press", {findings: ["This profile can never match."]}),
        ],
        questions: [
            {id: 1, name: "Weather?", answered: 0, date: false},
            {id: 2, name: "Sector?", answered: 80, date: "2026-03-01 10:00:00"},
        ],
    };
    onRpc("crm.profiling.board", "get_board", () => board);
    onRpc("has_group", () => true);
});

async function mountBoard(width = 1600) {
    await resize({width});
    await mountWithCleanup(WebClient);
    await getService("action").doAction({
        type: "ir.actions.client",
        tag: "crm_profiling.board",
    });
}

test.tags("desktop");
test("profiles stand in their outline, or by the column that is clicked", async () => {
    await mountBoard();
    expect(queryAllTexts(NAMES)).toEqual(["Small", "IT", "Press"]);
    await contains("th button:contains(Contacts)").click();
    expect(queryAllTexts(NAMES)).toEqual(["IT", "Small", "Press"]);
    expect("th:contains(Contacts)").toHaveAttribute("aria-sort", "descending");
    expect("th button[aria-pressed=true]").toHaveCount(1);
    await contains("th button:contains(Trend)").click();
    expect(queryAllTexts(NAMES)).toEqual(["Small", "Press", "IT"]);
    await contains("th button:contains(Trend)").click();
    expect(queryAllTexts(NAMES)).toEqual(["Small", "IT", "Press"]);
});

test.tags("desktop");
test("a profile shows how it grew and with which others it overlaps", async () => {
    await mountBoard();
    const [small, it] = queryAllTexts(".o_crm_profiling_board_profile");
    expect(small).toInclude("+6");
    expect(small).toInclude("IT: 10");
    expect(small).toInclude("(all)");
    expect(small).toInclude("Press: 2");
    expect(small).not.toInclude("Industry");
    expect(it).toInclude("−4");
    expect(it).toInclude("1,500");
});

test.tags("desktop");
test("questions nobody asks and profiles that match nobody are pointed out", async () => {
    await mountBoard();
    expect("tr:has(button:contains(Weather?)):contains(Nobody asks it)").toHaveCount(1);
    expect("tr:has(button:contains(Sector?)):contains(Nobody asks it)").toHaveCount(0);
    expect("li:contains(This profile can never match.)").toHaveCount(1);
});

test.tags("desktop");
test("a click on a name or a size opens its contacts", async () => {
    const opened = {type: "ir.actions.act_window", name: "Small"};
    onRpc("crm.profiling.profile", "action_view_members", ({args}) => {
        expect.step(args[0]);
        return opened;
    });
    await mountBoard();
    patchWithCleanup(getService("action"), {
        doAction: (action) => expect.step(action.name),
    });
    await contains(`${NAMES}:contains(Small)`).click();
    await expect.waitForSteps([[1], "Small"]);
    await contains(
        ".o_crm_profiling_board_profile:has(button:contains(Small)) .o_crm_profiling_board_size"
    ).click();
    await expect.waitForSteps([[1], "Small"]);
});

test.tags("desktop");
test("without profiles it says where to define them", async () => {
    board.profiles = [];
    await mountBoard();
    expect(".o_nocontent_help").toHaveCount(1);
    expect("table").toHaveCount(0);
});

test.tags("mobile");
test("on a phone what was won stands below the name, and all is in view", async () => {
    await mountBoard(375);
    const row = ".o_crm_profiling_board_profile:has(button:contains(IT))";
    expect(`${row} .d-md-none:contains(Won: 3)`).toBeVisible();
    expect("th:contains(Revenue)").not.toBeVisible();
    const content = queryOne(".o_crm_profiling_board .container-fluid");
    expect(content.scrollWidth).not.toBeGreaterThan(content.clientWidth);
});

test("a curve begins with the first month that is known", async () => {
    await mountWithCleanup(Sparkline, {props: {values: [null, 2, 4], label: "Sizes"}});
    expect(queryOne("polyline").getAttribute("points").split(" ")).toHaveLength(2);
    expect("svg[aria-label=Sizes]").toHaveCount(1);
});

test("one month is a point, not a curve", async () => {
    await mountWithCleanup(Sparkline, {props: {values: [null, null, 4], label: ""}});
    expect("polyline").toHaveCount(0);
    expect("circle").toHaveCount(1);
});

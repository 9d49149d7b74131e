import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {expect, test} from "@odoo/hoot";
import {resize} from "@odoo/hoot-dom";
import {animationFrame} from "@odoo/hoot-mock";
import {contains} from "@web/../tests/web_test_helpers";
import {NO, answer, mountInterview, profile, question} from "./mock_interview";

defineMailModels();

test("on a phone the list unfolds, and folds again with a choice", async () => {
    await resize({width: 375, height: 667});
    await mountInterview();
    expect(".o_crm_profiling_line").toHaveCount(0);
    await contains(".o_crm_profiling_toggle_list").click();
    expect(".o_crm_profiling_line").toHaveCount(3);
    await contains(".o_crm_profiling_line[data-question-id='2']").click();
    expect(".o_crm_profiling_line").toHaveCount(0);
    expect(".o_crm_profiling_card .o_crm_profiling_name").toHaveText("Sector?");
});

test.tags("mobile");
test("on a phone answers are in reach of the thumb, profiles below", async () => {
    const mock = await mountInterview();
    const bottomOf = (selector) =>
        document.querySelector(selector).getBoundingClientRect().bottom;
    const topOf = (selector) =>
        document.querySelector(selector).getBoundingClientRect().top;
    expect(topOf(`[data-answer-id='${NO}']`)).toBeGreaterThan(
        bottomOf(".o_crm_profiling_asked") - 1
    );
    expect(topOf(".o_crm_profiling_panel")).toBeGreaterThan(
        bottomOf(".o_crm_profiling_card") - 1
    );
    await contains(`[data-answer-id='${NO}']`).click();
    await animationFrame();
    expect(mock.takeCalls()).toEqual([["answer", 1, [NO], "", []]]);
});

test.tags("mobile");
test("on a phone who is called takes little room, and stays in view", async () => {
    await resize({width: 390, height: 844});
    const mock = await mountInterview({
        queue: {id: 9, name: "Partnership contract, 12 contacts", done: 3, total: 12},
    });
    const top = () => document.querySelector(".o_crm_profiling_top");
    const height = () => top().getBoundingClientRect().height;
    expect(height()).toBeLessThan(121);
    for (const selector of ["contact", "phone", "to_history", "to_finish"]) {
        expect(`.o_crm_profiling_${selector}`).toBeVisible();
    }
    const scrolled = document.querySelector(".o_crm_profiling_interview .o_content");
    expect(getComputedStyle(scrolled).overflowY).toBe("auto"); // by a finger, too
    scrolled.scrollTop = 200;
    await animationFrame();
    expect(scrolled.scrollTop).toBeGreaterThan(0);
    expect(top().getBoundingClientRect().top).toBeGreaterThan(
        scrolled.getBoundingClientRect().top - 1
    );
    scrolled.scrollTop = 0;

    mock.screen.partner.refusal =
        "Not to be called: has asked for it twice already (Mitchell, 05/05/2026)";
    mock.screen.partner.name = "Maximiliana von und zu Hohenlohe-Waldenburg";
    await contains(".o_crm_profiling_to_history").click();
    await contains(".o_crm_profiling_history_close").click();
    await contains(`[data-answer-id='${NO}']`).click();
    await animationFrame();
    // that is worth a line of its own
    expect(".o_crm_profiling_refused_calls").toBeVisible();
    expect(height()).toBeLessThan(155);
});

test.tags("mobile");
test("on a phone nothing covers an answer", async () => {
    await resize({width: 390, height: 844});
    await mountInterview({
        questions: [
            question(
                1,
                "Sector?",
                Array.from({length: 12}, (_, n) => answer(100 + n, `Sector ${n}`))
            ),
        ],
    });
    for (const element of document.querySelectorAll("[data-answer-id]")) {
        element.focus();
        element.scrollIntoView({block: "nearest"});
        await animationFrame();
        const {left, top, width, height} = element.getBoundingClientRect();
        for (const y of [top + 2, top + height - 2]) {
            const there = document.elementFromPoint(left + width / 2, y);
            expect(element.contains(there)).toBe(true);
        }
    }
});

test.tags("mobile");
test("on a phone long texts wrap: nothing is wider than the screen", async () => {
    const long = "A very long name of something that somebody wanted to be precise ";
    await mountInterview({
        questions: [
            question(1, long.repeat(4), [
                answer(11, long.repeat(5)),
                answer(12, "Unbreakable".repeat(30)),
            ]),
        ],
        profiles: [profile(1, "Unbreakable".repeat(30), "matched", {offer: long})],
    });
    const content = document.querySelector(".o_content");
    expect(content.scrollWidth).toBeLessThan(content.clientWidth + 1);
});

test.tags("mobile");
test("on a phone what is shown anew is seen from its head on", async () => {
    await resize({width: 390, height: 844});
    const profiles = Array.from({length: 20}, (_, n) =>
        profile(n + 1, `Profile ${n}`, "open")
    );
    await mountInterview({profiles});
    const scrolled = document.querySelector(".o_crm_profiling_interview .o_content");
    const rectOf = (selector) =>
        document.querySelector(selector).getBoundingClientRect();
    const expectHead = (selector) => {
        const {top} = rectOf(selector);
        expect(top).toBeGreaterThan(rectOf(".o_crm_profiling_top").bottom - 1);
        expect(top).toBeLessThan(844 / 2);
    };
    async function scrollDown() {
        scrolled.scrollTop = 5000;
        await animationFrame();
        expect(rectOf(".o_crm_profiling_main").top).toBeLessThan(0);
    }
    // nothing shows through above who is called
    await scrollDown();
    expect(rectOf(".o_crm_profiling_top").top).toBeLessThan(
        scrolled.getBoundingClientRect().top + 1
    );
    await contains(".o_crm_profiling_to_finish").click();
    expectHead(".o_crm_profiling_finish h2");
    await scrollDown();
    await contains(".o_crm_profiling_leave_prospect").click();
    expectHead(".o_crm_profiling_prospect h2");
    await contains(".o_crm_profiling_toggle_list").click();
    await scrollDown();
    await contains(".o_crm_profiling_line[data-question-id='2']").click();
    expectHead(".o_crm_profiling_card .o_crm_profiling_name");
    // the one that is on the screen already
    await contains(".o_crm_profiling_toggle_list").click();
    await scrollDown();
    await contains(".o_crm_profiling_line[data-question-id='2']").click();
    expectHead(".o_crm_profiling_card .o_crm_profiling_name");
    await contains(".o_crm_profiling_to_finish").click();
    await scrollDown();
    await contains(".o_crm_profiling_finish_confirm").click();
    await animationFrame();
    expectHead(".o_crm_profiling_summary h2");
});

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

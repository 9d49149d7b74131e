/** What tests of the screen do there, and look for. */
import {expect} from "@odoo/hoot";
import {press} from "@odoo/hoot-dom";
import {animationFrame} from "@odoo/hoot-mock";

/**
 * @param {number} answerId
 * @returns {string} the selector of the button that chooses it
 */
export function choice(answerId) {
    return `[data-answer-id='${answerId}']`;
}

/** Presses keys one after the other, each once the screen has taken the one before. */
export async function pressKey(...keys) {
    for (const key of keys) {
        await press(key);
        await animationFrame();
        await animationFrame();
    }
}

export function expectQuestion(name) {
    expect(".o_crm_profiling_card .o_crm_profiling_name").toHaveText(name);
}

import {waitFor} from "@odoo/hoot-dom";

/**
 * Milliseconds after which something is taken to never come. Hoot gives up after a dozen
 * frames: where a file is read, or the bus brings something, a busy machine takes longer.
 */
const PATIENCE = 10000;

/**
 * @param {string} selector
 * @returns {Promise<Element>} as soon as it is there
 */
export function waitPatiently(selector) {
    return waitFor(selector, {timeout: PATIENCE});
}

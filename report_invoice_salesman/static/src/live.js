import {KeepLast} from "@web/core/utils/concurrency";
import {browser} from "@web/core/browser/browser";
import {onWillUnmount} from "@odoo/owl";

const MINUTE = 60000;

/**
 * Figures that are live without reloading: asked for each minute, not while nobody looks.
 *
 * @param {Function} again Asks for what is shown now
 * @returns {Function} Waits for an answer, unless another was asked for in the meantime:
 *     what was chosen is not overwritten by what had been asked for before
 */
export function useLive(again) {
    const last = new KeepLast();
    const timer = browser.setInterval(() => {
        if (!document.hidden) {
            again();
        }
    }, MINUTE);
    onWillUnmount(() => browser.clearInterval(timer));
    return (answer) => last.add(answer);
}

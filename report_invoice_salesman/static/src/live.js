import {KeepLast} from "@web/core/utils/concurrency";
import {browser} from "@web/core/browser/browser";
import {onWillUnmount} from "@odoo/owl";

const MINUTE = 60000;

/**
 * Figures that are live without reloading: asked for each minute, not while nobody looks
 * or an answer is still to come.
 *
 * @param {Function} again Asks for what is shown now
 * @returns {Function} Waits for an answer, unless another was asked for in the meantime:
 *     what was chosen is not overwritten by what had been asked for before
 */
export function useLive(again) {
    const last = new KeepLast();
    let waiting = 0;
    const timer = browser.setInterval(() => {
        if (!document.hidden && !waiting) {
            again();
        }
    }, MINUTE);
    onWillUnmount(() => browser.clearInterval(timer));
    return (answer) => {
        waiting++;
        const come = () => waiting--;
        answer.then(come, come);
        return last.add(answer);
    };
}

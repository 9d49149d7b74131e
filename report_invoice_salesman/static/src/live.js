import {onMounted, onWillDestroy} from "@odoo/owl";
import {KeepLast} from "@web/core/utils/concurrency";
import {browser} from "@web/core/browser/browser";

const MINUTE = 60000;

/**
 * Figures that are live without reloading: asked for each minute, not while nobody looks
 * or an answer is still to come.
 *
 * @param {Function} ask Asks the server for what is shown now
 * @param {Function} show Takes the answer
 * @returns {Function} Shows the answer to another question, unless one was asked in the
 *     meantime: what was chosen is not overwritten by what had been asked for before
 */
export function useLive(ask, show) {
    const last = new KeepLast();
    let waiting = 0;
    let timer = null;

    async function showLast(asked) {
        waiting++;
        const come = () => waiting--;
        asked.then(come, come);
        show(await last.add(asked));
    }

    async function again() {
        if (!document.hidden && !waiting) {
            // A target that has gone, a server that restarts: what is shown stays
            await showLast(ask()).catch(() => {});
        }
    }

    onMounted(() => {
        timer = browser.setInterval(again, MINUTE);
    });
    onWillDestroy(() => browser.clearInterval(timer));
    return showLast;
}

import {onWillUnmount, reactive, status, useComponent} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";

/**
 * Looks at what is there as `useState` does, and draws the component a frame after those
 * that look at the same with it: on the phone the next question comes first, and what
 * stands beside it follows.
 *
 * @template T
 * @param {T} state
 * @param {(state: T) => boolean} isThere whether there is anything to show: until then
 *  what was shown stays
 * @returns {T}
 */
export function useStateLater(state, isThere) {
    const component = useComponent();
    let frame = 0;
    let timer = 0;
    onWillUnmount(() => {
        browser.cancelAnimationFrame(frame);
        browser.clearTimeout(timer);
    });
    const watched = reactive(state, () => {
        browser.cancelAnimationFrame(frame);
        browser.clearTimeout(timer);
        // what is drawn in that frame is painted before the time is out
        frame = browser.requestAnimationFrame(() => {
            timer = browser.setTimeout(() => {
                // looked at by what is watched: once it is there it is drawn
                if (status(component) !== "destroyed" && isThere(watched)) {
                    component.render();
                }
            });
        });
    });
    return watched;
}

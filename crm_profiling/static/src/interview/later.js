import {onWillUnmount, reactive, status, useComponent} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";

/**
 * Looks at what is there as `useState` does, and draws the component a frame after those
 * that look at the same with it: on the phone the next question comes first, and what
 * stands beside it follows.
 *
 * @template T
 * @param {T} state
 * @returns {T}
 */
export function useStateLater(state) {
    const component = useComponent();
    let frame = 0;
    let timer = 0;
    const draw = () => status(component) === "mounted" && component.render();
    onWillUnmount(() => {
        browser.cancelAnimationFrame(frame);
        browser.clearTimeout(timer);
    });
    return reactive(state, () => {
        browser.cancelAnimationFrame(frame);
        browser.clearTimeout(timer);
        // what is drawn in that frame is painted before the time is out
        frame = browser.requestAnimationFrame(() => {
            timer = browser.setTimeout(draw);
        });
    });
}

import {useExternalListener} from "@odoo/owl";
import {getActiveHotkey} from "@web/core/hotkeys/hotkey_service";
import {useService} from "@web/core/utils/hooks";
import {areSingleKeysOn} from "./single_keys";

const MOVING = ["arrowleft", "arrowright", "arrowup", "arrowdown"];

/**
 * @param {KeyboardEvent} ev
 * @returns {string} the key in lower case; on a keyboard with other letters the one
 *  that is in the same place
 */
function getKey(ev) {
    if (ev.ctrlKey || ev.metaKey || ev.altKey) {
        return "";
    }
    if (/^[0-9?/]$/.test(ev.key)) {
        return ev.key;
    }
    const hotkey = getActiveHotkey(ev);
    return hotkey.startsWith("shift+") ? "" : hotkey;
}

/**
 * @param {KeyboardEvent} ev
 * @returns {number} milliseconds, by the clock, of when a key was pressed: not when a
 *  busy screen came to look at it
 */
export function getMoment(ev) {
    const age = ev.isTrusted ? performance.now() - ev.timeStamp : 0;
    return Date.now() - age;
}

function isEditable(element) {
    return (
        element.isContentEditable ||
        /^(textarea|select)$/i.test(element.tagName) ||
        element.matches("input:not([type=checkbox], [type=radio])")
    );
}

/** Enter and Space on a link or a button click it, except on an answer. */
function isClickable(element) {
    return Boolean(
        element.closest("a, button, summary, .o-dropdown--menu") &&
            !element.closest("[data-answer-id]")
    );
}

/**
 * Calls back for each key pressed on the screen, unless something is being written,
 * or a dialog is open, or single keys are switched off.
 *
 * @param {(key: string, ev: KeyboardEvent) => boolean} onKey returns whether it was for
 *  it
 */
export function useKeys(onKey) {
    const ui = useService("ui");
    useExternalListener(window, "keydown", (ev) => {
        const key = getKey(ev);
        if (!key || ev.defaultPrevented || ui.activeElement !== document) {
            return;
        }
        if (ev.repeat && !MOVING.includes(key)) {
            return;
        }
        if (key.length === 1 && !areSingleKeysOn()) {
            return;
        }
        const {target} = ev;
        if (target instanceof HTMLElement) {
            if (isEditable(target)) {
                return;
            }
            if (["enter", "space"].includes(key) && isClickable(target)) {
                return;
            }
        }
        if (onKey(key, ev)) {
            ev.preventDefault();
        }
    });
}

import {browser} from "@web/core/browser/browser";

const OFF = "crm_profiling.single_keys_off";

/** Whether letters and digits do something: not for who speaks what others type. */
export function areSingleKeysOn() {
    return !browser.localStorage.getItem(OFF);
}

/** @param {boolean} areOn kept in this browser */
export function setSingleKeys(areOn) {
    if (areOn) {
        browser.localStorage.removeItem(OFF);
    } else {
        browser.localStorage.setItem(OFF, "1");
    }
}

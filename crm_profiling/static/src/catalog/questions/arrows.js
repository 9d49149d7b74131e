import {localization} from "@web/core/l10n/localization";

/**
 * Where a key leads among answers that stand in a row: in both directions of writing.
 *
 * @param {string} key such as "ArrowRight", in upper or lower case
 * @param {number} index of the answer that one comes from
 * @param {number} count of answers
 * @returns {number | undefined} the index to go to, perhaps beyond the ends: it goes on
 *  at the other one; undefined for any other key
 */
export function getArrowTarget(key, index, count) {
    const isRtl = localization.direction === "rtl";
    switch (key.toLowerCase()) {
        case isRtl ? "arrowleft" : "arrowright":
        case "arrowdown":
            return index + 1;
        case isRtl ? "arrowright" : "arrowleft":
        case "arrowup":
            return index - 1;
        case "home":
            return 0;
        case "end":
            return count - 1;
    }
}

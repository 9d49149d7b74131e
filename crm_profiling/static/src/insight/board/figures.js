import {formatMonetary} from "@web/views/fields/formatters";

/** @returns {number | null} of a hundred; null where there is nothing to be part of */
export function percent(part, whole) {
    return whole ? Math.round((100 * part) / whole) : null;
}

/**
 * @param {number} value
 * @param {number} currencyId
 * @returns {string} the amount without cents
 */
export function moneyText(value, currencyId) {
    return formatMonetary(value, {currencyId, digits: [16, 0]});
}

/** @returns {number} of a hundred */
export function share(part, whole) {
    return percent(part, whole) || 0;
}

import {
    deserializeDate,
    deserializeDateTime,
    toLocaleDateString,
    toLocaleDateTimeString,
} from "@web/core/l10n/dates";

const DATE_LENGTH = "2025-12-31".length;

/**
 * @param {string} text a day or a moment, as the server tells it
 * @returns {string} the day, as the user writes it
 */
export function formatDay(text) {
    const isDay = text.length <= DATE_LENGTH;
    const date = isDay ? deserializeDate(text) : deserializeDateTime(text);
    return date.isValid ? toLocaleDateString(date) : text;
}

/**
 * @param {string} text a moment, as the server tells it
 * @returns {string} the day and the time, as the user writes them
 */
export function formatMoment(text) {
    return toLocaleDateTimeString(deserializeDateTime(text), {showSeconds: false});
}

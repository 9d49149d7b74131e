import {deserializeDateTime, formatDate, parseDate} from "@web/core/l10n/dates";
import {moneyText, percent} from "@crm_profiling/insight/board/figures";
import {formatFloat} from "@web/views/fields/formatters";

export {percent};

/** The name of a month, from its first day. */
export function monthName(day, format = "LLL") {
    return parseDate(day).toFormat(format);
}

/** The day of a moment, as the server tells it. */
export function dayOf(moment) {
    return formatDate(deserializeDateTime(moment));
}

/** An amount as it is shown everywhere: without cents. */
export function amountText(value, {metric, currency_id}) {
    return metric === "number" ? plainText(value) : moneyText(value, currency_id);
}

/** The same without the currency, for tables. */
export function plainText(value) {
    return formatFloat(value, {digits: [16, 0]});
}

/** Sum of a list of numbers, among them empty ones. */
export function sum(values) {
    return values.reduce((total, value) => total + (value || 0), 0);
}

/** How far a bar is filled, in percent. */
export function filled(value, whole) {
    return Math.max(0, Math.min(100, (100 * value) / (whole || 1)));
}

export function barWidth(value, whole) {
    return `width: ${filled(value, whole)}%`;
}

import {formatFloat, formatMonetary} from "@web/views/fields/formatters";
import {parseDate} from "@web/core/l10n/dates";

/** The name of a month, from its first day. */
export function monthName(day, format = "LLL") {
    return parseDate(day).toFormat(format);
}

/** An amount as it is shown everywhere: without cents. */
export function amountText(value, {metric, currency_id}) {
    if (metric === "number") {
        return formatFloat(value, {digits: [16, 0]});
    }
    return formatMonetary(value, {currencyId: currency_id, digits: [16, 0]});
}

/** The same without the currency, for tables. */
export function plainText(value) {
    return formatFloat(value, {digits: [16, 0]});
}

export function percent(part, whole) {
    return whole ? Math.round((100 * part) / whole) : null;
}

/** Sum of a list of numbers, among them empty ones. */
export function sum(values) {
    return values.reduce((total, value) => total + (value || 0), 0);
}

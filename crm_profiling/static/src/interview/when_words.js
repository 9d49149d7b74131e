import {toLocaleDateString, toLocaleDateTimeString} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {isOver, parseWhen} from "./when";

/**
 * The day of the week says at a glance what a date does not.
 *
 * @param {DateTime} date
 * @returns {string}
 */
export function formatWeekday(date) {
    return `${date.toFormat("cccc")}, ${toLocaleDateString(date)}`;
}

/**
 * @param {DateTime} date
 * @returns {string} the day and the time, and where it stands
 */
export function formatAppointment(date) {
    const moment = toLocaleDateTimeString(date, {showSeconds: false});
    return _t("%s, in your calendar", `${date.toFormat("cccc")}, ${moment}`);
}

/**
 * @param {string} text of when to call
 * @returns {string} what was understood of it
 */
export function sayWhen(text) {
    const when = parseWhen(text);
    if (!when) {
        return isOver(text)
            ? _t("That is over already.")
            : _t(
                  "Not understood. Write “today 15:30”, “tomorrow 9”, “in 2 weeks” or “Monday”."
              );
    }
    const {date, hasTime} = when;
    return hasTime
        ? formatAppointment(date)
        : _t("%s, at any time", formatWeekday(date));
}

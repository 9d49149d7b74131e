import {
    deserializeDateTime,
    toLocaleDateString,
    toLocaleDateTimeString,
} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";

const {DateTime} = luxon;

/** A moment as one says it: the time alone today, with the day otherwise. */
export function sayMoment(moment, hasTime) {
    const date = deserializeDateTime(moment);
    if (!hasTime) {
        return toLocaleDateString(date);
    }
    const showDate = !date.hasSame(DateTime.now(), "day");
    return toLocaleDateTimeString(date, {showDate, showSeconds: false});
}

function isToday(moment) {
    return deserializeDateTime(moment).hasSame(DateTime.now(), "day");
}

const REASONS = {
    callback({moment, has_time: hasTime, summary}) {
        let text = _t("Callback");
        if (hasTime || (moment && !isToday(moment))) {
            text = _t("Callback %s", sayMoment(moment, hasTime));
        } else if (moment) {
            text = _t("Callback today");
        }
        return summary ? `${text}: ${summary}` : text;
    },
    activity({moment, has_time: hasTime, what, summary}) {
        const task = [what, summary].filter(Boolean).join(": ") || _t("Activity");
        if (!moment) {
            return task;
        }
        return isToday(moment) && !hasTime
            ? _t("%s (due today)", task)
            : _t("%(task)s (due %(moment)s)", {
                  task,
                  moment: sayMoment(moment, hasTime),
              });
    },
    list({queue, tries}) {
        return tries
            ? _t("%(list)s, try %(number)s", {list: queue, number: tries + 1})
            : queue;
    },
    again({tries}) {
        return tries ? _t("Not reached yet, try %s", tries + 1) : _t("Not reached yet");
    },
};

/** Why to call somebody, in words. */
export function sayReason(entry) {
    return REASONS[entry.reason](entry);
}

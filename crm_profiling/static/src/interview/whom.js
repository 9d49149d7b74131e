import {Component, useState} from "@odoo/owl";
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

/** Whom to call now and why, or who is the next one, and when. */
export class Whom extends Component {
    static template = "crm_profiling.Whom";
    static props = {
        /** What `get_whom` says. */
        whom: Object,
        /** Called without anything: with the first of them. */
        onCallNext: Function,
        /** Called with what an interview begins with. */
        onBegin: Function,
    };

    setup() {
        this.state = useState({isCalling: false});
    }

    sayReason(entry) {
        return sayReason(entry);
    }

    describe({company, phone}) {
        return [company, phone].filter(Boolean).join(" · ");
    }

    get nextLabel() {
        const {moment, has_time: hasTime, name} = this.props.whom.next;
        return _t("Next: %(name)s, %(moment)s", {
            name,
            moment: sayMoment(moment, hasTime),
        });
    }

    get withoutNumberLabel() {
        return _t(
            "Without a number, or with a wrong one, and not called: %s",
            this.props.whom.without_number
        );
    }

    async callNext() {
        if (this.state.isCalling) {
            return;
        }
        this.state.isCalling = true;
        try {
            await this.props.onCallNext();
        } finally {
            this.state.isCalling = false;
        }
    }
}

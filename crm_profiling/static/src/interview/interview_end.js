import {Component, markup, useRef, useState} from "@odoo/owl";
import {
    deserializeDate,
    deserializeDateTime,
    formatDate,
    serializeDate,
    serializeDateTime,
    toLocaleDateString,
    toLocaleDateTimeString,
} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {useAutofocus} from "@web/core/utils/hooks";
import {formatList} from "@web/core/l10n/utils";
import {quoted} from "../catalog/questions/wording";
import {AfterCall} from "./interview_after";
import {isOver, parseWhen} from "./when";

const {DateTime} = luxon;

/** The day of the week says at a glance what a date does not. */
function formatDay(date) {
    return `${date.toFormat("cccc")}, ${toLocaleDateString(date)}`;
}

function formatMoment(date) {
    const moment = toLocaleDateTimeString(date, {showSeconds: false});
    return `${date.toFormat("cccc")}, ${moment}`;
}

/** What was understood of when to call, in words. */
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
        ? _t("%s, in your calendar", formatMoment(date))
        : _t("%s, at any time", formatDay(date));
}

/** Before the end: what to propose, a note, and what happens next. */
export class FinishForm extends Component {
    static template = "crm_profiling.FinishForm";
    static props = {interview: Object, onClose: Function};

    setup() {
        this.interview = useState(this.props.interview);
        this.root = useRef("root");
        this.whenInput = useRef("when");
        useAutofocus({refName: "note"});
        this.state = useState({
            note: this.interview.screen.note || "", // of before it was opened again
            when: "",
            activityTypeId: this.activityTypes.find(({is_call: isCall}) => isCall)?.id,
            summary: "",
            isRefusing: false,
            reason: "",
            isFinishing: false,
        });
        this.state.activityTypeId ||= this.activityTypes[0]?.id;
    }

    get activityTypes() {
        return this.interview.screen.activity_types;
    }

    get offers() {
        return this.interview.matched
            .filter(({offer}) => offer)
            .map(({id, name, offer}) => ({id, profile: name, offer: markup(offer)}));
    }

    /** What a click writes: a day and a time as anybody might. */
    get quickWords() {
        const now = DateTime.now();
        const day = (span) => formatDate(now.plus(span));
        const hour = now.plus({hours: 1, minutes: 4 - ((now.minute + 4) % 5)});
        return [
            {
                label: _t("In an hour"),
                words: formatDate(hour) + hour.toFormat(" HH:mm"),
            },
            {label: _t("Tomorrow"), words: day({days: 1})},
            {label: _t("In a week"), words: day({weeks: 1})},
            {label: _t("In a month"), words: day({months: 1})},
        ];
    }

    get isPlanning() {
        return Boolean(this.state.when.trim());
    }

    get when() {
        return parseWhen(this.state.when);
    }

    get whenLabel() {
        return sayWhen(this.state.when);
    }

    get activity() {
        const {when} = this;
        if (!when) {
            return null;
        }
        const {activityTypeId, summary} = this.state;
        return {
            activity_type_id: activityTypeId,
            date_deadline: serializeDate(when.date),
            datetime: when.hasTime && serializeDateTime(when.date),
            summary: summary.trim(),
        };
    }

    sayWhen(words) {
        this.state.when = words;
        this.whenInput.el.focus();
    }

    onTypeChange(ev) {
        this.state.activityTypeId = Number(ev.target.value);
    }

    onKeydown(ev) {
        if (ev.key === "Enter" && (ev.ctrlKey || ev.metaKey)) {
            this.finish();
        } else if (ev.key === "Escape" && !ev.defaultPrevented) {
            this.props.onClose();
        } else {
            return;
        }
        ev.preventDefault();
        ev.stopPropagation();
    }

    async finish() {
        if (this.state.isFinishing) {
            return;
        }
        if (this.isPlanning && !this.when) {
            this.whenInput.el.focus(); // what was promised is not to be lost
            return;
        }
        const {isRefusing, note, reason} = this.state;
        this.state.isFinishing = true;
        try {
            if (isRefusing) {
                this.interview.refuseCalls(
                    reason.trim() || _t("asked not to be called")
                );
            }
            await this.interview.finish(note.trim(), this.activity);
        } finally {
            this.state.isFinishing = false;
        }
    }
}

/** After the end: what was answered and what it led to, and on to whom next. */
export class InterviewSummary extends Component {
    static template = "crm_profiling.InterviewSummary";
    static components = {AfterCall};
    quoted = quoted;
    static props = {
        interview: Object,
        onNext: Function,
        onLeave: Function,
        onReopen: Function,
    };

    setup() {
        this.interview = useState(this.props.interview);
        useAutofocus({refName: "next", mobile: true});
    }

    get summary() {
        const {summary} = this.interview.screen;
        return summary || {answered: [], entered: [], left: [], offers: []};
    }

    get offers() {
        return this.summary.offers.map(({profile, offer}) => ({
            profile,
            offer: markup(offer),
        }));
    }

    /** Within the call list, unless one goes by whom to call now. */
    get nextLabel() {
        return this.interview.staysInQueue ? _t("Next prospect") : _t("Call next");
    }

    /** What was promised, and when: so that one sees it is not forgotten. */
    get callback() {
        const {callback} = this.interview.screen;
        return callback && [callback.what, callback.summary].filter(Boolean).join(": ");
    }

    get callbackMoment() {
        const {datetime, date} = this.interview.screen.callback;
        return datetime
            ? _t("%s, in your calendar", formatMoment(deserializeDateTime(datetime)))
            : formatDay(deserializeDate(date));
    }

    get note() {
        return this.interview.screen.note;
    }

    list(names) {
        return formatList(names, {style: "unit"});
    }
}

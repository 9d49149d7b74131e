import {Component, markup, useRef, useState} from "@odoo/owl";
import {DateTimeInput} from "@web/core/datetime/datetime_input";
import {serializeDate} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {useAutofocus} from "@web/core/utils/hooks";
import {formatList} from "@web/core/l10n/utils";
import {quoted} from "../catalog/questions/wording";

const {DateTime} = luxon;

/** Before the end: what to propose, a note, and what happens next. */
export class FinishForm extends Component {
    static template = "crm_profiling.FinishForm";
    static components = {DateTimeInput};
    static props = {interview: Object, onClose: Function};

    setup() {
        this.interview = useState(this.props.interview);
        this.root = useRef("root");
        useAutofocus({refName: "note"});
        this.state = useState({
            note: "",
            isPlanning: false,
            activityTypeId: this.activityTypes[0]?.id,
            date: DateTime.now().plus({days: 7}).startOf("day"),
            summary: "",
            isFinishing: false,
        });
    }

    get activityTypes() {
        return this.interview.snapshot.activity_types;
    }

    get offers() {
        return this.interview.matched
            .filter(({offer}) => offer)
            .map(({id, name, offer}) => ({id, profile: name, offer: markup(offer)}));
    }

    get quickDates() {
        const today = DateTime.now().startOf("day");
        return [
            {label: _t("Tomorrow"), date: today.plus({days: 1})},
            {label: _t("In a week"), date: today.plus({weeks: 1})},
            {label: _t("In a month"), date: today.plus({months: 1})},
        ];
    }

    get activity() {
        const {isPlanning, activityTypeId, date, summary} = this.state;
        return isPlanning && date
            ? {
                  activity_type_id: activityTypeId,
                  date_deadline: serializeDate(date),
                  summary: summary.trim(),
              }
            : null;
    }

    onTypeChange(ev) {
        this.state.activityTypeId = Number(ev.target.value);
    }

    onDateChange(date) {
        this.state.date = date;
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
        this.state.isFinishing = true;
        try {
            await this.interview.finish(this.state.note.trim(), this.activity);
        } finally {
            this.state.isFinishing = false;
        }
    }
}

/** After the end: what was answered and what it led to, and on to whom next. */
export class InterviewSummary extends Component {
    static template = "crm_profiling.InterviewSummary";
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
        const {summary} = this.interview.snapshot;
        return summary || {answered: [], entered: [], left: [], offers: []};
    }

    get offers() {
        return this.summary.offers.map(({profile, offer}) => ({
            profile,
            offer: markup(offer),
        }));
    }

    get queue() {
        return this.interview.snapshot.queue;
    }

    list(names) {
        return formatList(names, {style: "unit"});
    }
}

import {Component, markup, useState} from "@odoo/owl";
import {deserializeDate, deserializeDateTime} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {formatList} from "@web/core/l10n/utils";
import {useAutofocus} from "@web/core/utils/hooks";
import {quoted} from "../catalog/questions/wording";
import {AfterCall} from "./interview_after";
import {formatWeekday, formatAppointment} from "./when_words";

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
            ? formatAppointment(deserializeDateTime(datetime))
            : formatWeekday(deserializeDate(date));
    }

    get note() {
        return this.interview.screen.note;
    }

    list(names) {
        return formatList(names, {style: "unit"});
    }
}

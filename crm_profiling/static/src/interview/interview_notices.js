import {Component, useEffect, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {formatMoment} from "../catalog/server/moments";

const FAILURES = {
    connection: _t(
        "There is no connection. What is not saved stays here and is sent again by itself."
    ),
    server: _t(
        "The server could not save this. It stays here and is sent again by itself."
    ),
    session: _t(
        "You have been logged out. Log in again in another tab: what is not saved stays here and is sent again by itself."
    ),
};

/** What is not saved, what is refused, and who else is asking. */
export class InterviewNotices extends Component {
    static template = "crm_profiling.InterviewNotices";
    static props = {interview: Object, onRetry: Function};

    setup() {
        this.interview = useState(this.props.interview);
        this.refusal = useRef("refusal");
        // below, in a form on a phone, nobody would see it
        useEffect(
            () => {
                this.refusal.el?.scrollIntoView({block: "nearest"});
            },
            () => [this.interview.refusal]
        );
    }

    /** None, when it is drawn once more while another interview begins. */
    get screen() {
        return this.interview.screen;
    }

    get isReadonly() {
        return this.screen?.partner.can_write === false;
    }

    get failure() {
        return FAILURES[this.interview.outbox.failure];
    }

    get others() {
        return (this.screen?.others || []).map(
            ({user: name, date, is_asking: isAsking}) => {
                const words = {user: name, date: formatMoment(date)};
                return isAsking
                    ? _t(
                          "%(user)s is asking this contact as well (%(date)s). You see what both of you noted; the last answer counts.",
                          words
                      )
                    : _t(
                          "%(user)s noted answers that count here as well (%(date)s). The last answer counts.",
                          words
                      );
            }
        );
    }
}

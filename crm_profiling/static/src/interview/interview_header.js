import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {sayReason} from "./call_reasons";

/** Who is called and how far one is, above the question; and what else may be done. */
export class InterviewHeader extends Component {
    static template = "crm_profiling.InterviewHeader";
    static props = {
        interview: Object,
        /** What is shown below it. */
        part: String,
        /** Called with the part to show. */
        onShow: Function,
        onShowProfiles: Function,
        onOpenContact: Function,
        onHelp: Function,
    };

    setup() {
        this.interview = useState(this.props.interview);
    }

    /** None, when it is drawn once more while another interview begins. */
    get screen() {
        return this.interview.screen;
    }

    get partnerDetails() {
        const {function: job, company} = this.screen.partner;
        return [job, company].filter(Boolean).join(" · ");
    }

    /** Why “Call next” chose this contact. */
    get callReason() {
        const {call} = this.screen;
        return call ? sayReason(call) : "";
    }

    /** The number to call: of the company, where the contact has none. */
    get phone() {
        const {phone, company_phone: companyPhone} = this.screen.partner;
        return phone || companyPhone || "";
    }

    get saving() {
        const {interview} = this;
        if (interview.outbox.isSending) {
            return _t("Saving…");
        }
        if (interview.outbox.length) {
            return _t("Not saved: %s", interview.outbox.length);
        }
        return interview.hasSaved ? _t("Saved") : "";
    }

    get progress() {
        const {answered, asked_total: total} = this.screen.progress;
        return Math.round((100 * answered) / (total || 1));
    }

    get progressLabel() {
        const {answered, asked_total: total} = this.screen.progress;
        return _t("%(answered)s of %(total)s answered", {answered, total});
    }

    get leftLabel() {
        const {expected_left: left} = this.screen.progress;
        return left ? _t("about %s more to ask", Math.max(1, Math.round(left))) : "";
    }

    get profilesLabel() {
        const {matched, open} = this.interview;
        return _t("%(matched)s matched, %(open)s open", {
            matched: matched.length,
            open: open.length,
        });
    }

    get queueLabel() {
        const {done, total} = this.screen.queue;
        const position = Math.min(done + (this.interview.isDone ? 0 : 1), total);
        return _t("%(position)s of %(total)s", {position, total});
    }

    getQueueProgress({done, total}) {
        return Math.round((100 * done) / (total || 1));
    }
}

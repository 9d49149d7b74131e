import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {SIZES} from "@web/core/ui/ui_service";
import {sayReason} from "./whom";

/** What the screen of an interview shows, and in which words. */
export class InterviewShown extends Component {
    get stage() {
        const {interview} = this;
        if (interview.fatal) {
            return "fatal";
        }
        if (interview.finishedQueue) {
            return "finished";
        }
        if (interview.nobody) {
            return "nobody";
        }
        if (interview.left) {
            return "left";
        }
        if (!interview.screen) {
            return "start";
        }
        return "interview";
    }

    get part() {
        const {interview} = this;
        if (interview.isDone) {
            return "summary";
        }
        if (this.state.part === "question" && !interview.questionId) {
            return "decided";
        }
        return this.state.part;
    }

    /** Without room beside the question the list and the profiles are below it. */
    get isNarrow() {
        return this.ui.size < SIZES.LG;
    }

    get hasListBeside() {
        return this.ui.size >= SIZES.XL;
    }

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

    /** Nothing is left to ask: because all is decided, or because of what was skipped. */
    get decidedTitle() {
        const {interview} = this;
        if (!interview.questions.length) {
            return _t("There is nothing to ask");
        }
        return interview.open.length
            ? _t("Nothing is left to ask")
            : _t("Everything is decided");
    }

    get decidedText() {
        const {open, matched} = this.interview;
        if (open.length) {
            return _t(
                "Profiles still open: %s. They wait for questions that were skipped, declined or are not in this questionnaire.",
                open.length
            );
        }
        return matched.length
            ? _t("The profiles that match say what to propose.")
            : _t("No profile matches these answers.");
    }

    get restLabel() {
        return _t("Ask the rest (%s)", this.interview.rest.length);
    }
}

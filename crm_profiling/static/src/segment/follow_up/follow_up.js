import {Component, useEffect, useRef, useState} from "@odoo/owl";
import {formatList} from "@web/core/l10n/utils";
import {_t} from "@web/core/l10n/translation";
import {KeepLast} from "@web/core/utils/concurrency";
import {useService} from "@web/core/utils/hooks";
import {patch} from "@web/core/utils/patch";
import {getFailure} from "../../catalog/server/failures";
import {FinishForm} from "../../interview/finish_form";
import {MODEL} from "../../interview/interview_link";
import {Interview} from "../../interview/interview_model";
import {InterviewSummary} from "../../interview/interview_summary";

/**
 * @param {{ contact: string, profile: string, left: boolean }} entry
 * @returns {string} what has happened, and is followed by something
 */
function getTitle({contact, profile, left}) {
    return left
        ? _t("%(contact)s leaves “%(profile)s”", {contact, profile})
        : _t("%(contact)s enters “%(profile)s”", {contact, profile});
}

/**
 * What profiles do once the interview is finished, line by line: each can be unticked,
 * an e-mail with a reason.
 */
export class FollowUp extends Component {
    static template = "crm_profiling.FollowUp";
    static props = {interview: Object};
    getTitle = getTitle;

    setup() {
        this.orm = useService("orm").silent; // the screen itself says what is lost
        this.interview = useState(this.props.interview);
        this.keepLast = new KeepLast();
        this.root = useRef("root");
        this.state = useState({said: null, isUnknown: false, lastUnticked: ""});
        useEffect(
            (isSaved) => {
                if (isSaved) {
                    this.load();
                }
            },
            () => [!this.interview.outbox.length]
        );
        useEffect(
            (key) => {
                if (key) {
                    this.root.el.querySelector(`[data-reason="${key}"]`)?.focus();
                }
            },
            () => [this.state.lastUnticked]
        );
        useEffect(
            (said) => {
                this.interview.keepForm(
                    "leftOut",
                    said === "{}" ? null : this.interview.leftOut
                );
            },
            () => [JSON.stringify(this.interview.leftOut)]
        );
    }

    async load() {
        try {
            this.state.said = await this.keepLast.add(
                this.orm.call(MODEL, "get_follow_up", [[this.interview.id]])
            );
            this.state.isUnknown = false;
        } catch (error) {
            getFailure(error); // what is none is not hidden
            this.state.isUnknown = true; // the end comes without it, too
        }
    }

    get entries() {
        return this.state.said?.entries || [];
    }

    /** Why it is not done when the interview is finished, but later. */
    get othersLabel() {
        const {others} = this.state.said;
        return _t(
            "%s is in an interview with this company as well: it is done once the last one is finished.",
            formatList(others)
        );
    }

    get hiddenLabel() {
        return _t(
            "Besides, for profiles or contacts that you may not see: %s.",
            this.state.said.hidden
        );
    }

    getKey(entry, line) {
        return `${entry.stay_id} ${line.action}`;
    }

    isTicked(entry, line) {
        return line.can_untick && !this.interview.leftOut[this.getKey(entry, line)];
    }

    /** What somebody has unticked, if it needs a reason. */
    getUnticked(entry, line) {
        const unticked = this.interview.leftOut[this.getKey(entry, line)];
        return unticked?.needsReason ? unticked : undefined;
    }

    toggle(entry, line) {
        const key = this.getKey(entry, line);
        const {leftOut} = this.interview;
        const wasLeftOut = Boolean(leftOut[key]);
        if (wasLeftOut) {
            delete leftOut[key];
        } else {
            leftOut[key] = {
                stayId: entry.stay_id,
                action: line.action,
                needsReason: line.needs_reason,
                reason: "",
            };
        }
        this.state.lastUnticked = line.needs_reason && !wasLeftOut ? key : "";
    }
}

/** What profiles did, and what still waits. */
export class FollowedUp extends Component {
    static template = "crm_profiling.FollowedUp";
    static props = {interview: Object};
    getTitle = getTitle;

    setup() {
        this.interview = useState(this.props.interview);
    }

    get followUp() {
        return this.interview.screen.follow_up;
    }

    get entries() {
        return this.followUp?.entries || [];
    }

    get waiting() {
        return this.followUp?.waiting.entries || [];
    }

    get waitingLabel() {
        const {others} = this.followUp.waiting;
        return others.length
            ? _t("Done once %s has finished, too:", formatList(others))
            : _t("Still to be done:");
    }
}

patch(Interview.prototype, {
    forget() {
        super.forget(...arguments);
        /** What the user wants left out at the end, by stay and action. */
        this.leftOut = {};
    },

    getFinishArgs() {
        const leftOut = Object.values(this.leftOut);
        if (!leftOut.length) {
            return super.getFinishArgs();
        }
        const said = leftOut.map(({stayId, action, reason}) => ({
            stay_id: stayId,
            action,
            reason: reason.trim(),
        }));
        return [...super.getFinishArgs(), said];
    },

    recollect() {
        super.recollect(...arguments);
        this.leftOut = this.forms.leftOut || {};
    },

    async deliver({method}) {
        const goesOn = await super.deliver(...arguments);
        if (method === "finish" && this.isDone) {
            this.leftOut = {};
            this.keepForm("leftOut", null);
        }
        return goesOn;
    },
});

patch(FinishForm, {components: {...FinishForm.components, FollowUp}});

patch(FinishForm.prototype, {
    /** The first reason that is still to be given. */
    get missingReason() {
        const keys = Object.entries(this.interview.leftOut);
        const missing = keys.find(
            ([, {needsReason, reason}]) => needsReason && !reason.trim()
        );
        return missing?.[0];
    },

    finish() {
        const key = this.missingReason;
        const input = key && this.root.el.querySelector(`[data-reason="${key}"]`);
        if (input) {
            input.focus();
            return undefined;
        }
        return super.finish(...arguments);
    },
});

patch(InterviewSummary, {components: {...InterviewSummary.components, FollowedUp}});

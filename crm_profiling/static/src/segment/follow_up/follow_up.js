import {Component, useEffect, useRef, useState} from "@odoo/owl";
import {formatList} from "@web/core/l10n/utils";
import {_t} from "@web/core/l10n/translation";
import {KeepLast} from "@web/core/utils/concurrency";
import {useService} from "@web/core/utils/hooks";
import {getFailure} from "../../catalog/server/failures";
import {MODEL} from "../../interview/interview_reading";
import {getTitle} from "./entry_title";

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

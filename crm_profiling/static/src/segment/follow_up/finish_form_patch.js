import {patch} from "@web/core/utils/patch";
import {FinishForm} from "../../interview/finish_form";
import {FollowUp} from "./follow_up";

patch(FinishForm, {components: {...FinishForm.components, FollowUp}});

/** What follows is left out for a reason: without it the interview is not finished. */
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
            this.interview.leftOut[key].isMissing = true; // it is said, not shown alone
            input.focus();
            return undefined;
        }
        return super.finish(...arguments);
    },
});

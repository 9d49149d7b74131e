import {patch} from "@web/core/utils/patch";
import {Interview} from "../../interview/interview_model";

/** At the end of an interview the server is told what is left out of what would follow. */
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

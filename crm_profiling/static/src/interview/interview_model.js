import {reactive} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {explain} from "../catalog/server/failures";
import {MODEL} from "./interview_reading";
import {InterviewSaving} from "./interview_saving";

/** An interview, and all that the user may do in it. */
export class Interview extends InterviewSaving {
    // ------------------------------------------------------------------
    // Beginning and going on
    // ------------------------------------------------------------------

    /** Begins an interview, or goes on with the one there is. */
    begin(params) {
        return this.load(() => {
            this.isCallingNext = false;
            return this.orm.call(MODEL, "begin", [], params);
        });
    }

    /** Begins with whom to call now: callbacks, activities, then call lists. */
    beginNext() {
        return this.load(() => {
            this.isCallingNext = true;
            return this.orm.call(MODEL, "begin_next", []);
        });
    }

    /** Shows an interview that was begun before. */
    resume(id) {
        return this.load(() => this.orm.call(MODEL, "get_screen", [[id]]));
    }

    // ------------------------------------------------------------------
    // What the user does beside answering
    // ------------------------------------------------------------------

    setOrder(askOrder, questionnaireId) {
        this.isAskingAll = false;
        return this.perform({method: "set_order", args: [askOrder, questionnaireId]});
    }

    /** Nobody is to call this contact any more, because of that. */
    refuseCalls(reason) {
        return this.perform({method: "refuse_calls", args: [reason]}, {stay: true});
    }

    allowCalls() {
        return this.perform({method: "allow_calls", args: []}, {stay: true});
    }

    /** Corrects the contact; what waits of that is said anew. */
    async writeContact(values) {
        this.outbox.takeBack("write_contact");
        this.keep(); // nor is it to come back when the page is loaded again
        return (
            !Object.keys(values).length ||
            this.perform(
                {method: "write_contact", args: [values], form: "contact"},
                {stay: true}
            )
        );
    }

    /** Ends it; what is ticked and typed at questions is part of it. */
    async finish(note, activity) {
        if (!(await this.confirmAll())) {
            return false;
        }
        const notes = [note, ...this.looseComments].filter(Boolean).join("\n");
        const args = [notes, activity, ...this.getFinishArgs()];
        return this.perform({method: "finish", args, form: "finish"}, {stay: true});
    }

    /** Takes the end back that waits to be saved: it is to be another one. */
    takeBackFinish() {
        this.outbox.takeBack("finish");
        this.outbox.takeBack("refuse_calls");
        this.keep();
    }

    /** What else is to be told at the end. */
    getFinishArgs() {
        return [];
    }

    /**
     * Does something that follows the call.
     *
     * @param {string} name
     * @returns {Promise<Object | false>} the action by which the user does it
     */
    async doAfterCall(name) {
        this.refusal = "";
        try {
            return await this.orm.call(MODEL, "do_after_call", [[this.id], name]);
        } catch (error) {
            this.refusal = explain(error);
            return false;
        }
    }

    reopen() {
        return this.perform({method: "reopen", args: []});
    }

    /**
     * Leaves this contact, once all is saved, for the next one.
     *
     * @returns {Promise<boolean>} whether it is left; where not, it says why
     */
    skipProspect(reason, refuses = false, activity = null) {
        return this.load(async () => {
            if (!(await this.flush())) {
                this.refusal ||= _t(
                    "How the call went is not noted yet: what was answered has to be saved first."
                );
                return false;
            }
            const {id, isCallingNext} = this;
            const args = [[id], reason, refuses, activity, isCallingNext];
            const note = this.looseWords.join("\n");
            const screen = await this.orm.call(MODEL, "skip_prospect", args, {note});
            this.dropKept();
            return screen;
        });
    }

    nextProspect() {
        return this.staysInQueue
            ? this.begin({queue_id: this.screen.queue.id})
            : this.beginNext();
    }

    /** Pins the contact to a profile or keeps it out, and shows what that changes. */
    async setHand(profile, hand) {
        try {
            await this.orm.call("res.partner", "profiling_set_hand", [
                [this.screen.partner.id],
                profile.id,
                hand,
            ]);
        } catch (error) {
            this.refusal = explain(error);
            return;
        }
        await this.refresh();
    }
}

/** @returns {Interview} on which components can look with `useState` */
export function makeInterview(orm) {
    return reactive(new Interview(orm));
}

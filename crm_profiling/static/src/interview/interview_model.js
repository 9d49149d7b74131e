import {reactive} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {explain} from "../catalog/questions/failures";
import {findByDigits} from "../catalog/questions/numbers";
import {InterviewLink, MODEL} from "./interview_link";

/** An interview, and all that the user may do in it. */
export class Interview extends InterviewLink {
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
    // Going from question to question
    // ------------------------------------------------------------------

    /**
     * Shows a question; ticks on the one before are confirmed by going. A question that
     * is not part of the questionnaire has to be asked for.
     */
    show(questionId) {
        if (questionId === this.questionId) {
            return;
        }
        if (questionId && !this.getQuestion(questionId)) {
            this.perform({method: "ask", args: [questionId]});
            return;
        }
        const {question} = this;
        if (question) {
            this.visited = this.visited.filter((id) => id !== question.id);
            this.visited.push(question.id);
        }
        this.visitQuestion(questionId);
        if (question && this.hasChanges(question)) {
            this.confirm(question, {stay: true});
        } else {
            this.lookAhead();
        }
    }

    showNext() {
        this.show(this.getNextId());
    }

    /** Shows the question that was on the screen before. */
    back() {
        const {question} = this;
        const ids = this.visited.filter(
            (id) => id !== this.questionId && this.getQuestion(id)?.active
        );
        if (!ids.length) {
            return;
        }
        this.visitQuestion(ids.pop());
        this.visited = ids;
        if (question && this.hasChanges(question)) {
            this.confirm(question, {stay: true});
        } else {
            this.lookAhead();
        }
    }

    /** Goes through the questions as well that cannot change anything. */
    askAll() {
        this.isAskingAll = true;
        this.visited = this.visited.filter((id) => !this.rest.some((q) => q.id === id));
        this.showNext();
    }

    // ------------------------------------------------------------------
    // What the user does
    // ------------------------------------------------------------------

    tick(question, answerIds) {
        this.drafts[question.id] = {...this.drafts[question.id], answerIds};
        this.keep();
    }

    write(question, comment) {
        this.drafts[question.id] = {...this.drafts[question.id], comment};
        this.keep();
    }

    type(question, number) {
        this.drafts[question.id] = {...this.drafts[question.id], number};
        this.keep();
    }

    /**
     * Gives the answers ticked: the whole answer to the question as it is now.
     *
     * @param {Object} question
     * @param {{ stay?: boolean, answerIds?: number[], number?: string }} [options] the
     *  number that was said, as it was typed, and the answer that it belongs to
     */
    confirm(question, {stay = false, answerIds, number} = {}) {
        if (!answerIds) {
            const typed = this.getTyped(question);
            const answer = findByDigits(question, typed);
            number = answer && typed;
            answerIds = answer ? [answer.id] : this.getAnswerIds(question);
        }
        const comment = this.getComment(question);
        // what was seen: ticks a colleague made meanwhile are not taken back
        const seenIds = [
            ...question.given.map(({answer_id: id}) => id),
            ...(this.getUnsaved(question.id)?.answerIds || []),
        ];
        return this.perform(
            {
                method: "answer",
                args: [
                    question.id,
                    answerIds,
                    comment,
                    seenIds,
                    ...(number ? [number] : []),
                ],
                questionId: question.id,
                answerIds,
                comment,
                number,
            },
            {stay}
        );
    }

    skip(question) {
        return this.perform({method: "skip", ...about(question)});
    }

    decline(question) {
        return this.perform({method: "decline", ...about(question)});
    }

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

    /** Corrects the contact. */
    writeContact(values) {
        return this.perform({method: "write_contact", args: [values]}, {stay: true});
    }

    /** Ends it; what is ticked on the screen is part of it. */
    async finish(note, activity) {
        if (!(await this.flush()) && !this.outbox.failure) {
            return false;
        }
        return this.perform(
            {method: "finish", args: [note, activity, ...this.getFinishArgs()]},
            {stay: true}
        );
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
            return this.orm.call(MODEL, "skip_prospect", args);
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

    /**
     * Tells the server, after what waits already, and goes on to the next question: at
     * once where it is known which one that is.
     *
     * @param {Operation} operation
     * @param {{ stay?: boolean }} [options]
     * @returns {Promise<boolean>} whether it is saved
     */
    async perform(operation, {stay = false} = {}) {
        const {visit} = this;
        this.refusal = "";
        this.hasSaved = false;
        if (operation.questionId) {
            operation.draft = this.drafts[operation.questionId];
            delete this.drafts[operation.questionId];
        }
        if (!stay && operation.questionId === this.questionId) {
            this.doneVisit = visit;
        }
        const isForetold = this.anticipate(operation);
        this.outbox.push(operation);
        this.changes += 1;
        this.keep();
        if (!stay && (isForetold || (this.isForm && operation.questionId))) {
            this.showNext();
        }
        const saving = this.send();
        this.lookAhead();
        const isSaved = await saving;
        // what could not be sent waits in the outbox, and the caller does not
        const isDone = isSaved || this.outbox.failure;
        // who has gone on, and come back to this question since, stays there
        if (isDone && !stay && this.visit === visit) {
            this.showNext();
        }
        return isSaved;
    }

    // ------------------------------------------------------------------
    // Saving what is left
    // ------------------------------------------------------------------

    /** Saves whatever is not saved yet, before the screen is left. */
    async flush() {
        if (!this.screen) {
            return true;
        }
        const {question} = this;
        if (question && this.hasChanges(question)) {
            return this.confirm(question, {stay: true});
        }
        return !this.outbox.length || this.send();
    }

    /** Sends what is left; once it is saved, the question it was about is done with. */
    async sendAndGoOn() {
        const {questionId, visit} = this;
        const unsaved = this.getUnsaved(questionId);
        const isSaved = await this.send();
        if (isSaved && unsaved && this.visit === visit) {
            this.showNext();
        }
    }

    onRetry() {
        return this.sendAndGoOn();
    }
}

/** @returns {Interview} on which components can look with `useState` */
export function makeInterview(orm) {
    return reactive(new Interview(orm));
}

function about({id}) {
    return {args: [id], questionId: id};
}

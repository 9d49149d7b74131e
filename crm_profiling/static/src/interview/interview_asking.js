import {findByDigits} from "../catalog/questions/numbers";
import {anticipate, lookAhead} from "./foresight";
import {InterviewSending} from "./interview_sending";

/** An interview in which questions are asked: from one to the next, answer by answer. */
export class InterviewAsking extends InterviewSending {
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
            lookAhead(this);
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
            lookAhead(this);
        }
    }

    /** Goes through the questions as well that cannot change anything. */
    askAll() {
        this.isAskingAll = true;
        this.visited = this.visited.filter((id) => !this.rest.some((q) => q.id === id));
        this.showNext();
    }

    // ------------------------------------------------------------------
    // Answering
    // ------------------------------------------------------------------

    tick(question, answerIds) {
        this.drafts[question.id] = {...this.drafts[question.id], answerIds};
        this.keep();
    }

    draftComment(question, comment) {
        this.drafts[question.id] = {...this.drafts[question.id], comment};
        this.keep();
    }

    draftNumber(question, number) {
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
        this.takeDraft(operation);
        if (!stay && operation.questionId === this.questionId) {
            this.doneVisit = visit;
        }
        const isForetold = anticipate(this, operation);
        this.outbox.push(operation);
        this.changes += 1;
        this.keep();
        if (!stay && (isForetold || (this.isForm && operation.questionId))) {
            this.showNext();
        }
        const saving = this.send();
        lookAhead(this);
        const isSaved = await saving;
        // what could not be sent waits in the outbox, and the caller does not
        const isDone = isSaved || this.outbox.failure;
        // who has gone on, and come back to this question since, stays there
        if (isDone && !stay && this.visit === visit) {
            this.showNext();
        }
        return isSaved;
    }

    /** What was ticked and written goes with it; without an answer a comment stays. */
    takeDraft(operation) {
        const {method, questionId} = operation;
        const draft = this.drafts[questionId];
        if (!draft) {
            return;
        }
        operation.draft = draft;
        if (method !== "answer" && draft.comment) {
            this.drafts[questionId] = {comment: draft.comment};
        } else {
            delete this.drafts[questionId];
        }
    }
}

function about({id}) {
    return {args: [id], questionId: id};
}

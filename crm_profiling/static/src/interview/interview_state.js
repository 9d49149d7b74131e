import {markRaw} from "@odoo/owl";
import {findByDigits} from "../catalog/questions/numbers";
import {getGroup} from "../matching/result/groups";
import {getMoved, keepSame} from "./moved";
import {Outbox} from "./outbox";

/**
 * An interview as the user sees it: what the server said last, and on top of it what
 * was done since and is not saved yet. It asks nobody and changes nothing but itself.
 */
export class InterviewState {
    constructor() {
        /** How often another question came on the screen: one may come back to one. */
        this.visit = 0;
        /** The visit in which the question on the screen was done with. */
        this.doneVisit = 0;
        /** The visit that was the first one since the interview was loaded. */
        this.firstVisit = 0;
        /** Whether the next one is whom to call now, whichever call list. */
        this.isCallingNext = false;
        /** Whether another interview is on its way: what is on the screen is over then. */
        this.isLoading = false;
        this.forget();
    }

    forget() {
        Object.assign(this, {
            /** What the server said last. */
            screen: null,
            /** The question on the screen, or nothing: what is decided is shown then. */
            questionId: false,
            /** Questions that were on the screen before, the last one at the end. */
            visited: [],
            /** Answers ticked and comments written, not confirmed yet, by question. */
            drafts: {},
            /** What is typed into other forms and not saved yet, by their names. */
            forms: {},
            outbox: new Outbox(),
            hasSaved: false,
            /** What the server refused, in its words. */
            refusal: "",
            /** Nothing can be shown at all, and why. */
            fatal: "",
            isAskingAll: false,
            /** Profiles that moved by what was said last. */
            moved: [],
            /** The call list of which nobody is left. */
            finishedQueue: false,
            /** Whom to call, where nobody is to be called now. */
            nobody: false,
            /** The contact that was left, and nobody is next. */
            left: false,
        });
    }

    get id() {
        return this.screen?.id;
    }

    get isDone() {
        return this.screen?.state === "done";
    }

    /** Whether the next one is of the same call list. */
    get staysInQueue() {
        return Boolean(this.screen?.queue) && !this.isCallingNext;
    }

    /** Nothing was said yet: perhaps nobody has picked up the phone. */
    get isFresh() {
        return this.canWrite && this.visit === this.firstVisit && !this.outbox.length;
    }

    get canWrite() {
        return Boolean(this.screen?.partner.can_write) && !this.isDone;
    }

    /** None while the next prospect is loaded: the list may be drawn once more then. */
    get questions() {
        return this.screen?.questions || [];
    }

    get question() {
        return this.getQuestion(this.questionId);
    }

    getQuestion(questionId) {
        return this.questions.find(({id}) => id === questionId);
    }

    /** The last operation on a question that is not saved yet. */
    getUnsaved(questionId) {
        return this.outbox.getLast(questionId);
    }

    /** Ids of the answers to a question as the user sees them. */
    getAnswerIds(question) {
        const draft = this.drafts[question.id]?.answerIds;
        return draft || this.getConfirmedIds(question);
    }

    getConfirmedIds(question) {
        return this.getUnsaved(question.id)?.answerIds || this.getGivenIds(question);
    }

    /** An answer out of date is shown, but it is not one: it has to be given anew. */
    getGivenIds({given}) {
        return given.filter(({stale}) => !stale).map(({answer_id: id}) => id);
    }

    getComment(question) {
        return (
            this.drafts[question.id]?.comment ??
            this.getUnsaved(question.id)?.comment ??
            question.given.find(({comment}) => comment)?.comment ??
            ""
        );
    }

    /**
     * Comments that no answer takes along: each with its question, unless that is one
     * company's own, for others read the note as well.
     */
    get looseComments() {
        return this.getByStatus("to_ask", "stale", "skipped", "declined", "not_needed")
            .map(({id, name, is_own: isOwn}) => {
                const comment = this.drafts[id]?.comment?.trim();
                return comment && !isOwn ? `${name} ${comment}` : comment;
            })
            .filter(Boolean);
    }

    /** What was written and would be lost with the interview: it becomes a note. */
    get looseWords() {
        const {forms, looseComments, screen} = this;
        const before = looseComments.length ? screen.note : ""; // it is written anew
        const note = (forms.finish?.note ?? before ?? "").trim();
        return [note, ...looseComments].filter(Boolean);
    }

    /** The number that is being typed. */
    getTyped(question) {
        return this.drafts[question.id]?.number || "";
    }

    /** The number that was said. */
    getNumber(question) {
        const unsaved = this.getUnsaved(question.id);
        const given = question.given.find(({number, stale}) => number && !stale);
        return (unsaved?.answerIds ? unsaved.number : given?.number) || "";
    }

    /** Whether a question has ticks that are not confirmed. */
    hasTicks(question) {
        const draft = this.drafts[question.id]?.answerIds;
        return Boolean(draft) && !isSameSet(draft, this.getConfirmedIds(question));
    }

    /** Whether leaving a question would lose something: it is confirmed then. */
    hasChanges(question) {
        const comment = this.drafts[question.id]?.comment;
        const isAnswered = this.getStatus(question) === "answered";
        const isCommented = comment !== undefined && isAnswered;
        const hasNumber = Boolean(findByDigits(question, this.getTyped(question)));
        return this.canWrite && (this.hasTicks(question) || isCommented || hasNumber);
    }

    /** Whether a number was typed elsewhere than on the screen, and not entered. */
    isUnread(question) {
        return question.id !== this.questionId && Boolean(this.getTyped(question));
    }

    /** Whether that waits to be told, as for want of a connection. */
    isWaiting(method) {
        return (
            Boolean(this.outbox.failure) &&
            this.outbox.operations.some((operation) => operation.method === method)
        );
    }

    /** The status of a question, what is not saved yet included. */
    getStatus(question) {
        const unsaved = this.getUnsaved(question.id);
        if (!unsaved) {
            return question.status;
        }
        if (unsaved.method === "answer") {
            return unsaved.answerIds.length ? "answered" : "to_ask";
        }
        return {skip: "skipped", decline: "declined"}[unsaved.method] || "to_ask";
    }

    getByStatus(...statuses) {
        return this.questions.filter(
            (question) => question.active && statuses.includes(this.getStatus(question))
        );
    }

    /** Questions that are asked on request only. */
    get rest() {
        return this.getByStatus("skipped", "declined", "not_needed");
    }

    get matched() {
        return getGroup(this.screen, "matched");
    }

    get open() {
        return getGroup(this.screen, "open");
    }

    /**
     * Whether the question on the screen is done with, and the next one not there yet:
     * it takes no other answer meanwhile. Who comes back to it may change their mind.
     */
    isBusy(questionId) {
        const isDone =
            this.outbox.isSending &&
            this.doneVisit === this.visit &&
            Boolean(this.getUnsaved(questionId));
        return isDone || this.isLoading;
    }

    /** Nothing was changed: there is nothing to save. */
    isUnchanged(question, answerIds) {
        return (
            !this.getUnsaved(question.id) &&
            this.drafts[question.id]?.comment === undefined &&
            question.status === "answered" &&
            isSameSet(answerIds, this.getGivenIds(question))
        );
    }

    /**
     * Takes what the server says, and notes which profiles moved by it.
     *
     * A screen is never changed, only followed by another one: nothing watches its
     * parts, which with 300 profiles would take longer than to draw them. What says the
     * same as before stays what it was, and is not drawn anew.
     */
    receive(screen) {
        const before = this.screen && this.id === screen.id ? this.screen : null;
        if (before) {
            screen.profiles = keepSame(before.profiles, screen.profiles);
        }
        this.screen = markRaw(screen);
        this.moved = before ? getMoved(before, screen) : [];
        for (const question of this.questions) {
            this.clean(question);
        }
    }

    /** Unticks answers that are not there any more. */
    clean(question) {
        const draft = this.drafts[question.id];
        if (draft?.answerIds) {
            const known = question.answers.filter(({active}) => active);
            const ids = known.map(({id}) => id);
            draft.answerIds = draft.answerIds.filter((id) => ids.includes(id));
        }
    }
}

function isSameSet(ids, others) {
    return ids.length === others.length && ids.every((id) => others.includes(id));
}

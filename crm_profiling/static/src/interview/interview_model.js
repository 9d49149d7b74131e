import {markRaw, reactive} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {ConnectionLostError, RPCError} from "@web/core/network/rpc";
import {getGroup} from "../matching/result/groups";
import {Ahead, applyDifference} from "./ahead";
import {Outbox, recall, remember} from "./outbox";

const MODEL = "crm.profiling.interview";

/** Questions of which an answer is still wanted. */
const WANTED = ["to_ask", "stale"];

/**
 * An interview as the user sees it: what the server said last, and on top of it what
 * was done since and is not saved yet.
 *
 * What is done waits in an outbox until it is saved, and is kept in the browser as well.
 */
export class Interview {
    constructor(orm) {
        this.orm = markRaw(orm.silent); // the screen itself says that it is saving
        this.screen = null;
        /** The question on the screen, or nothing: what is decided is shown then. */
        this.questionId = false;
        /** How often another question came on the screen: one may come back to one. */
        this.visit = 0;
        /** The visit in which the question on the screen was done with. */
        this.doneVisit = 0;
        /** Questions that were on the screen before, the last one at the end. */
        this.visited = [];
        /** Answers ticked and comments written, not confirmed yet, by question. */
        this.drafts = {};
        this.outbox = new Outbox();
        this.ahead = markRaw(new Ahead());
        this.hasSaved = false;
        /** What the server refused, in its words. */
        this.refusal = "";
        /** Nothing can be shown at all, and why. */
        this.fatal = "";
        this.isAskingAll = false;
        this.moved = [];
        /** The call list of which nobody is left. */
        this.finishedQueue = false;
    }

    // ------------------------------------------------------------------
    // What there is
    // ------------------------------------------------------------------

    get id() {
        return this.screen?.id;
    }

    get isDone() {
        return this.screen?.state === "done";
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

    /** Whether a question has ticks that are not confirmed. */
    hasTicks(question) {
        const draft = this.drafts[question.id]?.answerIds;
        return Boolean(draft) && !isSameSet(draft, this.getConfirmedIds(question));
    }

    /** Whether leaving a question would lose something: it is confirmed then. */
    hasChanges(question) {
        const comment = this.drafts[question.id]?.comment;
        const isCommented = comment !== undefined && question.status === "answered";
        return this.canWrite && (this.hasTicks(question) || isCommented);
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

    // ------------------------------------------------------------------
    // Beginning and going on
    // ------------------------------------------------------------------

    /** Begins an interview, or goes on with the one there is. */
    begin(params) {
        return this.load(() => this.orm.call(MODEL, "begin", [], params));
    }

    /** Shows an interview that was begun before. */
    resume(id) {
        return this.load(() => this.orm.call(MODEL, "get_screen", [[id]]));
    }

    async load(call) {
        this.forget();
        try {
            const screen = await call();
            if (screen.finished) {
                this.finishedQueue = screen.queue;
                return;
            }
            this.receive(screen);
            this.recollect();
            this.visited = this.getAnsweredBefore();
            this.visitQuestion(this.getNextId());
        } catch (error) {
            this.fatal = this.explain(error);
        }
        if (this.outbox.length) {
            this.send();
        } else {
            this.lookAhead();
        }
    }

    forget() {
        this.stop();
        this.ahead.forget();
        Object.assign(this, {
            screen: null,
            questionId: false,
            visited: [],
            drafts: {},
            outbox: new Outbox(),
            hasSaved: false,
            refusal: "",
            fatal: "",
            isAskingAll: false,
            moved: [],
            finishedQueue: false,
        });
    }

    stop() {
        this.outbox.stop();
    }

    /** Questions this user answered, the last one at the end: one can go back to them. */
    getAnsweredBefore() {
        const lastOf = ({given}) =>
            given
                .map(({date}) => date || "")
                .sort()
                .at(-1);
        return this.getByStatus("answered")
            .filter(({given}) => given.some(({by_me: isMine}) => isMine))
            .sort((a, b) => (lastOf(a) < lastOf(b) ? -1 : 1))
            .map(({id}) => id);
    }

    /** Takes what the server says, and notes which profiles moved by it. */
    receive(screen) {
        const before = this.screen && this.id === screen.id ? this.screen : null;
        this.screen = screen;
        this.moved = [];
        if (before) {
            const groupOf = getGroups(before);
            for (const [id, group] of getGroups(screen)) {
                if (groupOf.get(id) !== group) {
                    this.moved.push(id);
                }
            }
        }
        for (const question of this.questions) {
            this.clean(question);
        }
        if (this.questionId && !this.question?.active) {
            this.visitQuestion(this.getNextId());
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

    /** The message of an error that keeps everything from being shown. */
    explain(error) {
        if (error instanceof ConnectionLostError) {
            return _t("There is no connection to the server.");
        }
        if (error instanceof RPCError && error.data?.message) {
            return error.data.message;
        }
        throw error;
    }

    // ------------------------------------------------------------------
    // Which question
    // ------------------------------------------------------------------

    /**
     * The question to ask next. The server knows best; what it does not know yet is
     * skipped, and without a connection the order of the list has to do.
     */
    getNextId() {
        if (this.isDone) {
            return false;
        }
        const nextId = this.screen.next && this.screen.next.question_id;
        if (nextId && !this.getUnsaved(nextId)) {
            return nextId;
        }
        const [wanted] = this.outbox.length ? this.getByStatus(...WANTED) : [];
        if (wanted) {
            return wanted.id;
        }
        if (this.isAskingAll) {
            const seen = [...this.visited, this.questionId];
            const [rest] = this.rest.filter(({id}) => !seen.includes(id));
            return rest?.id || false;
        }
        return false;
    }

    /** Why this question is asked, if it is the one the server chose. */
    get reason() {
        const {next} = this.screen;
        return next && next.question_id === this.questionId ? next.reason : "";
    }

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

    visitQuestion(questionId) {
        this.questionId = questionId;
        this.visit += 1;
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

    get canGoBack() {
        return this.visited.some(
            (id) => id !== this.questionId && this.getQuestion(id)?.active
        );
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

    /**
     * Whether the question on the screen is done with, and the next one not there yet:
     * it takes no other answer meanwhile. Who comes back to it may change their mind.
     */
    isBusy(questionId) {
        return (
            this.outbox.isSending &&
            this.doneVisit === this.visit &&
            Boolean(this.getUnsaved(questionId))
        );
    }

    tick(question, answerIds) {
        this.drafts[question.id] = {...this.drafts[question.id], answerIds};
        this.keep();
    }

    write(question, comment) {
        this.drafts[question.id] = {...this.drafts[question.id], comment};
        this.keep();
    }

    /** Gives the answers ticked: the whole answer to the question as it is now. */
    confirm(question, {stay = false, answerIds = this.getAnswerIds(question)} = {}) {
        const comment = this.getComment(question);
        // what was seen: ticks a colleague made meanwhile are not taken back
        const seenIds = [
            ...question.given.map(({answer_id: id}) => id),
            ...(this.getUnsaved(question.id)?.answerIds || []),
        ];
        return this.perform(
            {
                method: "answer",
                args: [question.id, answerIds, comment, seenIds],
                questionId: question.id,
                answerIds,
                comment,
            },
            {stay}
        );
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

    /** What was said before; nothing where it cannot be read just now. */
    async getHistory() {
        try {
            return await this.orm.call(MODEL, "get_history", [[this.id]]);
        } catch (error) {
            this.refusal = this.explain(error);
            return {interviews: [], answers: [], notes: []};
        }
    }

    finish(note, activity) {
        return this.perform({method: "finish", args: [note, activity]}, {stay: true});
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
            this.refusal = this.explain(error);
            return false;
        }
    }

    reopen() {
        return this.perform({method: "reopen", args: []});
    }

    /** Leaves this prospect of a call list, once all is saved, for the next one. */
    async skipProspect(reason, refuses) {
        if (await this.flush()) {
            const {id} = this;
            await this.load(() =>
                this.orm.call(MODEL, "skip_prospect", [[id], reason, refuses])
            );
        }
    }

    nextProspect() {
        return this.begin({queue_id: this.screen.queue.id});
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
            this.refusal = this.explain(error);
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
            delete this.drafts[operation.questionId];
        }
        if (!stay && operation.questionId === this.questionId) {
            this.doneVisit = visit;
        }
        const isForetold = this.anticipate(operation);
        this.outbox.push(operation);
        this.keep();
        if (!stay && (isForetold || (this.isForm && operation.questionId))) {
            this.showNext();
        }
        const saving = this.send();
        this.lookAhead();
        const isSaved = await saving;
        // who has gone on, and come back to this question since, stays there
        if (isSaved && !stay && this.visit === visit) {
            this.showNext();
        }
        return isSaved;
    }

    // ------------------------------------------------------------------
    // Looking ahead
    // ------------------------------------------------------------------

    /** Whether one knows which question is next without asking the server. */
    get isForm() {
        return this.screen?.ask_order === "form";
    }

    /** Whether questions keep their places, whatever is answered. */
    get isInFixedOrder() {
        return ["form", "questionnaire"].includes(this.screen?.ask_order);
    }

    /** The question that is next in the list. */
    get nextInList() {
        return this.getByStatus(...WANTED)[0]?.id || false;
    }

    /**
     * Shows what comes of an operation, where that has been fetched.
     *
     * @returns {boolean} whether it has
     */
    anticipate(operation) {
        const {answerIds, method, questionId} = operation;
        const difference =
            this.isForeseeable &&
            this.ahead.get(this.screen.basis, questionId, answerIds || method);
        if (!difference) {
            return false;
        }
        operation.basis = difference.basis;
        this.receive(applyDifference(this.screen, difference, operation));
        return true;
    }

    /** Whether it is known what comes of all that is on its way to the server. */
    get isForeseeable() {
        return this.outbox.operations.every(({basis}) => basis);
    }

    /** Fetches what may follow the question on the screen. */
    lookAhead() {
        const {id, question, screen} = this;
        if (!question || !this.canWrite || !this.isForeseeable) {
            return;
        }
        const pending = this.outbox.operations.map((operation) => [
            operation.questionId,
            operation.answerIds || operation.method,
        ]);
        this.ahead.look(question, screen.basis, (choices) =>
            this.orm.call(MODEL, "get_ahead", [[id], question.id, choices, pending])
        );
    }

    // ------------------------------------------------------------------
    // Saving
    // ------------------------------------------------------------------

    /** @returns {Promise<boolean>} whether everything is saved */
    async send() {
        const isSaved = await this.outbox.send((operation) => this.deliver(operation), {
            onRefused: (words) => this.onRefused(words),
            onRetry: () => this.sendAndGoOn(),
        });
        this.hasSaved = isSaved;
        return isSaved;
    }

    /** @returns {Promise<boolean>} whether to go on with the next operation */
    async deliver({method, args, basis}) {
        const {id} = this;
        const screen = await this.orm.call(MODEL, method, [[id], ...args]);
        if (id !== this.id) {
            return false; // another interview is on the screen by now
        }
        this.outbox.onDelivered();
        this.keep();
        // what is on the screen goes further already, and nothing came between
        if (!this.outbox.length || !basis || basis !== screen.basis) {
            this.receive(screen);
            this.lookAhead();
        }
        return true;
    }

    async onRefused(words) {
        this.keep();
        this.refusal = words;
        await this.refresh();
    }

    retry() {
        if (this.outbox.length) {
            this.sendAndGoOn();
        }
    }

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

    /** Reads again what the server has: others may have changed it. */
    async refresh() {
        const {id} = this;
        try {
            const screen = await this.orm.call(MODEL, "get_screen", [[id]]);
            if (id === this.id) {
                this.receive(screen);
                this.lookAhead();
            }
        } catch (error) {
            if (error instanceof RPCError) {
                this.fatal = this.explain(error);
            }
            // without a connection what is on the screen has to do
        }
    }

    /** Has the browser keep what is not saved. */
    keep() {
        const {drafts, outbox} = this;
        remember(this.id, {operations: outbox.operations, drafts});
    }

    recollect() {
        const kept = recall(this.id);
        if (kept) {
            this.outbox.operations = kept.operations;
            this.drafts = kept.drafts;
        }
    }
}

/** @returns {Interview} on which components can look with `useState` */
export function makeInterview(orm) {
    return reactive(new Interview(orm));
}

function about({id}) {
    return {args: [id], questionId: id};
}

function isSameSet(ids, others) {
    return ids.length === others.length && ids.every((id) => others.includes(id));
}

/** @returns {Map<number, string>} the group of each profile */
function getGroups(screen) {
    const groups = new Map();
    for (const group of ["matched", "open", "ruled_out"]) {
        for (const {id} of getGroup(screen, group)) {
            groups.set(id, group);
        }
    }
    return groups;
}

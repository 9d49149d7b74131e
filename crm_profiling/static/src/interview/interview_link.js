import {markRaw} from "@odoo/owl";
import {pick} from "@web/core/utils/objects";
import {explain, getFailure, isRefusal} from "../catalog/server/failures";
import {Ahead, applyDifference} from "./ahead";
import {InterviewOrder} from "./interview_order";
import {recall, remember} from "./kept";
import {sayHowLongAgo} from "./outbox";

export const MODEL = "crm.profiling.interview";

/**
 * An interview that talks with the server: what is done waits in an outbox until it is
 * saved, is kept in the browser as well, and what may come of it is fetched ahead.
 */
export class InterviewLink extends InterviewOrder {
    constructor(orm) {
        super();
        /** How often the screen was read, and something done: what was read before is old. */
        this.isOver = false;
        this.reads = 0;
        this.isBehind = false;
        this.changes = 0;
        this.orm = markRaw(orm.silent); // the screen itself says that it is saving
        this.ahead = markRaw(new Ahead());
    }

    forget() {
        this.outbox?.stop();
        this.ahead?.forget();
        super.forget();
    }

    /** Nobody looks at it any more. */
    stop() {
        this.isOver = true;
        this.outbox.stop();
    }

    /** What waited to be sent again is to be sent now. */
    onRetry() {
        return this.send();
    }

    // ------------------------------------------------------------------
    // Reading
    // ------------------------------------------------------------------

    /**
     * Shows another interview, or that there is none. Until it is there, and where it
     * cannot be had, what is on the screen stays there.
     *
     * @param {() => Promise<Object | false>} call
     * @returns {Promise<boolean>} whether something else is on the screen now; never
     *  while another one is loaded already
     */
    async load(call) {
        if (this.isLoading) {
            return false;
        }
        Object.assign(this, {isLoading: true, refusal: ""});
        try {
            const screen = await call();
            if (!screen || this.isOver) {
                return false;
            }
            this.start(screen);
        } catch (error) {
            await this.onNotLoaded(error);
            return !this.screen;
        } finally {
            this.isLoading = false;
        }
        if (this.outbox.length) {
            this.send();
        } else {
            this.lookAhead();
        }
        return true;
    }

    /** Forgets the interview before, and begins with what the server says. */
    start(screen) {
        this.forget();
        if (screen.finished || screen.left) {
            this.finishedQueue = screen.queue || false;
            this.nobody = screen.whom || false;
            this.left = screen.left && pick(screen, "partner_id", "name");
            return;
        }
        this.receive(screen);
        this.recollect();
        this.visited = this.getAnsweredBefore();
        this.visitQuestion(this.getNextId());
        this.firstVisit = this.visit;
    }

    async onNotLoaded(error) {
        const words = explain(error);
        if (!this.screen) {
            this.fatal = words;
            return;
        }
        this.refusal = words;
        if (isRefusal(error)) {
            await this.refresh(); // it may be gone
        }
    }

    /**
     * Others may have noted something. What is being saved may have been on its way
     * before they did: then it is read once that is through.
     */
    async catchUp() {
        this.isBehind = Boolean(this.outbox.length);
        if (this.screen && !this.isBehind) {
            await this.refresh();
        }
    }

    /**
     * Reads again what the server has. What may follow is asked for beside it, for the
     * question that stays on the screen.
     */
    async refresh() {
        const {changes, id} = this;
        const read = ++this.reads;
        const isNewest = () =>
            id === this.id && read === this.reads && changes === this.changes;
        const ahead = this.lookAnew();
        try {
            const screen = await this.orm.call(MODEL, "get_screen", [[id]]);
            const useAhead = await ahead;
            if (isNewest()) {
                this.receive(screen);
                useAhead?.();
                this.lookAhead();
            }
        } catch (error) {
            if (isRefusal(error) && id === this.id) {
                this.fatal = explain(error);
            } else {
                getFailure(error); // it passes: what is on the screen has to do
            }
        }
    }

    /** What was said before; nothing where it cannot be read just now. */
    async getHistory() {
        try {
            return await this.orm.call(MODEL, "get_history", [[this.id]]);
        } catch (error) {
            this.refusal = explain(error);
            return {interviews: [], answers: [], notes: []};
        }
    }

    // ------------------------------------------------------------------
    // Saving
    // ------------------------------------------------------------------

    /** @returns {Promise<boolean>} whether everything is saved */
    async send() {
        if (this.isOver) {
            return false;
        }
        const {id} = this;
        const isSaved = await this.outbox.send((operation) => this.deliver(operation), {
            onRefused: (words, operation) =>
                id === this.id && this.onRefused(words, operation),
            onRetry: () => this.onRetry(),
        });
        this.hasSaved = isSaved;
        if (isSaved && this.isBehind) {
            this.catchUp();
        }
        return isSaved;
    }

    /** @returns {Promise<boolean>} whether to go on with the next operation */
    async deliver(operation) {
        const {method, args, basis, form} = operation;
        const {id} = this;
        const screen = await this.orm.call(
            MODEL,
            method,
            [[id], ...args],
            sayHowLongAgo(operation)
        );
        if (id !== this.id) {
            return false; // another interview is on the screen by now
        }
        this.outbox.onDelivered();
        this.changes += 1;
        delete this.forms[form];
        if (method === "finish") {
            this.drafts = {}; // they are in the note
        }
        this.keep();
        // what is on the screen goes further already, and nothing came between
        if (!this.outbox.length || !basis || basis !== screen.basis) {
            this.receive(screen);
            this.lookAhead();
        }
        return true;
    }

    /** What was ticked and written for it is still there. */
    async onRefused(words, {draft, questionId}) {
        if (draft) {
            this.drafts[questionId] = {...draft, ...this.drafts[questionId]};
        }
        this.keep();
        this.refusal = words;
        await this.refresh();
    }

    /** Has the browser keep what is not saved. */
    keep() {
        const {drafts, forms, outbox} = this;
        remember(this.id, {operations: outbox.operations, drafts, forms});
    }

    /** Keeps what is typed into a form, or drops what is saved. */
    keepForm(name, values) {
        if (values) {
            this.forms[name] = values;
        } else {
            delete this.forms[name];
        }
        this.keep();
    }

    recollect() {
        const kept = recall(this.id);
        if (kept) {
            this.outbox.operations = kept.operations;
            this.drafts = kept.drafts;
            this.forms = kept.forms;
        }
    }

    // ------------------------------------------------------------------
    // Looking ahead
    // ------------------------------------------------------------------

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
        if (this.canLookAhead) {
            const {question, screen} = this;
            this.ahead.look(question, screen.basis, this.fetchAhead(question));
        }
    }

    /** As `lookAhead`, before it is known what the screen goes by. */
    lookAnew() {
        const {question} = this;
        return this.canLookAhead
            ? this.ahead.lookAnew(question, this.fetchAhead(question))
            : undefined;
    }

    get canLookAhead() {
        return Boolean(this.question) && this.canWrite && this.isForeseeable;
    }

    fetchAhead({id: questionId}) {
        const {id} = this;
        const pending = this.outbox.operations.map((operation) => [
            operation.questionId,
            operation.answerIds || operation.method,
        ]);
        return (choices) =>
            this.orm.call(MODEL, "get_ahead", [[id], questionId, choices, pending]);
    }
}

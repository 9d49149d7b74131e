import {markRaw} from "@odoo/owl";
import {pick} from "@web/core/utils/objects";
import {explain, getFailure, isRefusal} from "../catalog/server/failures";
import {Ahead} from "./ahead";
import {lookAhead, lookAnew} from "./foresight";
import {InterviewKept} from "./interview_kept";
import {sayHowLongAgo} from "./outbox";

export const MODEL = "crm.profiling.interview";

/** An interview that talks with the server: what is done is sent there, in order. */
export class InterviewLink extends InterviewKept {
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
            lookAhead(this);
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
        const ahead = lookAnew(this);
        try {
            const screen = await this.orm.call(MODEL, "get_screen", [[id]]);
            const useAhead = await ahead;
            if (isNewest()) {
                this.receive(screen);
                useAhead?.();
                lookAhead(this);
            }
        } catch (error) {
            if (isRefusal(error) && id === this.id) {
                this.fatal = explain(error);
            } else {
                getFailure(error); // it passes: what is on the screen has to do
            }
        }
    }

    /**
     * What may follow a question.
     *
     * @param {number} questionId
     * @param {Array} choices that may be made there
     * @param {Array} pending those that are on their way to the server
     */
    getAhead(questionId, choices, pending) {
        return this.orm.call(MODEL, "get_ahead", [
            [this.id],
            questionId,
            choices,
            pending,
        ]);
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
            lookAhead(this);
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
}

import {markRaw} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {ConnectionLostError, RPCError} from "@web/core/network/rpc";
import {Ahead, applyDifference} from "./ahead";
import {InterviewState} from "./interview_state";
import {recall, remember} from "./kept";
import {sayHowLongAgo} from "./outbox";

export const MODEL = "crm.profiling.interview";

/**
 * An interview that talks with the server: what is done waits in an outbox until it is
 * saved, is kept in the browser as well, and what may come of it is fetched ahead.
 */
export class InterviewLink extends InterviewState {
    constructor(orm) {
        super();
        this.orm = markRaw(orm.silent); // the screen itself says that it is saving
        this.ahead = markRaw(new Ahead());
    }

    forget() {
        this.outbox?.stop();
        this.ahead?.forget();
        super.forget();
    }

    stop() {
        this.outbox.stop();
    }

    /** What waited to be sent again is to be sent now. */
    onRetry() {
        return this.send();
    }

    // ------------------------------------------------------------------
    // Reading
    // ------------------------------------------------------------------

    async load(call) {
        this.forget();
        try {
            const screen = await call();
            if (screen.finished || screen.left) {
                this.finishedQueue = screen.queue || false;
                this.nobody = screen.whom || false;
                this.leftPartnerId = screen.partner_id || false;
                return;
            }
            this.receive(screen);
            this.recollect();
            this.visited = this.getAnsweredBefore();
            this.visitQuestion(this.getNextId());
            this.firstVisit = this.visit;
        } catch (error) {
            this.fatal = this.explain(error);
        }
        if (this.outbox.length) {
            this.send();
        } else {
            this.lookAhead();
        }
    }

    /** Others may have noted something. While something is saved, that brings it along. */
    async catchUp() {
        const isIdle = () => Boolean(this.screen) && !this.outbox.length;
        if (isIdle()) {
            await this.refresh(isIdle);
        }
    }

    /**
     * Reads again what the server has. What may follow is asked for beside it, for the
     * question that stays on the screen.
     *
     * @param {() => boolean} [isWanted] whether it still is, once it has come
     */
    async refresh(isWanted = () => true) {
        const {id} = this;
        const ahead = this.lookAnew();
        try {
            const screen = await this.orm.call(MODEL, "get_screen", [[id]]);
            const useAhead = await ahead;
            if (id === this.id && isWanted()) {
                this.receive(screen);
                useAhead?.();
                this.lookAhead();
            }
        } catch (error) {
            if (error instanceof RPCError) {
                this.fatal = this.explain(error);
            }
            // without a connection what is on the screen has to do
        }
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
    // Saving
    // ------------------------------------------------------------------

    /** @returns {Promise<boolean>} whether everything is saved */
    async send() {
        const isSaved = await this.outbox.send((operation) => this.deliver(operation), {
            onRefused: (words) => this.onRefused(words),
            onRetry: () => this.onRetry(),
        });
        this.hasSaved = isSaved;
        return isSaved;
    }

    /** @returns {Promise<boolean>} whether to go on with the next operation */
    async deliver(operation) {
        const {method, args, basis} = operation;
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

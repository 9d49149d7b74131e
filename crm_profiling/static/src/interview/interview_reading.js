import {markRaw} from "@odoo/owl";
import {pick} from "@web/core/utils/objects";
import {explain, getFailure, isRefusal} from "../catalog/server/failures";
import {Ahead} from "./ahead";
import {lookAhead, lookAnew} from "./foresight";
import {InterviewKept} from "./interview_kept";

export const MODEL = "crm.profiling.interview";

/** An interview as the server has it: what is there is read, and read again. */
export class InterviewReading extends InterviewKept {
    constructor(orm) {
        super();
        this.isOver = false;
        /** Whether others noted something that is to be read once all is saved. */
        this.isBehind = false;
        /** How often the screen was read, and something done: what was read before is old. */
        this.reads = 0;
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
        this.onLoaded();
        return true;
    }

    /** It is on the screen. */
    onLoaded() {
        lookAhead(this);
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
}

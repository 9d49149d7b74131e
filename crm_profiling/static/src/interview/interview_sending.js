import {lookAhead} from "./foresight";
import {InterviewReading, MODEL} from "./interview_reading";
import {sayHowLongAgo} from "./outbox";

/** An interview of which what is done is sent to the server, in order. */
export class InterviewSending extends InterviewReading {
    /** What the browser has kept is sent first. */
    onLoaded() {
        if (this.outbox.length) {
            this.send();
        } else {
            super.onLoaded();
        }
    }

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

    /** What waited to be sent again is to be sent now. */
    onRetry() {
        return this.send();
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

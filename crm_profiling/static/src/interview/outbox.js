import {browser} from "@web/core/browser/browser";
import {getFailure, isRefusal} from "../catalog/server/failures";

/** Milliseconds before what was not saved is sent again: at first, and at most. */
const RETRY_FIRST = 2000;
const RETRY_LONGEST = 30000;

/**
 * @typedef {{
 *  method: string,
 *  args: any[],
 *  questionId?: number,
 *  answerIds?: number[],
 *  comment?: string,
 *  number?: string,
 *  draft?: Object,
 *  form?: string,
 *  at?: number,
 *  basis?: string,
 * }} Operation of the user that the server is told of, in one call; `draft`: what was
 *  ticked and written for it; `form`: which it was typed into; `at`: milliseconds of
 *  when it was said; `basis`: of which screen it was foreseen what comes of it
 */

/** Milliseconds after which what arrives is told with how long ago it was said. */
const LATE = 3000;
/** What is kept with its moment. */
const DATED = new Set(["answer", "finish"]);

/**
 * What was done in an interview and is not saved yet.
 *
 * Operations are sent one after the other. One that is lost on the way stays here and is
 * sent again. All of them say what shall be, not what to change, and can therefore be
 * sent twice.
 */
export class Outbox {
    constructor() {
        /** @type {Operation[]} */
        this.operations = [];
        this.isSending = false;
        /** Why they could not be sent: "connection", "server", "session". */
        this.failure = false;
        this.retryDelay = RETRY_FIRST;
        this.retryTimer = undefined;
    }

    get length() {
        return this.operations.length;
    }

    push(operation) {
        this.operations.push({...operation, at: Date.now()});
    }

    /**
     * Takes something back, to be said otherwise, unless it is on its way already.
     *
     * @returns {boolean} whether it was there
     */
    takeBack(method) {
        const index = this.operations.findIndex(
            (one, place) => one.method === method && !(this.isSending && !place)
        );
        if (index < 0) {
            return false;
        }
        this.operations.splice(index, 1);
        if (!this.operations.length) {
            this.stop();
            this.failure = false;
        }
        return true;
    }

    /** The last operation on a question. */
    getLast(questionId) {
        return this.operations.findLast(
            (operation) => operation.questionId === questionId
        );
    }

    /**
     * Sends all there are, those that come meanwhile as well.
     *
     * @param {(operation: Operation) => Promise<boolean>} deliver whether to go on
     * @param {{ onRefused: Function, onRetry: Function }} handlers called with the
     *  server's words and what it refuses, and once the time has come to send again
     * @returns {Promise<boolean>} whether everything is saved
     */
    send(deliver, handlers) {
        this.sending ||= this.sendAll(deliver, handlers).finally(() => {
            this.sending = null;
        });
        return this.sending;
    }

    async sendAll(deliver, handlers) {
        this.stop();
        this.isSending = true;
        try {
            while (this.operations.length) {
                if (!(await this.sendFirst(deliver, handlers))) {
                    return false;
                }
            }
            return true;
        } finally {
            this.isSending = false;
        }
    }

    async sendFirst(deliver, {onRefused, onRetry}) {
        const [operation] = this.operations;
        try {
            return await deliver(operation);
        } catch (error) {
            if (isRefusal(error)) {
                this.onDelivered();
                await onRefused(error.data.message, operation);
                if (this.operations.length) {
                    this.retry(onRetry);
                }
                return false;
            }
            this.failure = getFailure(error);
            this.retry(onRetry, this.retryDelay);
            this.retryDelay = Math.min(2 * this.retryDelay, RETRY_LONGEST);
            return false;
        }
    }

    /** The first operation is done with. */
    onDelivered() {
        this.operations.shift();
        Object.assign(this, {failure: false, retryDelay: RETRY_FIRST});
    }

    retry(onRetry, delay = 0) {
        this.stop();
        this.retryTimer = browser.setTimeout(onRetry, delay);
    }

    stop() {
        browser.clearTimeout(this.retryTimer);
    }
}

/**
 * How long ago something was said that could not be told at once. It says so by the
 * clock that it was said by: the server's may be another.
 *
 * @param {Operation} operation
 * @returns {{ said_ago?: number }} seconds, as the server is told them
 */
export function sayHowLongAgo({at, method}) {
    const age = Date.now() - at;
    return DATED.has(method) && age >= LATE ? {said_ago: Math.round(age / 1000)} : {};
}

import {markRaw, reactive} from "@odoo/owl";

/**
 * Milliseconds in which the same key, pressed again, is taken for an accident; where one
 * types what is on paper, only a key that bounces is, or a finger that trembles: nobody
 * presses one key twice on purpose within so short a time (170 are a fast typist's).
 */
const PAUSE = 400;
const BOUNCE = 110;

/** Keys that mean something to the question on the screen, and to no other. */
const ANSWERING = /^(\d|enter|space|s|d|delete)$/;

/**
 * Sees to it that a key counts for the question that was on the screen when it was
 * pressed.
 *
 * One pressed too early waits where the user knows what comes, in a fixed order, and is
 * refused where only the next question says what it would mean. A key pressed, or a mouse
 * clicked, twice by accident is refused as well.
 */
export class Typing {
    constructor(interview) {
        this.interview = interview;
        /** Keys for a question that is not on the screen yet. */
        this.waiting = [];
        /** The question that they are for. */
        this.expectedId = false;
        /** What was refused last, until something else is pressed. */
        this.refused = "";
        /** The last key that counted, when one was pressed, and a question shown, last. */
        this.last = markRaw({key: "", questionId: false, at: 0, shownAt: 0});
        /** When the key that is looked at was pressed: perhaps a while ago. */
        this.pressed = markRaw({at: 0});
    }

    /**
     * Does what a key means, as pressed when it was: a screen that was busy takes several
     * at once.
     *
     * @param {number} at milliseconds, by the clock
     * @param {() => void} act
     */
    as(at, act) {
        this.pressed.at = at;
        try {
            return act();
        } finally {
            this.pressed.at = 0;
        }
    }

    isAnswering(key) {
        return ANSWERING.test(key);
    }

    /** Something else was pressed since, where keys are not looked at. */
    onTyped() {
        this.last.key = "";
    }

    /** Another question has come: whatever waits for it is pressed now. */
    onShown(questionId, press) {
        this.last.shownAt = Date.now();
        if (!this.waiting.length) {
            return;
        }
        if (this.expectedId !== questionId) {
            this.refuse(); // the question they were for is not asked any more
            return;
        }
        while (this.waiting.length && this.isCurrent(questionId)) {
            const {key, at} = this.waiting.shift();
            this.as(at, () => press(key));
        }
        this.expectedId = this.interview.nextInList;
    }

    /** Nothing is asked any more, or something else is on the screen. */
    onNothingShown() {
        if (this.waiting.length) {
            this.refuse();
        }
    }

    isCurrent(questionId) {
        return (
            this.interview.questionId === questionId &&
            !this.interview.isBusy(questionId)
        );
    }

    /**
     * A key was pressed that is not for the question on the screen: for the one that is
     * about to be drawn, or else for the next one.
     */
    onEarly(key, at, shownId) {
        const {interview} = this;
        if (!interview.isInFixedOrder || interview.isLoading) {
            this.refuse(key);
            return;
        }
        if (!this.waiting.length) {
            const isLeft = interview.questionId !== shownId;
            this.expectedId = isLeft ? interview.questionId : interview.nextInList;
        }
        this.waiting.push({key, at});
    }

    refuse(...keys) {
        const waiting = this.waiting.map(({key}) => key);
        this.refused = [...waiting, ...keys].join(" ").toUpperCase();
        this.waiting = [];
    }

    /**
     * @param {string} key or "click"
     * @param {number | false} questionId the question it is pressed at
     * @returns {boolean} whether to leave it
     */
    isAccident(key, questionId) {
        const {last} = this;
        const now = this.pressed.at || Date.now();
        // from paper one types without looking: only what bounces is no key
        const isPaper = this.interview.isInFixedOrder && key !== "click";
        const isSoon = isPaper
            ? now - last.at < BOUNCE
            : now - Math.max(last.at, last.shownAt) < PAUSE;
        const isAccident = isSoon && key === last.key && questionId !== last.questionId;
        last.at = now;
        if (isAccident) {
            this.refuse(key === "click" ? "" : key);
        } else {
            this.refused = "";
            Object.assign(last, {key, questionId});
        }
        return isAccident;
    }
}

/** @returns {Typing} on which components can look with `useState` */
export function makeTyping(interview) {
    return reactive(new Typing(interview));
}

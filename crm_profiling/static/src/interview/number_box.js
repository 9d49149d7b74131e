import {useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {findByDigits, readNumber} from "../catalog/questions/numbers";

/** The box of a question that is answered by a number. */
class NumberBox {
    /**
     * @param {{
     *  shown: QuestionShown,
     *  typing: Typing,
     *  root: { el: HTMLElement },
     *  isAccident: (by: string) => boolean,
     *  goOn: (by: string) => void,
     *  focusAnswers: () => void,
     * }} card `root`: of the card that it is on
     * @param {{ el: HTMLElement }} input
     * @param {Object} state
     */
    constructor(card, input, state) {
        this.card = card;
        this.input = input;
        this.state = state;
        this.isReading = false;
    }

    get interview() {
        return this.card.shown.interview;
    }

    get question() {
        return this.card.shown.question;
    }

    get placeholder() {
        return this.interview.getNumber(this.question) || _t("Number");
    }

    get typed() {
        return this.interview.getTyped(this.question);
    }

    /** The answer that the number belongs to, as far as that can be seen. */
    get answer() {
        return findByDigits(this.question, this.typed);
    }

    get problem() {
        return this.state.problem;
    }

    /** A digit that was typed at the question goes into the box. */
    takeDigit(digit) {
        const input = this.input.el;
        if (!this.card.shown.isDisabled && input) {
            this.type(this.typed + digit);
            input.value = this.typed; // before the next key
            input.focus();
        }
    }

    type(text) {
        this.state.problem = "";
        this.card.typing.onTyped();
        this.interview.draftNumber(this.question, text);
    }

    onInput(ev) {
        this.type(ev.target.value);
    }

    onKeydown(ev) {
        const {focusAnswers, goOn, shown} = this.card;
        if (ev.key === "Enter" && !ev.isComposing) {
            if (this.typed.trim()) {
                this.enter("enter");
            } else if (shown.canGoOn) {
                goOn("enter");
            } else {
                focusAnswers();
            }
        } else if (ev.key === "Escape") {
            this.type("");
            focusAnswers();
        } else {
            return;
        }
        ev.preventDefault();
        ev.stopPropagation();
    }

    /** Answers with the number typed: digits at once, others once they are read. */
    async enter(by) {
        const {isAccident, root, shown} = this.card;
        if (isAccident(by) || shown.isDisabled || this.isReading) {
            return;
        }
        const {interview, question, answer} = this;
        const number = this.typed.trim();
        // what is typed from now on is for the next question
        root.el.focus({preventScroll: true});
        let answerId = answer?.id;
        if (!answerId) {
            this.isReading = true;
            const read = await readNumber(interview.orm, question, number).finally(
                () => (this.isReading = false)
            );
            if (read.problem || interview.questionId !== shown.id) {
                this.state.problem = read.problem;
                this.input.el?.focus();
                return;
            }
            answerId = read.answerId;
        }
        interview.confirm(question, {answerIds: [answerId], number});
    }
}

/** @returns {NumberBox} of the card that is set up */
export function useNumberBox(card) {
    return new NumberBox(card, useRef("number"), useState({problem: ""}));
}

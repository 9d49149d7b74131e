import {useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {useAutofocus} from "@web/core/utils/hooks";

/** The box for what is said besides; and for the words that an answer asks for. */
class CommentBox {
    /**
     * @param {{
     *  shown: QuestionShown,
     *  give: (answerIds: number[]) => void,
     *  focusAnswers: () => void,
     * }} card that it is on
     * @param {Object} state
     */
    constructor(card, state) {
        this.card = card;
        this.state = state;
    }

    get shown() {
        return this.card.shown;
    }

    get isOpen() {
        return this.state.isOpen;
    }

    /** Whether words that were asked for are missing. */
    get isLacking() {
        return this.state.isLacking;
    }

    get placeholder() {
        return this.shown.worded
            ? _t("What else? Enter goes on")
            : _t("What was said besides; Enter closes it");
    }

    open() {
        if (!this.shown.isDisabled) {
            this.state.isOpen = true;
        }
    }

    onInput(ev) {
        const {interview, question} = this.shown;
        this.state.isLacking = false;
        interview.draftComment(question, ev.target.value);
    }

    onKeydown(ev) {
        const isDone = ev.key === "Enter" && !ev.shiftKey && !ev.isComposing;
        if (isDone || ev.key === "Escape") {
            ev.preventDefault();
            ev.stopPropagation();
            this.close(isDone);
        }
    }

    /** It is saved with the answer; where there is one already, at once. */
    close(isDone) {
        const {interview, question, worded} = this.shown;
        if (worded && interview.hasTicks(question)) {
            this.closeWords(isDone);
            return;
        }
        this.state.isOpen = false;
        this.card.focusAnswers();
        if (interview.hasChanges(question) && !interview.hasTicks(question)) {
            interview.confirm(question, {stay: true});
        }
    }

    /** Words that an answer asks for: with them it is given. */
    closeWords(isDone) {
        const {chosenIds, comment, interview, question} = this.shown;
        if (isDone && !comment.trim()) {
            this.state.isLacking = true;
            return;
        }
        Object.assign(this.state, {isOpen: false, isLacking: false});
        this.card.focusAnswers();
        if (isDone) {
            this.card.give(chosenIds);
        } else {
            interview.tick(question, interview.getConfirmedIds(question));
        }
    }
}

/** @returns {CommentBox} of the card that is set up */
export function useCommentBox(card) {
    useAutofocus({refName: "comment", mobile: true});
    return new CommentBox(card, useState({isOpen: false, isLacking: false}));
}

import {_t} from "@web/core/l10n/translation";
import {findByDigits, readNumber} from "../catalog/questions/numbers";
import {QuestionShown} from "./question_shown";

/** What is said beside an answer, or instead of choosing one: numbers and words. */
export class QuestionSaid extends QuestionShown {
    // ------------------------------------------------------------------
    // Numbers
    // ------------------------------------------------------------------

    get numberPlaceholder() {
        return this.interview.getNumber(this.question) || _t("Number");
    }

    get typedNumber() {
        return this.interview.getTyped(this.question);
    }

    /** The answer that the number belongs to, as far as that can be seen. */
    get typedAnswer() {
        return findByDigits(this.question, this.typedNumber);
    }

    /** A digit that was typed at the question goes into the box. */
    typeDigit(digit) {
        const input = this.numberInput.el;
        if (!this.isDisabled && input) {
            this.type(this.typedNumber + digit);
            input.value = this.typedNumber; // before the next key
            input.focus();
        }
    }

    type(text) {
        this.state.problem = "";
        this.typing.onTyped();
        this.interview.draftNumber(this.question, text);
    }

    onNumberInput(ev) {
        this.type(ev.target.value);
    }

    onNumberKeydown(ev) {
        if (ev.key === "Enter" && !ev.isComposing) {
            if (this.typedNumber.trim()) {
                this.enterNumber("enter");
            } else if (this.canGoOn) {
                this.goOn("enter");
            } else {
                this.focusCurrent();
            }
        } else if (ev.key === "Escape") {
            this.type("");
            this.focusCurrent();
        } else {
            return;
        }
        ev.preventDefault();
        ev.stopPropagation();
    }

    /** Answers with the number typed: digits at once, others once they are read. */
    async enterNumber(by) {
        if (this.isAccident(by) || this.isDisabled || this.isReading) {
            return;
        }
        const {interview, question, typedAnswer} = this;
        const number = this.typedNumber.trim();
        // what is typed from now on is for the next question
        this.root.el.focus({preventScroll: true});
        let answerId = typedAnswer?.id;
        if (!answerId) {
            this.isReading = true;
            const read = await readNumber(interview.orm, question, number).finally(
                () => (this.isReading = false)
            );
            if (read.problem || interview.questionId !== this.questionId) {
                this.state.problem = read.problem;
                this.numberInput.el?.focus();
                return;
            }
            answerId = read.answerId;
        }
        interview.confirm(question, {answerIds: [answerId], number});
    }

    // ------------------------------------------------------------------
    // Words
    // ------------------------------------------------------------------

    /** The chosen answer that asks for words. */
    get worded() {
        const {chosenIds} = this;
        return this.question.answers.find(
            ({id, needs_words: needsWords}) => needsWords && chosenIds.includes(id)
        );
    }

    /** Whether an answer asks for words, and there are none of it yet. */
    isToBeWorded({id, needs_words: needsWords}) {
        const isGiven = this.interview.getConfirmedIds(this.question).includes(id);
        return needsWords && !(isGiven && this.comment);
    }

    get commentPlaceholder() {
        return this.worded
            ? _t("What else? Enter goes on")
            : _t("What was said besides; Enter closes it");
    }

    /** Words that an answer asks for: with them it is given. */
    closeWords(isDone) {
        if (isDone && !this.comment.trim()) {
            this.state.isLacking = true;
            return;
        }
        this.state.isCommenting = false;
        this.state.isLacking = false;
        this.focusCurrent();
        if (isDone) {
            this.give(this.chosenIds);
        } else {
            this.interview.tick(
                this.question,
                this.interview.getConfirmedIds(this.question)
            );
        }
    }
}

import {_t} from "@web/core/l10n/translation";
import {formatList} from "@web/core/l10n/utils";
import {formatDay} from "../catalog/server/moments";

/** With more answers than there are digits, one can be found by its words. */
const MANY_ANSWERS = 9;

/** What the card of a question shows: its answers, and what is known of it already. */
export class QuestionShown {
    /**
     * @param {Interview} interview
     * @param {number} id of the question
     */
    constructor(interview, id) {
        this.interview = interview;
        this.id = id;
    }

    get question() {
        return this.interview.getQuestion(this.id);
    }

    get isMultiple() {
        return this.question.mode === "multiple";
    }

    get isDisabled() {
        return !this.interview.canWrite;
    }

    get chosenIds() {
        return this.interview.getAnswerIds(this.question);
    }

    /** Answers that can be given; an archived one only where it was given. */
    get answers() {
        const {chosenIds} = this;
        return this.question.answers
            .filter(({id, active}) => active || chosenIds.includes(id))
            .map((answer, index) => ({...answer, number: index + 1}));
    }

    get hasMany() {
        return this.answers.length > MANY_ANSWERS;
    }

    get isLong() {
        return this.answers.some(({name}) => name.length > 40);
    }

    get status() {
        return this.interview.getStatus(this.question);
    }

    get unsaved() {
        return this.interview.getUnsaved(this.id);
    }

    get isBusy() {
        return this.interview.isBusy(this.id);
    }

    /** Whether Enter goes on without changing anything. */
    get canGoOn() {
        return Boolean(
            (this.unsaved && this.interview.outbox.failure) ||
                this.isDisabled ||
                (this.status === "answered" && !this.interview.hasTicks(this.question))
        );
    }

    get canConfirm() {
        return (
            this.isMultiple &&
            !this.isDisabled &&
            (this.chosenIds.length > 0 || this.interview.hasTicks(this.question))
        );
    }

    get comment() {
        return this.interview.getComment(this.question);
    }

    /** What is known of the question already. */
    get notice() {
        const {given} = this.question;
        switch (this.status) {
            case "stale":
                return _t("Answered on %(date)s: %(answers)s. Is that still so?", {
                    date: formatDay(given[0].date),
                    answers: this.getGivenNames(given),
                });
            case "answered":
                return this.answeredNotice;
            case "declined":
                return _t("Did not want to answer this.");
            case "skipped":
                return _t("Skipped before.");
            case "not_needed":
                return _t("The answer cannot change anything any more.");
        }
        return "";
    }

    get answeredNotice() {
        const [given] = this.question.given;
        if (this.unsaved || !given?.date) {
            return "";
        }
        const date = formatDay(given.date);
        if (given.by_me || !given.user) {
            return _t("Answered on %s.", date);
        }
        return _t("Answered on %(date)s, noted by %(user)s.", {date, user: given.user});
    }

    getGivenNames(given) {
        const ids = given.map(({answer_id: id}) => id);
        const names = this.question.answers
            .filter(({id}) => ids.includes(id))
            .map(({name}) => name);
        return formatList(names, {style: "unit"});
    }

    isChosen({id}) {
        return this.chosenIds.includes(id);
    }

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
}

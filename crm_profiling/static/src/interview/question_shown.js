import {Component} from "@odoo/owl";
import {deserializeDateTime, toLocaleDateString} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {formatList, normalize} from "@web/core/l10n/utils";

/** With more answers than there are digits, one can be found by its words. */
const MANY_ANSWERS = 9;

/** What the card of a question shows: its answers, and what is known of it already. */
export class QuestionShown extends Component {
    get question() {
        return this.interview.getQuestion(this.questionId);
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

    get shownAnswers() {
        const text = normalize(this.state.text.trim());
        return this.answers.filter(({name}) => !text || normalize(name).includes(text));
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
        return this.interview.getUnsaved(this.questionId);
    }

    get isBusy() {
        return this.interview.isBusy(this.questionId);
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
                    date: this.formatDay(given[0].date),
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

    get refusedLabel() {
        const {refused} = this.typing;
        return (
            refused &&
            _t("Not taken: %s. It came too early for this question.", refused)
        );
    }

    get answeredNotice() {
        const [given] = this.question.given;
        if (this.unsaved || !given?.date) {
            return "";
        }
        const date = this.formatDay(given.date);
        if (given.by_me || !given.user) {
            return _t("Answered on %s.", date);
        }
        return _t("Answered on %(date)s, noted by %(user)s.", {date, user: given.user});
    }

    formatDay(date) {
        return toLocaleDateString(deserializeDateTime(date));
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

    /** One answer is reached by Tab, the others by the arrows. */
    getTabindex({id}) {
        return this.currentId === id ? 0 : -1;
    }

    get currentId() {
        const {shownAnswers} = this;
        const current =
            shownAnswers.find(({id}) => id === this.state.currentId) ||
            shownAnswers.find((answer) => this.isChosen(answer)) ||
            shownAnswers[0];
        return current?.id;
    }
}

import {readNumber} from "../catalog/questions/numbers";
import {InterviewAsking} from "./interview_asking";

/** An interview of which nothing is left unsaved: neither ticks nor what waits. */
export class InterviewSaving extends InterviewAsking {
    /** Saves whatever is not saved yet, before the screen is left. */
    async flush() {
        if (!this.screen) {
            return true;
        }
        return (await this.confirmAll()) && (!this.outbox.length || this.send());
    }

    /**
     * Gives the answers that were ticked or typed and not confirmed.
     *
     * @returns {Promise<boolean>} whether they are saved, or wait to be; where not, it
     *  says why
     */
    async confirmAll() {
        this.refusal = "";
        const changed = this.questions.filter(
            (question) => question.active && this.hasChanges(question)
        );
        const all = [
            ...changed.map((question) => [question]),
            ...(await this.readAll()),
        ];
        if (this.refusal) {
            return false;
        }
        const saved = await Promise.all(
            all.map(([question, options]) =>
                this.confirm(question, {...options, stay: true})
            )
        );
        return saved.every(Boolean) || Boolean(this.outbox.failure);
    }

    /** Has numbers read that were typed in other words than digits, and not entered. */
    async readAll() {
        const read = [];
        for (const question of this.questions) {
            const number = this.getTyped(question).trim();
            const isToRead = question.active && this.canWrite && number;
            if (!isToRead || this.hasChanges(question)) {
                continue;
            }
            const {answerId, problem} = await readNumber(this.orm, question, number);
            if (problem) {
                this.refusal = `${question.name} ${problem}`;
                break;
            }
            read.push([question, {answerIds: [answerId], number}]);
        }
        return read;
    }

    /** Sends what is left; once it is saved, the question it was about is done with. */
    async sendAndGoOn() {
        const {questionId, visit} = this;
        const unsaved = this.getUnsaved(questionId);
        const isSaved = await this.send();
        if (isSaved && unsaved && this.visit === visit) {
            this.showNext();
        }
    }

    onRetry() {
        return this.sendAndGoOn();
    }

    /** Sends what is left now, not when its time has come. */
    retry() {
        if (this.outbox.length) {
            this.sendAndGoOn();
        }
    }
}

/** Answers that are looked into: those with a key, and a few more. */
const LOOKED_INTO = 40;

/**
 * What follows the question on the screen, for each way to go on from it: fetched while
 * the caller listens, so that the next question is there once something is said.
 *
 * It says what it goes by. Where that is no longer so, as when a colleague has answered
 * something meanwhile, it is not used.
 */
export class Ahead {
    constructor() {
        this.forget();
    }

    forget() {
        this.questionId = false;
        this.basis = "";
        /** What changes on the screen, by the keys of choices. */
        this.after = new Map();
        this.request = null;
    }

    /**
     * @param {Object} question
     * @param {string} basis of what is on the screen
     * @param {(choices: Array) => Promise<{ basis: string, after: Object[] }>} fetch
     */
    async look(question, basis, fetch) {
        if (this.isAt(question.id, basis) || this.isComing(question, basis)) {
            return;
        }
        this.forget();
        (await this.fetch(question, basis, fetch))();
    }

    /**
     * Fetches what may follow without waiting to be told what the screen goes by. What
     * there is stays: the screen still goes by it.
     *
     * @returns {Promise<() => void>} takes it for what follows from then on
     */
    async lookAnew(question, fetch) {
        return this.fetch(question, "", fetch);
    }

    /** @private */
    async fetch(question, basis, fetch) {
        const request = {questionId: question.id, basis};
        this.request = request;
        const choices = getChoices(question);
        const told = await fetch(choices).catch(() => false); // it is no loss
        return () => {
            if (this.request !== request) {
                return; // another question is on the screen by now
            }
            this.forget();
            if (told) {
                this.questionId = question.id;
                this.basis = told.basis;
                this.after = new Map(
                    choices.map((choice, index) => [getKey(choice), told.after[index]])
                );
            }
        };
    }

    isComing(question, basis) {
        const {request} = this;
        return request?.questionId === question.id && request.basis === basis;
    }

    isAt(questionId, basis) {
        return this.questionId === questionId && this.basis === basis;
    }

    /**
     * @param {string} basis of what is on the screen
     * @param {number} questionId
     * @param {number[] | "skip" | "decline"} choice
     * @returns {Object | undefined} what changes on the screen
     */
    get(basis, questionId, choice) {
        return this.isAt(questionId, basis)
            ? this.after.get(getKey(choice))
            : undefined;
    }
}

function getKey(choice) {
    return Array.isArray(choice) ? [...choice].sort((a, b) => a - b).join() : choice;
}

function getChoices({answers, mode}) {
    const active = answers.filter(({active: isActive}) => isActive);
    // of several answers nobody knows which: one of them is as good a guess as any
    const single = mode === "single" ? active.slice(0, LOOKED_INTO) : [];
    return [...single.map(({id}) => [id]), "skip", "decline"];
}

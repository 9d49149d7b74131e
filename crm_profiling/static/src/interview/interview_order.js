import {InterviewState} from "./interview_state";

/** Questions of which an answer is still wanted. */
const WANTED = ["to_ask", "stale"];

/** Which question comes next, and which came before. */
export class InterviewOrder extends InterviewState {
    /**
     * The question to ask next. The server knows best; what it does not know yet is
     * skipped, and without a connection the order of the list has to do.
     */
    getNextId() {
        if (this.isDone) {
            return false;
        }
        const nextId = this.screen.next && this.screen.next.question_id;
        if (nextId && !this.getUnsaved(nextId)) {
            return nextId;
        }
        const [wanted] = this.outbox.length ? this.getByStatus(...WANTED) : [];
        if (wanted) {
            return wanted.id;
        }
        if (this.isAskingAll) {
            const seen = [...this.visited, this.questionId];
            const [rest] = this.rest.filter(({id}) => !seen.includes(id));
            return rest?.id || false;
        }
        return false;
    }

    /** Why this question is asked, if it is the one the server chose. */
    get reason() {
        const {next} = this.screen;
        return next && next.question_id === this.questionId ? next.reason : "";
    }

    /** Whether one knows which question is next without asking the server. */
    get isForm() {
        return this.screen?.ask_order === "form";
    }

    /** Whether questions keep their places, whatever is answered. */
    get isInFixedOrder() {
        return ["form", "questionnaire"].includes(this.screen?.ask_order);
    }

    /** The question that is next in the list. */
    get nextInList() {
        return this.getByStatus(...WANTED)[0]?.id || false;
    }

    get canGoBack() {
        return this.visited.some(
            (id) => id !== this.questionId && this.getQuestion(id)?.active
        );
    }

    /** Questions this user answered, the last one at the end: one can go back to them. */
    getAnsweredBefore() {
        const lastOf = ({given}) =>
            given
                .map(({date}) => date || "")
                .sort()
                .at(-1);
        return this.getByStatus("answered")
            .filter(({given}) => given.some(({by_me: isMine}) => isMine))
            .sort((a, b) => (lastOf(a) < lastOf(b) ? -1 : 1))
            .map(({id}) => id);
    }

    receive(screen) {
        super.receive(screen);
        if (this.questionId && !this.question?.active) {
            this.visitQuestion(this.getNextId());
        }
    }

    visitQuestion(questionId) {
        this.questionId = questionId;
        this.visit += 1;
    }
}

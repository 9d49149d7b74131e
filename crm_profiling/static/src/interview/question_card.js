import {onMounted, useRef, useState} from "@odoo/owl";
import {localization} from "@web/core/l10n/localization";
import {useAutofocus} from "@web/core/utils/hooks";
import {uniqueId} from "@web/core/utils/functions";
import {getMoment, useKeys} from "./interview_keys";
import {QuestionSaid} from "./question_said";

/**
 * The question that is asked now, with its answers as buttons: with a key for each of
 * them, and for whatever else may happen to a question.
 *
 * A new one is made for each question.
 */
export class QuestionCard extends QuestionSaid {
    static template = "crm_profiling.QuestionCard";
    static props = {
        interview: Object,
        /** Which question a key is for. */
        typing: Object,
    };

    setup() {
        this.interview = useState(this.props.interview);
        this.root = useRef("root");
        this.asked = useRef("asked");
        this.filterInput = useRef("filter");
        this.numberInput = useRef("number");
        this.commentInput = useAutofocus({refName: "comment", mobile: true});
        this.uid = uniqueId("crm_profiling_");
        this.state = useState({
            text: "", // answers are found by
            typed: "", // the first digit of two
            currentId: false, // answer that the arrows lead to
            isCommenting: false,
            isLacking: false, // words that were asked for
            problem: "", // with the number
        });
        this.questionId = this.interview.questionId;
        this.typing = useState(this.props.typing);
        this.shownAt = Infinity;
        useKeys((key, ev) => this.onPressed(key, ev));
        onMounted(() => this.onShown());
    }

    onShown() {
        this.focusCurrent();
        this.asked.el.scrollIntoView({block: "nearest"}); // to be read first
        this.shownAt = performance.now();
        const target = this.root.el;
        this.typing.onShown(this.questionId, (key) => this.onKey(key, {target}));
    }

    // ------------------------------------------------------------------
    // Answering
    // ------------------------------------------------------------------

    /**
     * @param {string} by the key that was pressed, or "click"
     * @returns {boolean} whether nothing shall come of it
     */
    isAccident(by) {
        return this.typing.isAccident(by, this.questionId) || this.isBusy;
    }

    choose(answer, by) {
        if (this.isAccident(by) || this.isDisabled) {
            return;
        }
        this.state.currentId = answer.id;
        this.state.typed = "";
        const {interview, question} = this;
        if (!this.isMultiple) {
            if (this.isToBeWorded(answer)) {
                interview.tick(question, [answer.id]);
                this.openComment();
            } else {
                this.give([answer.id]);
            }
            return;
        }
        const ids = this.chosenIds.filter((id) => id !== answer.id);
        interview.tick(
            question,
            ids.length === this.chosenIds.length ? [...ids, answer.id] : ids
        );
        this.state.text = "";
    }

    give(answerIds) {
        const {interview, question} = this;
        if (interview.isUnchanged(question, answerIds)) {
            interview.showNext();
        } else {
            interview.confirm(question, {answerIds});
        }
        this.letGo();
    }

    /**
     * Lets go of the focus once another question is to be drawn. Were it still on an
     * answer when that is removed, the browser would work out the whole page for it,
     * and once more for the next question.
     */
    letGo() {
        if (this.interview.questionId !== this.questionId) {
            document.activeElement?.blur();
        }
    }

    confirm(by) {
        if (this.isAccident(by)) {
            return;
        }
        if (this.canConfirm && this.worded && !this.comment.trim()) {
            this.openComment();
        } else if (this.canConfirm) {
            this.give(this.chosenIds);
        } else if (this.canGoOn) {
            this.interview.showNext();
        }
    }

    goOn(by) {
        if (!this.isAccident(by)) {
            this.interview.showNext();
        }
    }

    takeBack() {
        if (!this.isDisabled && !this.isBusy && this.chosenIds.length) {
            this.interview.confirm(this.question, {answerIds: [], stay: true});
        }
    }

    skip(by) {
        if (!this.isAccident(by)) {
            if (this.isDisabled) {
                this.interview.showNext();
            } else {
                this.interview.skip(this.question);
            }
            this.letGo();
        }
    }

    decline(by) {
        if (!this.isAccident(by) && !this.isDisabled) {
            this.interview.decline(this.question);
            this.letGo();
        }
    }

    // ------------------------------------------------------------------
    // Comment
    // ------------------------------------------------------------------

    openComment() {
        if (!this.isDisabled) {
            this.state.isCommenting = true;
        }
    }

    onCommentInput(ev) {
        this.state.isLacking = false;
        this.interview.draftComment(this.question, ev.target.value);
    }

    onCommentKeydown(ev) {
        const isDone = ev.key === "Enter" && !ev.shiftKey && !ev.isComposing;
        if (isDone || ev.key === "Escape") {
            ev.preventDefault();
            ev.stopPropagation();
            this.closeComment(isDone);
        }
    }

    /** It is saved with the answer; where there is one already, at once. */
    closeComment(isDone) {
        const {interview, question} = this;
        if (this.worded && interview.hasTicks(question)) {
            this.closeWords(isDone);
            return;
        }
        this.state.isCommenting = false;
        this.focusCurrent();
        if (interview.hasChanges(question) && !interview.hasTicks(question)) {
            interview.confirm(question, {stay: true});
        }
    }

    // ------------------------------------------------------------------
    // Keys
    // ------------------------------------------------------------------

    /**
     * A key counts for the question that was on the screen when it was pressed. On a
     * paper form the next one is known: it is this one, though it came a moment later.
     */
    onPressed(key, ev) {
        const {typing} = this;
        const at = getMoment(ev);
        if (typing.isAnswering(key)) {
            const isCurrent = typing.isCurrent(this.questionId);
            const isBefore = ev.isTrusted && ev.timeStamp < this.shownAt;
            if (!isCurrent) {
                typing.onEarly(key, at, this.questionId);
                return true;
            }
            if (isBefore && !this.interview.isForm) {
                typing.refuse(key);
                return true;
            }
        }
        return typing.as(at, () => this.onKey(key, ev));
    }

    onKey(key, ev) {
        if (/^\d$/.test(key)) {
            this.onDigit(key);
            return true;
        }
        const index = this.getArrowTarget(key);
        if (index !== undefined) {
            this.moveTo(index);
            return true;
        }
        const action = this.keys[key];
        if (!action) {
            return false;
        }
        action(key, ev);
        return true;
    }

    get keys() {
        return {
            enter: (key, ev) => this.onEnter(key, ev.target),
            space: (key) => this.chooseCurrent(key),
            b: () => this.interview.back(),
            backspace: () => this.interview.back(),
            c: () => this.openComment(),
            d: (key) => this.decline(key),
            delete: () => this.takeBack(),
            s: (key) => this.skip(key),
            "/": () => this.filterInput.el?.focus(),
        };
    }

    chooseCurrent(by) {
        const answer = this.shownAnswers.find(({id}) => id === this.currentId);
        if (answer) {
            this.choose(answer, by);
        }
    }

    /** Enter chooses where one answer is possible; it confirms where several are. */
    onEnter(key, target) {
        if (this.typedNumber.trim()) {
            this.enterNumber(key);
            return;
        }
        const isOther = this.currentId && !this.chosenIds.includes(this.currentId);
        const isChoosing =
            !this.isMultiple && !this.isDisabled && (isOther || !this.canGoOn);
        if (!isChoosing) {
            this.confirm(key);
        } else if (this.state.typed || this.isOnAnswer(target)) {
            this.chooseCurrent(key);
        } else {
            this.focusCurrent(); // one sees what Enter would choose
        }
    }

    isOnAnswer(target) {
        return target instanceof HTMLElement && target.closest("[data-answer-id]");
    }

    /** With ten answers or more, 1 may be the beginning of 10: Enter says it is not. */
    onDigit(digit) {
        if (this.question.by_number) {
            this.typeDigit(digit);
            return;
        }
        const {answers} = this;
        const number = Number(this.state.typed + digit);
        const isStart = (start) => answers.length >= 10 * start && start > 0;
        if (!number || number > answers.length) {
            this.state.typed = "";
        } else if (isStart(number)) {
            Object.assign(this.state, {typed: digit, text: ""});
            this.moveTo(number - 1);
        } else {
            this.state.text = "";
            this.choose(answers[number - 1], digit);
        }
    }

    getArrowTarget(key) {
        const {shownAnswers} = this;
        const index = shownAnswers.findIndex(({id}) => id === this.currentId);
        const isRtl = localization.direction === "rtl";
        switch (key) {
            case isRtl ? "arrowleft" : "arrowright":
            case "arrowdown":
                return index + 1;
            case isRtl ? "arrowright" : "arrowleft":
            case "arrowup":
                return index - 1;
            case "home":
                return 0;
            case "end":
                return -1;
        }
    }

    moveTo(index) {
        const {shownAnswers} = this;
        const answer = shownAnswers.at(index % shownAnswers.length);
        if (answer) {
            this.state.currentId = answer.id;
            this.focusCurrent();
        }
    }

    focusCurrent() {
        const answer = this.root.el?.querySelector(
            `[data-answer-id="${this.currentId}"]`
        );
        (answer || this.root.el)?.focus({preventScroll: true});
        answer?.scrollIntoView({block: "nearest"});
    }

    onFilterInput(ev) {
        this.state.text = ev.target.value;
        this.state.currentId = false;
    }

    onFilterKeydown(ev) {
        if (ev.key === "Enter") {
            this.chooseCurrent("enter");
        } else if (ev.key === "ArrowDown") {
            this.moveTo(0);
        } else if (ev.key === "Escape") {
            this.state.text = "";
            this.focusCurrent();
        } else {
            return;
        }
        ev.preventDefault();
        ev.stopPropagation();
    }
}

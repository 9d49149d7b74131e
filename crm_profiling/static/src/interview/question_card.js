import {Component, onMounted, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {uniqueId} from "@web/core/utils/functions";
import {useAnswerFinder} from "./answer_finder";
import {useCommentBox} from "./comment_box";
import {useNumberBox} from "./number_box";
import {useQuestionKeys} from "./question_keys";
import {QuestionShown} from "./question_shown";

/**
 * The question that is asked now, with its answers as buttons: with a key for each of
 * them, and for whatever else may happen to a question.
 *
 * A new one is made for each question.
 */
export class QuestionCard extends Component {
    static template = "crm_profiling.QuestionCard";
    static props = {
        interview: Object,
        /** Which question a key is for. */
        typing: Object,
    };

    setup() {
        this.interview = useState(this.props.interview);
        this.typing = useState(this.props.typing);
        this.root = useRef("root");
        this.asked = useRef("asked");
        this.filterInput = useRef("filter");
        this.uid = uniqueId("crm_profiling_");
        const {interview, root, typing} = this;
        const {questionId} = interview;
        const shown = new QuestionShown(interview, questionId);
        const choose = (answer, by) => this.choose(answer, by);
        const give = (answerIds) => this.give(answerIds);
        const goOn = (by) => this.goOn(by);
        const isAccident = (by) => this.isAccident(by);
        const focusAnswers = () => this.finder.focusCurrent();
        const onKey = (key, ev) => this.onKey(key, ev);
        this.shown = shown;
        this.finder = useAnswerFinder({shown, root, choose});
        const box = {shown, typing, root, isAccident, goOn, focusAnswers};
        this.number = useNumberBox(box);
        this.comment = useCommentBox({shown, give, focusAnswers});
        onMounted(() => {
            focusAnswers();
            this.asked.el.scrollIntoView({block: "nearest"}); // to be read first
        });
        useQuestionKeys({interview, questionId, typing, root, onKey});
    }

    get question() {
        return this.shown.question;
    }

    get refusedLabel() {
        const {refused} = this.typing;
        return (
            refused &&
            _t("Not taken: %s. It came too early for this question.", refused)
        );
    }

    // ------------------------------------------------------------------
    // Answering
    // ------------------------------------------------------------------

    /**
     * @param {string} by the key that was pressed, or "click"
     * @returns {boolean} whether nothing shall come of it
     */
    isAccident(by) {
        return this.typing.isAccident(by, this.shown.id) || this.shown.isBusy;
    }

    choose(answer, by) {
        const {finder, interview, question, shown} = this;
        if (this.isAccident(by) || shown.isDisabled) {
            return;
        }
        finder.onChosen(answer);
        if (!shown.isMultiple) {
            if (shown.isToBeWorded(answer)) {
                interview.tick(question, [answer.id]);
                this.comment.open();
            } else {
                this.give([answer.id]);
            }
            return;
        }
        const {chosenIds} = shown;
        const ids = chosenIds.filter((id) => id !== answer.id);
        interview.tick(
            question,
            ids.length === chosenIds.length ? [...ids, answer.id] : ids
        );
        finder.text = "";
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
        if (this.interview.questionId !== this.shown.id) {
            document.activeElement?.blur();
        }
    }

    confirm(by) {
        const {shown} = this;
        if (this.isAccident(by)) {
            return;
        }
        if (shown.canConfirm && shown.worded && !shown.comment.trim()) {
            this.comment.open();
        } else if (shown.canConfirm) {
            this.give(shown.chosenIds);
        } else if (shown.canGoOn) {
            this.interview.showNext();
        }
    }

    goOn(by) {
        if (!this.isAccident(by)) {
            this.interview.showNext();
        }
    }

    takeBack() {
        const {chosenIds, isBusy, isDisabled} = this.shown;
        if (!isDisabled && !isBusy && chosenIds.length) {
            this.interview.confirm(this.question, {answerIds: [], stay: true});
        }
    }

    skip(by) {
        if (!this.isAccident(by)) {
            if (this.shown.isDisabled) {
                this.interview.showNext();
            } else {
                this.interview.skip(this.question);
            }
            this.letGo();
        }
    }

    decline(by) {
        if (!this.isAccident(by) && !this.shown.isDisabled) {
            this.interview.decline(this.question);
            this.letGo();
        }
    }

    // ------------------------------------------------------------------
    // Keys
    // ------------------------------------------------------------------

    /** @returns {boolean} whether the key means something here */
    onKey(key, ev) {
        const action = this.keys[key];
        if (/^\d$/.test(key)) {
            const taker = this.question.by_number ? this.number : this.finder;
            taker.takeDigit(key);
        } else if (action) {
            action(key, ev);
        } else {
            return this.finder.onArrow(key);
        }
        return true;
    }

    get keys() {
        return {
            enter: (key, ev) => this.onEnter(key, ev.target),
            space: (key) => this.finder.chooseCurrent(key),
            b: () => this.interview.back(),
            backspace: () => this.interview.back(),
            c: () => this.comment.open(),
            d: (key) => this.decline(key),
            delete: () => this.takeBack(),
            s: (key) => this.skip(key),
            "/": () => this.filterInput.el?.focus(),
        };
    }

    /** Enter chooses where one answer is possible; it confirms where several are. */
    onEnter(key, target) {
        const {finder, number, shown} = this;
        if (number.typed.trim()) {
            number.enter(key);
            return;
        }
        const {current} = finder;
        const isOther = current && !shown.isChosen(current);
        const isChoosing =
            !shown.isMultiple && !shown.isDisabled && (isOther || !shown.canGoOn);
        if (!isChoosing) {
            this.confirm(key);
        } else if (finder.typed || this.isOnAnswer(target)) {
            finder.chooseCurrent(key);
        } else {
            finder.focusCurrent(); // one sees what Enter would choose
        }
    }

    isOnAnswer(target) {
        return target instanceof HTMLElement && target.closest("[data-answer-id]");
    }
}

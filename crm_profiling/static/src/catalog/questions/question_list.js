import {Component, useEffect, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {uniqueId} from "@web/core/utils/functions";
import {useBus, useService} from "@web/core/utils/hooks";
import {SIZES} from "@web/core/ui/ui_service";
import {isInUse} from "./catalog";
import {useQuestionFilter} from "./question_filter";
import {QuestionRow} from "./question_row";

/**
 * Questions in a list: those that are chosen and found, and how many are done.
 *
 * What a click on an answer means is the business of the parent: it passes the state of
 * every answer in use and is told which answer was clicked.
 */
export class QuestionList extends Component {
    static template = "crm_profiling.QuestionList";
    static components = {QuestionRow};
    static props = {
        /** @see catalog.js */
        catalog: Object,
        /** States of the answers in use, by answer id: the keys of `PILLS`. */
        states: Object,
        /** Answers in use that are out of date, by answer id. */
        stale: {type: Object, optional: true},
        /** Answering is one click per answer; criteria have three states per answer. */
        kind: {validate: (kind) => ["answers", "criteria"].includes(kind)},
        /** Of what the answers are: another one is filtered anew. */
        recordKey: String,
        onChoose: Function,
        onClear: Function,
        /** Numbers by question, words by answer, and what is wrong with them. */
        said: {type: Object, optional: true},
        onNumber: {type: Function, optional: true},
        onWords: {type: Function, optional: true},
        /** On it comes "CRM_PROFILING:ASK" with the id of the question to go to. */
        bus: Object,
        labels: {
            type: Object,
            shape: {filter: String, refilter: Function, done: String, count: Function},
        },
        slots: {type: Object, optional: true},
    };

    setup() {
        this.root = useRef("root");
        this.ui = useState(useService("ui"));
        this.uid = uniqueId("crm_profiling_");
        this.filter = useQuestionFilter();
        this.state = useState({isHelpShown: false});
        // Questions to focus after the next patch: the first one that is there.
        this.focusWanted = {ids: []};
        useEffect(() => {
            const {ids, block} = this.focusWanted;
            this.focusWanted = {ids: []};
            ids.some((id) => this.focusQuestion(id, block));
        });
        useBus(this.props.bus, "CRM_PROFILING:ASK", ({detail}) => this.reveal(detail));
    }

    get isAnswering() {
        return this.props.kind === "answers";
    }

    /** On a narrow screen the status is below, where the thumb is. */
    get isNarrow() {
        return this.ui.size < SIZES.LG;
    }

    get usedCount() {
        const {states} = this.props;
        return this.filter.questions.filter((one) => isInUse(one, states)).length;
    }

    get progress() {
        return Math.round((100 * this.usedCount) / (this.filter.questions.length || 1));
    }

    get keyboardHelp() {
        return this.isAnswering
            ? _t(
                  "Keyboard: Tab goes to the next question, arrows to the next answer. Space or Enter chooses, 1 to 9 choose that answer, Backspace clears, ? shows the whole hint."
              )
            : _t(
                  "Keyboard: Tab goes to the next question, arrows to the next answer. Space, Enter or 1 to 9 change the answer, Backspace clears the question, ? shows the whole hint."
              );
    }

    // Going from question to question

    /** @returns {boolean} whether there is a question after that one */
    focusNext(question) {
        const questions = this.filter.shown;
        const next = questions[questions.findIndex(({id}) => id === question.id) + 1];
        if (next) {
            this.focusQuestion(next.id);
        }
        return Boolean(next);
    }

    /** An archived answer, or its question, leaves the list once it is undone. */
    keepFocusNear(question) {
        if (question.active && question.answers.every((answer) => answer.active)) {
            return;
        }
        const ids = this.filter.shown.map(({id}) => id);
        const index = ids.indexOf(question.id);
        this.focusWanted = {ids: [question.id, ids[index + 1], ids[index - 1]]};
    }

    /** @returns {boolean} whether the question is there to be focused */
    focusQuestion(questionId, block = "nearest") {
        const row = this.root.el?.querySelector(`[data-question-id="${questionId}"]`);
        const element =
            row?.querySelector(".o_crm_profiling_by_number") ||
            row?.querySelector('[data-answer-id][tabindex="0"]');
        element?.focus({preventScroll: true});
        element?.scrollIntoView({block});
        return Boolean(element);
    }

    /** Goes to a question that another part of the form mentions. */
    reveal({questionId}) {
        if (this.focusQuestion(questionId, "center")) {
            return;
        }
        this.filter.reveal(questionId);
        this.focusWanted = {ids: [questionId], block: "center"};
    }
}

import {onWillUpdateProps, useComponent, useState} from "@odoo/owl";
import {useBus, useService} from "@web/core/utils/hooks";
import {readNumber} from "../../catalog/questions/numbers";

/** Numbers and words that are said beside answers, in the field that holds them. */
class SaidDraft {
    /**
     * @param {Component} component of a field; `saidField` is where its record holds them
     * @param {import("@web/core/orm_service").ORM} orm
     * @param {{ problems: Record<number, string> }} state what is wrong, by question
     */
    constructor(component, orm, state) {
        this.component = component;
        this.orm = orm;
        this.state = state;
        /** Promises of numbers and words that are being put down. */
        this.saying = new Set();
        /** All that was said, while the record does not have it yet. */
        this.lately = null;
    }

    get props() {
        return this.component.props;
    }

    /** Numbers by question, words by answer; nothing where the form does not hold them. */
    get data() {
        const {saidField, record} = this.props;
        if (!saidField || !(saidField in record.data)) {
            return undefined;
        }
        const {numbers = {}, words = {}} = this.lately || record.data[saidField] || {};
        return {numbers, words, problems: this.state.problems};
    }

    forget() {
        this.state.problems = {};
        this.lately = null;
    }

    /** The form is saved while somebody types: that counts, too. */
    finishTyping({proms}) {
        const {activeElement} = document;
        if (
            activeElement?.matches(".o_crm_profiling_by_number, .o_crm_profiling_words")
        ) {
            activeElement.blur();
        }
        proms.push(...this.saying);
    }

    /** Has saving wait for what is being put down. */
    waitFor(promise) {
        const saying = promise.finally(() => this.saying.delete(saying));
        this.saying.add(saying);
        return saying;
    }

    /**
     * Puts a number or words down; they are saved with the contact.
     *
     * The record takes one change after the other: what is said meanwhile goes with what
     * it does not have yet, or the later would undo the earlier.
     */
    async say(part, id, text) {
        const {numbers, words} = this.data;
        const said = {numbers: {...numbers}, words: {...words}};
        this.lately = said;
        if (text || part === "words") {
            said[part][id] = text;
        } else {
            delete said[part][id];
        }
        try {
            await this.props.record.update({[this.props.saidField]: said});
        } finally {
            if (this.lately === said) {
                this.lately = null;
            }
        }
    }

    /** @returns {Promise<number | undefined>} the answer that the number belongs to */
    async sayNumber(question, text) {
        const said = text.trim();
        this.clearProblem(question);
        if (!said) {
            await this.say("numbers", question.id, "");
            return undefined;
        }
        const {answerId, problem} = await readNumber(this.orm, question, said);
        if (problem) {
            this.state.problems[question.id] = problem;
            return undefined;
        }
        await this.say("numbers", question.id, said);
        return answerId;
    }

    sayWords(answer, text) {
        return this.waitFor(this.say("words", answer.id, text.trim()));
    }

    forgetNumber(question) {
        if (this.data?.numbers[question.id]) {
            this.waitFor(this.say("numbers", question.id, ""));
        }
    }

    clearProblem(question) {
        this.state.problems[question.id] = "";
    }
}

/** @returns {SaidDraft} of the record of the field component that uses this hook */
export function useSaidDraft() {
    const component = useComponent();
    const {record} = component.props;
    const state = useState({problems: {}});
    const draft = new SaidDraft(component, useService("orm"), state);
    useBus(record.model.bus, "NEED_LOCAL_CHANGES", ({detail}) =>
        draft.finishTyping(detail)
    );
    onWillUpdateProps((nextProps) => {
        if (nextProps.record.id !== component.props.record.id) {
            draft.forget();
        }
    });
    return draft;
}

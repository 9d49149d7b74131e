import {onPatched, useState} from "@odoo/owl";
import {SIZES} from "@web/core/ui/ui_service";
import {useService} from "@web/core/utils/hooks";

/** Which part of an interview is on the screen, and where in it the focus is. */
class ScreenParts {
    /**
     * @param {Interview} interview
     * @param {{ el: HTMLElement }} root of the screen
     * @param {{ size: number }} ui
     * @param {Object} state
     */
    constructor(interview, root, ui, state) {
        this.interview = interview;
        this.root = root;
        this.ui = ui;
        this.state = state;
        /** Where the focus goes, once that is drawn. */
        this.focusWanted = undefined;
        /** What is in view on a phone. */
        this.inView = "";
    }

    /** Without room beside the question the list and the profiles are below it. */
    get isNarrow() {
        return this.ui.size < SIZES.LG;
    }

    get hasListBeside() {
        return this.ui.size >= SIZES.XL;
    }

    /** Whether the list is unfolded, on a narrow screen. */
    get isListOpen() {
        return this.state.isListOpen;
    }

    toggleList() {
        this.state.isListOpen = !this.isListOpen;
    }

    /** What is shown below the header. */
    get current() {
        const {interview, state} = this;
        if (interview.isDone) {
            return "summary";
        }
        if (state.part === "question" && !interview.questionId) {
            return "decided";
        }
        return state.part;
    }

    /** Shows the question, wherever the focus is. */
    reset() {
        this.state.part = "question";
    }

    show(part) {
        const isShown = this.state.part === part;
        this.state.part = part;
        if (part !== "question") {
            return;
        }
        this.focusWanted = () => this.focusQuestion();
        if (isShown) {
            this.focusNow();
        }
    }

    /** On a phone one has come from the list below the question. */
    leaveList() {
        if (this.isNarrow) {
            this.state.isListOpen = false;
            this.inView = "";
        }
    }

    afterDrawing() {
        this.focusNow();
        this.showHead();
    }

    focusNow() {
        const {focusWanted} = this;
        this.focusWanted = undefined;
        focusWanted?.();
    }

    focusQuestion() {
        this.root.el
            .querySelector("[data-answer-id][tabindex='0'], .o_crm_profiling_decided")
            ?.focus();
    }

    /** Moves the focus to the questions, to go to one of them. */
    focusList() {
        if (!this.isListOpen) {
            this.state.isListOpen = true;
            this.focusWanted = () => this.focusPart(".o_crm_profiling_list");
        }
        this.focusPart(".o_crm_profiling_list");
    }

    /** Moves the focus to the profiles, to read or to click there. */
    focusProfiles() {
        this.focusPart(".o_crm_profiling_panel");
    }

    focusPart(selector) {
        const element = this.root.el.querySelector(selector);
        element?.scrollIntoView({block: "nearest"});
        const current = element?.querySelector(".o_crm_profiling_current");
        (current || element?.querySelector("button:not(:disabled)"))?.focus();
    }

    /** On a phone what is shown anew is seen from its head on, wherever one was. */
    showHead() {
        const shown = `${this.current} ${this.interview.visit}`;
        if (shown === this.inView) {
            return;
        }
        this.inView = shown;
        if (this.isNarrow) {
            this.root.el.querySelector(".o_crm_profiling_main")?.scrollIntoView();
        }
    }
}

/**
 * @param {Interview} interview
 * @param {{ el: HTMLElement }} root of the screen
 * @returns {ScreenParts}
 */
export function useScreenParts(interview, root) {
    const ui = useState(useService("ui"));
    const state = useState({
        part: "question", // or "finish", "prospect", "contact", "history"
        isListOpen: false,
    });
    const parts = new ScreenParts(interview, root, ui, state);
    onPatched(() => parts.afterDrawing());
    return parts;
}

/** Moves the focus about the screen, at once or when what it goes to is drawn. */
export class Focus {
    /** @param {{ el: HTMLElement }} root of the screen */
    constructor(root) {
        this.root = root;
    }

    later(callback) {
        this.wanted = callback;
    }

    /** Moves it to where it was meant to go, once that is drawn. */
    now() {
        const {wanted} = this;
        this.wanted = undefined;
        wanted?.();
    }

    toQuestion() {
        this.root.el
            .querySelector("[data-answer-id][tabindex='0'], .o_crm_profiling_decided")
            ?.focus();
    }

    /** To a part of the screen, to read or to click there. */
    toPart(selector) {
        const element = this.root.el.querySelector(selector);
        element?.scrollIntoView({block: "nearest"});
        const current = element?.querySelector(".o_crm_profiling_current");
        (current || element?.querySelector("button:not(:disabled)"))?.focus();
    }
}

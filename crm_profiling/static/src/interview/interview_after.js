import {Component, useState} from "@odoo/owl";
import {useService} from "@web/core/utils/hooks";
import {useKeys} from "./interview_keys";

/** Milliseconds in which the same, asked for again, is taken for impatience. */
const PAUSE = 1500;

/** After the end: the offer, an opportunity, a meeting; each of them once. */
export class AfterCall extends Component {
    static template = "crm_profiling.AfterCall";
    static props = {interview: Object};

    setup() {
        this.action = useService("action");
        this.interview = useState(this.props.interview);
        this.state = useState({busy: ""}); // the name of what is being done
        /** What was done last, and when: who saw nothing yet may have asked again. */
        this.last = {name: "", at: 0};
        useKeys((key) => this.onKey(key));
    }

    get entries() {
        return this.interview.screen.after || [];
    }

    onKey(key) {
        const entry = this.entries.find((one) => one.key === key);
        if (!entry || !this.canDo(entry)) {
            return false;
        }
        this.do(entry);
        return true;
    }

    canDo({made, can_show: canShow, why_not: whyNot}) {
        return made ? canShow : !whyNot;
    }

    /** Does it, or shows what was made of it before. */
    async do({name}) {
        const {last, state} = this;
        if (state.busy || (last.name === name && Date.now() - last.at < PAUSE)) {
            return;
        }
        state.busy = name;
        try {
            await this.doNow(name);
        } finally {
            state.busy = "";
            this.last = {name, at: Date.now()};
        }
    }

    async doNow(name) {
        const action = await this.interview.doAfterCall(name);
        if (!action) {
            await this.interview.refresh();
        } else if (action.target === "new") {
            await this.action.doAction(action, {
                onClose: () => this.interview.refresh(),
            });
        } else {
            await this.action.doAction(action);
        }
    }

    getIcon({icon, made, name}) {
        if (this.state.busy === name) {
            return "fa-spinner fa-spin";
        }
        return made ? "fa-check" : icon;
    }
}

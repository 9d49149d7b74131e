import {Component, useState} from "@odoo/owl";
import {useService} from "@web/core/utils/hooks";
import {useKeys} from "./interview_keys";

/** After the end: the offer, an opportunity, a meeting; each of them once. */
export class AfterCall extends Component {
    static template = "crm_profiling.AfterCall";
    static props = {interview: Object};

    setup() {
        this.action = useService("action");
        this.interview = useState(this.props.interview);
        this.state = useState({isBusy: false});
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
        if (this.state.isBusy) {
            return;
        }
        this.state.isBusy = true;
        try {
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
        } finally {
            this.state.isBusy = false;
        }
    }
}

import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {sayMoment, sayReason} from "./call_reasons";

/** Whom to call now and why, or who is the next one, and when. */
export class Whom extends Component {
    static template = "crm_profiling.Whom";
    static props = {
        /** What `get_whom` says. */
        whom: Object,
        /** Called without anything: with the first of them. */
        onCallNext: Function,
        /** Called with what an interview begins with. */
        onBegin: Function,
    };
    sayReason = sayReason;

    setup() {
        this.state = useState({isCalling: false});
    }

    describe({company, phone}) {
        return [company, phone].filter(Boolean).join(" · ");
    }

    get nextLabel() {
        const {moment, has_time: hasTime, name} = this.props.whom.next;
        return _t("Next: %(name)s, %(moment)s", {
            name,
            moment: sayMoment(moment, hasTime),
        });
    }

    get withoutNumberLabel() {
        return _t(
            "Without a number, or with a wrong one, and not called: %s",
            this.props.whom.without_number
        );
    }

    async callNext() {
        if (this.state.isCalling) {
            return;
        }
        this.state.isCalling = true;
        try {
            await this.props.onCallNext();
        } finally {
            this.state.isCalling = false;
        }
    }
}

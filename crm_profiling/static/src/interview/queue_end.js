import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {sayMoment} from "./call_reasons";

/** A call list of which nobody is left now: who waits in it, and until when. */
export class QueueEnd extends Component {
    static template = "crm_profiling.QueueEnd";
    static props = {
        /** What the server says of the list. */
        queue: Object,
        /** Called with one of those who wait. */
        onBegin: Function,
    };

    get calledLabel() {
        const {done, total} = this.props.queue;
        return _t("Called: %(done)s of %(total)s.", {done, total});
    }

    get takenLabel() {
        const {taken} = this.props.queue;
        return taken ? _t("Being called by colleagues: %s", taken) : "";
    }

    get later() {
        return this.props.queue.first_later || [];
    }

    /** Those who wait and are not named. */
    get moreLabel() {
        const more = (this.props.queue.later || 0) - this.later.length;
        return more > 0 ? _t("and %s more", more) : "";
    }

    sayMoment({moment, has_time: hasTime}) {
        return sayMoment(moment, hasTime);
    }

    describe({company, phone}) {
        return [company, phone].filter(Boolean).join(" · ");
    }
}

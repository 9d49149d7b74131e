import {Component} from "@odoo/owl";
import {useKeys} from "./interview_keys";
import {QueueEnd} from "./queue_end";
import {Whom} from "./whom";

/** In place of an interview: why there is none, and how one goes on. */
export class NoInterview extends Component {
    static template = "crm_profiling.NoInterview";
    static components = {QueueEnd, Whom};
    static props = {
        /** Why nothing can be shown at all, in words. */
        fatal: String,
        /** The call list of which nobody is left. */
        queue: [Object, {value: false}],
        /** The contact that was left, and nobody is next. */
        left: {type: [Object, {value: false}], optional: true},
        /** Whom to call later, where nobody is to be called now. */
        whom: [Object, {value: false}],
        /** Called without anything: with whom to call now. */
        onCallNext: Function,
        /** Called with what an interview begins with. */
        onBegin: Function,
        /** Called with the id of the contact. */
        onOpenContact: Function,
        onChoose: Function,
    };

    setup() {
        useKeys((key) => this.onKey(key));
    }

    /** Whether the next call is what one most likely wants. */
    get isOnward() {
        const {fatal, queue, whom} = this.props;
        return !fatal && Boolean(queue || !whom);
    }

    onKey(key) {
        if (key !== "n" || !this.isOnward) {
            return false;
        }
        this.props.onCallNext();
        return true;
    }
}

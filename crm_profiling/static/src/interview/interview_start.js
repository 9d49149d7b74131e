import {Component, onWillStart, useExternalListener, useState} from "@odoo/owl";
import {user} from "@web/core/user";
import {useService} from "@web/core/utils/hooks";
import {explain} from "../catalog/server/failures";
import {formatMoment} from "../catalog/server/moments";
import {ContactFinder} from "./contact_finder";
import {MODEL} from "./interview_reading";
import {isUnsaved} from "./kept";
import {Whom} from "./whom";

const SHOWN = 20;

/** Whom to interview: those one was talking to, one's call lists, or anybody. */
export class InterviewStart extends Component {
    static template = "crm_profiling.InterviewStart";
    static components = {ContactFinder, Whom};
    formatMoment = formatMoment;
    static props = {
        /** Called with what an interview begins with. */
        onBegin: Function,
        /** Called without anything: with whom to call now. */
        onCallNext: Function,
        /** Called with the id of an interview that goes on. */
        onResume: Function,
    };

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.state = useState({
            whom: null,
            ongoing: [],
            queues: [],
            problem: "", // why it cannot be said whom to call
            isFinding: false, // somebody else
        });
        useExternalListener(window, "online", () => this.state.problem && this.load());
        onWillStart(() => this.load());
    }

    async load() {
        const {state} = this;
        state.problem = "";
        try {
            Object.assign(state, await this.read());
        } catch (error) {
            state.problem = explain(error);
        }
    }

    async read() {
        const [whom, ongoing, queues] = await Promise.all([
            this.orm.call(MODEL, "get_whom", []),
            this.orm.searchRead(
                MODEL,
                [
                    ["state", "=", "ongoing"],
                    ["user_id", "=", user.userId],
                ],
                ["partner_id", "date_start", "questionnaire_id", "queue_id"],
                {limit: SHOWN}
            ),
            this.orm.searchRead(
                "crm.profiling.queue",
                [
                    ["state", "in", ["open"]],
                    "|",
                    "|",
                    ["user_ids", "=", false],
                    ["user_ids", "in", [user.userId]],
                    ["create_uid", "=", user.userId], // for others: how far are they?
                ],
                ["name", "user_ids", "done_count", "total_count", "progress"],
                {limit: SHOWN}
            ),
        ]);
        return {whom, ongoing, queues};
    }

    /** Whether others call those of a list, and the user only made it. */
    isForOthers({user_ids: callerIds}) {
        return Boolean(callerIds.length) && !callerIds.includes(user.userId);
    }

    /** Calls the next one of a list; one that others call is looked at. */
    openQueue(queue) {
        if (!this.isForOthers(queue)) {
            return this.props.onBegin({queue_id: queue.id});
        }
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "crm.profiling.queue",
            res_id: queue.id,
            views: [[false, "form"]],
        });
    }

    isUnsaved({id}) {
        return isUnsaved(id);
    }

    /** One of those to call: for the list that they are in. */
    beginWith({partner_id: partnerId, queue_id: queueId}) {
        this.props.onBegin({partner_id: partnerId, queue_id: queueId || undefined});
    }

    callNext() {
        if (this.state.whom?.now.length) {
            this.props.onCallNext();
        }
    }
}

import {Component, onWillStart} from "@odoo/owl";
import {deserializeDateTime, toLocaleDateTimeString} from "@web/core/l10n/dates";
import {RecordSelector} from "@web/core/record_selectors/record_selector";
import {user} from "@web/core/user";
import {useService} from "@web/core/utils/hooks";
import {isUnsaved} from "./interview_model";

const SHOWN = 20;

/** Whom to interview: those one was talking to, one's call lists, or anybody. */
export class InterviewStart extends Component {
    static template = "crm_profiling.InterviewStart";
    static components = {RecordSelector};
    static props = {
        /** Called with what an interview begins with. */
        onBegin: Function,
        /** Called with the id of an interview that goes on. */
        onResume: Function,
    };

    setup() {
        this.orm = useService("orm");
        this.contactDomain = [["type", "in", ["contact", false]]];
        onWillStart(() => this.load());
    }

    async load() {
        [this.ongoing, this.queues] = await Promise.all([
            this.orm.searchRead(
                "crm.profiling.interview",
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
                    ["user_ids", "=", false],
                    ["user_ids", "in", [user.userId]],
                ],
                ["name", "done_count", "total_count", "progress"],
                {limit: SHOWN}
            ),
        ]);
    }

    isUnsaved({id}) {
        return isUnsaved(id);
    }

    formatDate(date) {
        return toLocaleDateTimeString(deserializeDateTime(date), {showSeconds: false});
    }

    onContact(partnerId) {
        if (partnerId) {
            this.props.onBegin({partner_id: partnerId});
        }
    }
}

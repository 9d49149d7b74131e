import {useExternalListener} from "@odoo/owl";
import {useNews} from "../catalog/server/news";

/** Brings an interview in line once there may be something new, or a connection again. */
export function useCaughtUp(interview) {
    useExternalListener(window, "online", () => interview.retry());
    // somebody may have answered while another tab was looked at
    useExternalListener(document, "visibilitychange", () => {
        if (document.visibilityState === "visible") {
            interview.catchUp();
        }
    });
    // a colleague has noted something on the same contact
    useNews("crm_profiling/interview", ({ids}) => {
        if (ids.includes(interview.id)) {
            interview.catchUp();
        }
    });
}

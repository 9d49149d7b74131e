import {useEnv} from "@odoo/owl";
import {user} from "@web/core/user";
import {useService} from "@web/core/utils/hooks";

/** Opens records: by going back there, if it is where the interview was begun. */
export function useWayBack() {
    const env = useEnv();
    const action = useService("action");

    /** @returns {Function | false} goes back to a record, if one came from there */
    function find(resId) {
        const before = env.config.breadcrumbs?.at(-2);
        const isThere = before?.url?.split("?")[0].endsWith(`/${resId}`);
        return isThere && (() => before.onSelected());
    }

    /** `isBack` says whether it may be gone back: an address tells the id alone. */
    function open(resModel, resId, {isBack}) {
        const goBack = isBack && find(resId);
        if (goBack) {
            return goBack();
        }
        return action.doAction({
            type: "ir.actions.act_window",
            res_model: resModel,
            res_id: resId,
            views: [[false, "form"]],
            context: user.context,
        });
    }

    return {find, open};
}

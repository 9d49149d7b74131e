import {useEnv} from "@odoo/owl";
import {user} from "@web/core/user";
import {useService} from "@web/core/utils/hooks";

/**
 * @returns {(resModel: string, resId: number, options: {isBack: boolean}) => Promise}
 *  opens a record: by going back there, if it is where the interview was begun. `isBack`
 *  says whether it may be: an address tells the id alone
 */
export function useWayBack() {
    const env = useEnv();
    const action = useService("action");
    return (resModel, resId, {isBack}) => {
        const before = isBack && env.config.breadcrumbs?.at(-2);
        if (before?.url?.split("?")[0].endsWith(`/${resId}`)) {
            return before.onSelected();
        }
        return action.doAction({
            type: "ir.actions.act_window",
            res_model: resModel,
            res_id: resId,
            views: [[false, "form"]],
            context: user.context,
        });
    };
}

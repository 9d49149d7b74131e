import {useEnv} from "@odoo/owl";
import {user} from "@web/core/user";
import {useService} from "@web/core/utils/hooks";

/**
 * The ways from an interview to the records that it is about: by going back there, where
 * it was begun from one.
 *
 * @returns {{
 *  find: (screen: Object, partnerId: number) => Function | false,
 *  openContact: (partnerId: number) => Promise,
 *  toContact: (screen: Object, partnerId: number) => Promise,
 *  toBeginning: (screen: Object) => Promise,
 * }} `find` goes back to a contact, if one came from there; `toBeginning` to where the
 *  interview was begun, a contact or an opportunity
 */
export function useWayBack() {
    const env = useEnv();
    const action = useService("action");

    function findBack(resId) {
        const before = env.config.breadcrumbs?.at(-2);
        const isThere = before?.url?.split("?")[0].endsWith(`/${resId}`);
        return isThere && (() => before.onSelected());
    }

    function open(resModel, resId) {
        return action.doAction({
            type: "ir.actions.act_window",
            res_model: resModel,
            res_id: resId,
            views: [[false, "form"]],
            context: user.context,
        });
    }

    function openContact(partnerId) {
        return open("res.partner", partnerId);
    }

    /** An address tells the id alone: of a contact only where it began at one. */
    function find({lead, queue}, partnerId) {
        return !lead && !queue && findBack(partnerId);
    }

    function toContact(screen, partnerId) {
        const goBack = find(screen, partnerId);
        return goBack ? goBack() : openContact(partnerId);
    }

    function toBeginning(screen) {
        const {lead, partner} = screen;
        if (!lead) {
            return toContact(screen, partner.id);
        }
        const goBack = findBack(lead.id);
        return goBack ? goBack() : open("crm.lead", lead.id);
    }

    return {find, openContact, toContact, toBeginning};
}

import {useService} from "@web/core/utils/hooks";

/** What a click on the tree opens: the contacts of a branch, or profiles. */
class TreeLinks {
    constructor(orm, action) {
        this.orm = orm;
        this.action = action;
    }

    /**
     * @param {Object} node of which the contacts are shown
     * @param {number | false} waiting id of a question: those alone who were not asked it
     */
    async openContacts(node, waiting = false) {
        const action = await this.orm.call(
            "crm.profiling.tree",
            "get_contacts_action",
            [],
            {path: node.path, waiting}
        );
        await this.action.doAction(action);
    }

    openNotAsked({node, notAsked}) {
        return notAsked && this.openContacts(node, node.question.id);
    }

    openProfile(profile) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: profile.name,
            res_model: "crm.profiling.profile",
            res_id: profile.id,
            views: [[false, "form"]],
        });
    }

    openProfiles() {
        return this.action.doAction("crm_profiling.crm_profiling_profile_action");
    }
}

/** @returns {TreeLinks} for the component that is set up */
export function useTreeLinks() {
    return new TreeLinks(useService("orm"), useService("action"));
}

import {useService} from "@web/core/utils/hooks";

/** What a click on the board opens: what a figure counts, or a record. */
class BoardLinks {
    constructor(orm, action) {
        this.orm = orm;
        this.action = action;
    }

    callThrough({id}) {
        return this.openByCall("crm.profiling.profile", "action_segment_call", [[id]]);
    }

    openMembers({id}) {
        return this.openByCall("crm.profiling.profile", "action_view_members", [[id]]);
    }

    openWon(profileId = false) {
        return this.openByCall("crm.profiling.board", "action_view_won", [profileId]);
    }

    openEntered({id}) {
        return this.openByCall("crm.profiling.board", "action_view_entered", [id]);
    }

    openBoth(profile, other) {
        return this.openList(
            [
                ["profile_ids", "in", [profile.id]],
                ["profile_ids", "in", [other.id]],
            ],
            `${profile.name} + ${other.name}`
        );
    }

    /** @param {boolean} areNotAsked whether those alone of whom nothing is known */
    openContacts(areNotAsked) {
        const method = "action_view_contacts";
        return this.openByCall("crm.profiling.board", method, [areNotAsked]);
    }

    openInProfile() {
        return this.openList([["profile_ids", "!=", false]]);
    }

    openList(domain, name) {
        return this.openByCall("res.partner", "action_profiling_list", [domain, name]);
    }

    openQuestion({id, answered}) {
        if (answered) {
            const method = "action_view_contacts";
            return this.openByCall("crm.profiling.question", method, [[id]]);
        }
        return this.openRecord("crm.profiling.question", id);
    }

    openProfile({id}) {
        return this.openRecord("crm.profiling.profile", id);
    }

    openTrend({id}) {
        return this.action.doAction("crm_profiling.crm_profiling_snapshot_action", {
            additionalContext: {search_default_profile_id: id},
        });
    }

    openHealth() {
        const method = "action_check";
        return this.openByCall("crm.profiling.finding", method, []);
    }

    openRecord(model, id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id,
            views: [[false, "form"]],
        });
    }

    async openByCall(model, method, args) {
        return this.action.doAction(await this.orm.call(model, method, args));
    }
}

/** @returns {BoardLinks} for the component that is set up */
export function useBoardLinks() {
    return new BoardLinks(useService("orm"), useService("action"));
}

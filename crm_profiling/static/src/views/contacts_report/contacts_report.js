import {GraphRenderer} from "@web/views/graph/graph_renderer";
import {PivotRenderer} from "@web/views/pivot/pivot_renderer";
import {graphView} from "@web/views/graph/graph_view";
import {pivotView} from "@web/views/pivot/pivot_view";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";

/** Where contacts hold what the reports count. */
const FIELDS = {
    "crm.profiling.response": "profiling_response_ids",
    "crm.profiling.membership": "profiling_membership_ids",
};

/**
 * Reports of answers and memberships: a click on a figure opens the contacts behind it,
 * for it is them that one wants to work with.
 *
 * @param {Function} Renderer of a pivot or a graph
 * @returns {Function}
 */
function openingContacts(Renderer) {
    return class extends Renderer {
        setup() {
            super.setup();
            this.orm = useService("orm");
        }

        async openView(domain, views, context, newWindow) {
            const action = await this.orm.call(
                "res.partner",
                "action_profiling_contacts",
                [FIELDS[this.model.metaData.resModel], domain]
            );
            await this.actionService.doAction(action, {newWindow});
        }
    };
}

registry.category("views").add("crm_profiling_contacts_pivot", {
    ...pivotView,
    Renderer: openingContacts(PivotRenderer),
});
registry.category("views").add("crm_profiling_contacts_graph", {
    ...graphView,
    Renderer: openingContacts(GraphRenderer),
});

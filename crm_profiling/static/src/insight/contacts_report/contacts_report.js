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
 * @param {string[]} labels of the groups that make up a figure, from the outside in
 * @returns {string} what it counts; nothing for a total
 */
function getTitle(labels) {
    // an answer's label begins with its question, which is the group around it
    const isTold = (label, index) => labels[index + 1]?.startsWith(`${label}: `);
    return labels.filter((label, index) => !isTold(label, index)).join(", ");
}

/**
 * Reports of answers and memberships: a click on a figure opens the contacts behind it,
 * for it is them that one wants to work with. The list says which figure it was.
 *
 * @param {Function} Renderer of a pivot or a graph
 * @returns {Function}
 */
function openingContacts(Renderer) {
    return class extends Renderer {
        setup() {
            super.setup();
            this.orm = useService("orm");
            this.title = "";
        }

        /** Has what is opened say which figure it was; nothing else is called so. */
        openTitled(labels, open) {
            this.title = getTitle(labels);
            try {
                return open();
            } finally {
                this.title = "";
            }
        }

        async openView(domain, views, context, newWindow) {
            const action = await this.orm.call(
                "res.partner",
                "action_profiling_contacts",
                [FIELDS[this.model.metaData.resModel], domain, this.title]
            );
            await this.actionService.doAction(action, {newWindow});
        }
    };
}

class ContactsPivotRenderer extends openingContacts(PivotRenderer) {
    onOpenView(cell, newWindow) {
        const {rowGroupTree, colGroupTree} = this.model.data;
        const [rowValues, colValues] = cell.groupId;
        const labels = [
            ...this.getLabels(rowGroupTree, rowValues),
            ...this.getLabels(colGroupTree, colValues),
        ];
        return this.openTitled(labels, () => super.onOpenView(cell, newWindow));
    }

    getLabels(tree, values) {
        const group = values.reduce(
            (one, value) => one.directSubTrees.get(value),
            tree
        );
        return group.root.labels;
    }
}

class ContactsGraphRenderer extends openingContacts(GraphRenderer) {
    onGraphClickedFinal(domain, newWindow) {
        const clicked = this.model.dataPoints.find((one) => one.domain === domain);
        return this.openTitled(clicked?.labels || [], () =>
            super.onGraphClickedFinal(domain, newWindow)
        );
    }
}

registry.category("views").add("crm_profiling_contacts_pivot", {
    ...pivotView,
    Renderer: ContactsPivotRenderer,
});
registry.category("views").add("crm_profiling_contacts_graph", {
    ...graphView,
    Renderer: ContactsGraphRenderer,
});

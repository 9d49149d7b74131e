import {KanbanRenderer} from "@web/views/kanban/kanban_renderer";
import {kanbanView} from "@web/views/kanban/kanban_view";
import {registry} from "@web/core/registry";

/** Contacts in columns by profile or tag: those in none of them come last, not first. */
export class ByCategoryKanbanRenderer extends KanbanRenderer {
    getGroupsOrRecords() {
        const columns = super.getGroupsOrRecords();
        if (!this.props.list.isGrouped) {
            return columns;
        }
        const isNone = ({group}) => !group.value;
        return [
            ...columns.filter((column) => !isNone(column)),
            ...columns.filter(isNone),
        ];
    }
}

registry.category("views").add("crm_profiling_by_category_kanban", {
    ...kanbanView,
    Renderer: ByCategoryKanbanRenderer,
});

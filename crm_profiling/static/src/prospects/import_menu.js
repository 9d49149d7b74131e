import {Component} from "@odoo/owl";
import {DropdownItem} from "@web/core/dropdown/dropdown_item";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";
import {useService} from "@web/core/utils/hooks";
import {STATIC_ACTIONS_GROUP_NUMBER} from "@web/search/action_menus/action_menus";

/** *Import prospects* beside Odoo's own import, in the cog menu of contacts. */
export class ImportMenu extends Component {
    static template = "crm_profiling.ImportMenu";
    static components = {DropdownItem};
    static props = {};

    setup() {
        this.action = useService("action");
    }

    open() {
        this.action.doAction("crm_profiling.crm_profiling_import_action");
    }
}

registry.category("cogMenu").add(
    "crm-profiling-import-menu",
    {
        Component: ImportMenu,
        groupNumber: STATIC_ACTIONS_GROUP_NUMBER,
        isDisplayed: ({config, searchModel}) =>
            searchModel.resModel === "res.partner" &&
            config.actionType === "ir.actions.act_window" &&
            ["kanban", "list"].includes(config.viewType) &&
            user.hasGroup("sales_team.group_sale_salesman"),
    },
    {sequence: 2}
);

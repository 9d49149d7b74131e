import {registry} from "@web/core/registry";
import {stepUtils} from "@web_tour/tour_utils";

registry.category("web_tour.tours").add("report_invoice_salesman_set", {
    steps: () => [
        ...stepUtils.goToAppSteps("crm.crm_menu_root", "Open CRM"),
        {
            content: "Open the configuration",
            trigger: 'button[data-menu-xmlid="crm.crm_menu_config"]',
            run: "click",
        },
        {
            content: "Open the plans",
            trigger:
                '[data-menu-xmlid="report_invoice_salesman.invoice_salesman_plan_menu"]',
            run: "click",
        },
        {
            content: "Open the plan",
            trigger: ".o_data_row:contains(Tour plan) .o_data_cell",
            run: "click",
        },
        {
            content: "Nothing is set yet",
            trigger: ".o_target_grid input:first",
        },
        {
            content: "Set the targets",
            trigger: ".o_statusbar_buttons button:contains(Set targets)",
            run: "click",
        },
        {
            content: "Last year and ten percent",
            trigger: ".modal .o_field_widget[name=percent] input",
            run: "edit 10",
        },
        {
            content: "Write them",
            trigger: ".modal button[name=action_fill]",
            run: "click",
        },
        {
            content: "They are in the grid",
            trigger: ".o_target_grid tfoot td:last:contains(1,100)",
        },
        {
            content: "Show them to those who hold them",
            trigger: "button[name=action_start]",
            run: "click",
        },
        {
            content: "It runs",
            trigger: "button[name=action_close]",
        },
    ],
});

registry.category("web_tour.tours").add("report_invoice_salesman_look", {
    steps: () => [
        {
            content: "What was invoiced this month, of the target",
            trigger: ".o_target_achieved[data-period=month]:contains(550)",
            run: "click",
        },
        {
            content: "The invoice behind it",
            trigger: ".o_list_view .o_data_row .o_data_cell",
            run: "click",
        },
        {
            content: "Its lines, for a salesperson, too",
            trigger: ".o_form_view .o_field_widget[name=line_ids] .o_data_row",
        },
    ],
});

import {browser} from "@web/core/browser/browser";
import {registry} from "@web/core/registry";
import {rpc} from "@web/core/network/rpc";
import {stepUtils} from "@web_tour/tour_utils";

/** How slowly a busy machine draws decides nothing. */
function patient(steps) {
    return steps.map((step) => ({timeout: 60000, ...step}));
}

function paste(cell, text) {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    cell.dispatchEvent(new ClipboardEvent("paste", {clipboardData, bubbles: true}));
}

registry.category("web_tour.tours").add("report_invoice_salesman_set", {
    steps: () =>
        patient([
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
                content: "Paste more cells than there are months from December on",
                trigger: ".o_target_grid tbody tr:first td:nth-child(13) input",
                run: ({anchor}) => paste(anchor, "7\t8"),
            },
            {
                content: "More than there is room for",
                trigger: ".o_notification:contains(Nothing has been written) button",
                run: "click",
            },
            {
                content: "Paste more rows than there are holders from January on",
                trigger: ".o_target_grid:not(:has(.o_notification)) tbody input:first",
                run: ({anchor}) => paste(anchor, "7\n8"),
            },
            {
                content: "The same is said",
                trigger: ".o_notification:contains(Nothing has been written)",
            },
            {
                content: "Nothing has been written",
                trigger: ".o_target_grid tfoot td:last:contains(1,100)",
            },
            {
                content: "Show them to those who hold them",
                trigger: "button[name=action_start]",
                run: "click",
            },
            {
                content: "Close it in mid-year",
                trigger: "button[name=action_close]",
                run: "click",
            },
            {
                content: "It is said what that would mean, and left",
                trigger:
                    ".modal:contains(period of this plan is not over) .btn-secondary",
                run: "click",
            },
            {
                content: "It runs",
                trigger: "body:not(:has(.modal)) button[name=action_close]",
            },
        ]),
});

registry.category("web_tour.tours").add("report_invoice_salesman_look", {
    steps: () =>
        patient([
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
        ]),
});

const MINUTE = 60000;

/** A minute passes in half a second. */
function hurry() {
    const {setInterval} = browser;
    browser.setInterval = (again, ms) => setInterval(again, ms === MINUTE ? 500 : ms);
}

async function call(method, ...args) {
    const params = {model: "account.move", method, args, kwargs: {}};
    return await rpc(`/web/dataset/call_kw/account.move/${method}`, params);
}

/** What somebody in the accounts department does meanwhile. */
async function post(ref) {
    await call("action_post", await call("search", [["ref", "=", ref]]));
}

registry.category("web_tour.tours").add("report_invoice_salesman_live", {
    steps: () =>
        patient([
            {
                content: "Let time pass",
                trigger: "body",
                run: hurry,
            },
            ...stepUtils.goToAppSteps("crm.crm_menu_root", "Open CRM"),
            {
                content: "Open the sales",
                trigger: 'button[data-menu-xmlid="crm.crm_menu_sales"]',
                run: "click",
            },
            {
                content: "Open the board",
                trigger:
                    '[data-menu-xmlid="report_invoice_salesman.invoice_salesman_board_menu"]',
                run: "click",
            },
            {
                content: "An invoice is posted",
                trigger: ".o_target_achieved[data-period=month]:contains(550)",
                run: () => post("tour 300"),
            },
            {
                content: "The board has moved",
                trigger: ".o_target_achieved[data-period=month]:contains(850)",
            },
            {
                content: "Open the reports",
                trigger: 'button[data-menu-xmlid="crm.crm_menu_report"]',
                run: "click",
            },
            {
                content: "Open the comparison",
                trigger:
                    '[data-menu-xmlid="report_invoice_salesman.invoice_salesman_comparison_menu"]',
                run: "click",
            },
            {
                content: "Another one is posted",
                trigger: ".o_target_sum:contains(850)",
                run: () => post("tour 70"),
            },
            {
                content: "The comparison has moved",
                trigger: ".o_target_sum:contains(920)",
                run: "click",
            },
            {
                content: "The invoices behind it are the number",
                trigger: ".o_list_footer:contains(920)",
            },
        ]),
});

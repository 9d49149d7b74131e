import {openMenu} from "./steps";
import {registry} from "@web/core/registry";
import {stepUtils} from "@web_tour/tour_utils";

function openReport(entry) {
    return openMenu("crm.crm_menu_report", `crm_profiling.${entry}`);
}

/** From a figure of the board, and from one of a pivot, to the contacts behind it. */
registry.category("web_tour.tours").add("crm_profiling_report_tour", {
    steps: () => [
        ...stepUtils.goToAppSteps("crm.crm_menu_root", "Open CRM"),
        ...openReport("crm_profiling_board_menu"),
        {
            content: "Open the contacts of a profile",
            trigger: ".o_crm_profiling_board_name:text('Partnership')",
            run: "click",
        },
        {
            content: "They are listed",
            trigger: ".o_list_view .o_data_row:contains('Zoe Prospect')",
        },
        {
            content: "Others are not",
            trigger: ".o_list_view:not(:has(.o_data_row:contains('Aaron Other')))",
        },
        {
            content: "Go back to the board",
            trigger: ".o_back_button a, .breadcrumb-item a",
            run: "click",
        },
        {
            content: "The board is there again",
            trigger: ".o_crm_profiling_board_profile",
        },
        ...openReport("crm_profiling_response_menu_report"),
        {
            content: "Click how many answered “Industry”",
            trigger: ".o_pivot tr:has(th:contains('Sector?: Industry')) td:last",
            run: "click",
        },
        {
            content: "Who did is listed",
            trigger: ".o_list_view .o_data_row:contains('Aaron Other')",
        },
        {
            content: "The list says which answer it was, the question once",
            trigger:
                ".o_breadcrumb .active:contains('Sector?: Industry, '):not(:contains('Sector?, '))",
        },
        {
            content: "Who did not is not",
            trigger: ".o_list_view:not(:has(.o_data_row:contains('Zoe Prospect')))",
        },
    ],
});

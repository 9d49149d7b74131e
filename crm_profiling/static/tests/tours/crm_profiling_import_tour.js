import {openMenu} from "./steps";
import {registry} from "@web/core/registry";
import {stepUtils} from "@web_tour/tour_utils";

const FIRST = [
    "Name;E-mail;Sector?;Staff?",
    "Ivy Import;ivy@example.com;IT;1",
    "Ian Import;no address;Services;1",
    "Uma Import;uma@example.com;Circus;500+",
].join("\n");
const FIXED = FIRST.replace("no address", "ian@example.com");

function chooseFile(content, trigger) {
    return {
        content: "Choose a file",
        trigger,
        run() {
            const input = document.querySelector(".o_crm_profiling_file");
            const files = new DataTransfer();
            files.items.add(new File([content], "fair.csv", {type: "text/csv"}));
            input.files = files.files;
            input.dispatchEvent(new Event("change", {bubbles: true}));
        },
    };
}

/** From a file with two mistakes to contacts in their profiles. */
registry.category("web_tour.tours").add("crm_profiling_import_tour", {
    steps: () => [
        ...stepUtils.goToAppSteps("crm.crm_menu_root", "Open CRM"),
        ...openMenu("crm.crm_menu_sales", "crm_profiling.crm_profiling_import_menu"),
        chooseFile(FIRST, ".o_crm_profiling_choose"),
        {
            content: "A line has a mistake",
            trigger: ".o_crm_profiling_line:contains('no address')",
        },
        {
            content: "It cannot begin: an answer is not known",
            trigger: ".o_crm_profiling_begin:disabled",
        },
        chooseFile(FIXED, ".o_crm_profiling_problems"),
        {
            content: "The mistake is gone",
            trigger: ".o_crm_profiling_page:not(:has(.o_crm_profiling_line))",
        },
        {
            content: "Create the answer that is not known",
            trigger: ".o_crm_profiling_value:contains('Circus') select",
            run: "select create",
        },
        {
            content: "Three are new",
            trigger: ".o_crm_profiling_count_created:contains('3')",
        },
        {
            content: "Import",
            trigger: ".o_crm_profiling_begin:enabled",
            run: "click",
        },
        {
            content: "Open the contacts",
            trigger: ".o_crm_profiling_open",
            run: "click",
        },
        {
            content: "They are there",
            trigger: ".o_list_view .o_data_row:contains('Ivy Import')",
        },
    ],
});

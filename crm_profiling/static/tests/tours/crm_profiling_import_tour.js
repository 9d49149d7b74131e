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

const TROUBLE = [
    "Report;Visitors of the fair",
    "",
    "Name;Company;E-mail;Sector?;Shoes;Attendee #",
    "Tara Trouble;Petrel;tara@trouble.test;Circus;Boots;30111",
    "Tim Trouble;;no address;IT;Clogs;30112",
    "Total;2;;;;",
].join("\n");

/** A preamble, a similar company, words nobody knows, a mistake: in, and back out. */
registry.category("web_tour.tours").add("crm_profiling_import_trouble_tour", {
    steps: () => [
        ...stepUtils.goToAppSteps("crm.crm_menu_root", "Open CRM"),
        ...openMenu("crm.crm_menu_sales", "crm_profiling.crm_profiling_import_menu"),
        chooseFile(TROUBLE, ".o_crm_profiling_choose"),
        {
            content: "The table is found below the preamble",
            trigger: ".o_crm_profiling_heading b:contains('Sector?')",
        },
        {
            content: "The mistake and the footer are told",
            trigger: ".o_crm_profiling_line:contains('no address')",
        },
        {
            content: "The number of attendees is no name",
            trigger: ".o_crm_profiling_ignored:contains('Attendee #')",
        },
        {
            content: "A similar company is asked about: it is that one",
            trigger: ".o_crm_profiling_similar_one:contains('Petrel') select",
            run: "selectByIndex 1",
        },
        {
            content: "It is chosen",
            trigger: ".o_crm_profiling_similar:not(:has(.border-danger))",
        },
        {
            content: "The answer that is not known is one of ours",
            trigger: ".o_crm_profiling_value:contains('Circus') select",
            run: "selectByLabel Services",
        },
        {
            content: "What was worn becomes a question",
            trigger:
                ".o_crm_profiling_column:contains('Shoes') .o_crm_profiling_target select",
            run: "select new",
        },
        {
            content: "It is called otherwise",
            trigger: ".o_crm_profiling_new_question",
            run: "edit Footwear? && click body",
        },
        {
            content: "All contacts get a tag",
            trigger: ".o_crm_profiling_more",
            run: "click",
        },
        {
            content: "A new one",
            trigger: ".o_crm_profiling_tags",
            run: "edit Trouble && click body",
        },
        {
            content: "Import",
            trigger: ".o_crm_profiling_begin:enabled",
            run: "click",
        },
        {
            content: "One came in; it can be called",
            trigger: ".o_crm_profiling_step[data-method='action_call']",
        },
        {
            content: "Take it back",
            trigger: ".o_crm_profiling_undo",
            run: "click",
        },
        {
            content: "Yes",
            trigger: ".modal .btn-primary",
            run: "click",
        },
        {
            content: "It is as before",
            trigger: ".o_crm_profiling_undone:contains('1')",
        },
    ],
});

/** Who may not create answers is not offered it, and leaves cells out. */
registry.category("web_tour.tours").add("crm_profiling_import_salesman_tour", {
    steps: () => [
        ...stepUtils.goToAppSteps("crm.crm_menu_root", "Open CRM"),
        ...openMenu("crm.crm_menu_sales", "crm_profiling.crm_profiling_import_menu"),
        chooseFile(TROUBLE.replace("Petrel", ""), ".o_crm_profiling_choose"),
        {
            content: "No answer can be created",
            trigger:
                ".o_crm_profiling_value:contains('Circus') select:not(:has(option[value='create']))",
        },
        {
            content: "Nor a question",
            trigger:
                ".o_crm_profiling_column:contains('Shoes') .o_crm_profiling_target select:not(:has(option[value='new']))",
        },
        {
            content: "The cell is left out",
            trigger: ".o_crm_profiling_value:contains('Circus') select",
            run: "select skip",
        },
        {
            content: "Import",
            trigger: ".o_crm_profiling_begin:enabled",
            run: "click",
        },
        {
            content: "Take it back",
            trigger: ".o_crm_profiling_undo",
            run: "click",
        },
        {
            content: "Yes",
            trigger: ".modal .btn-primary",
            run: "click",
        },
        {
            content: "It is as before",
            trigger: ".o_crm_profiling_undone:contains('1')",
        },
    ],
});

import {registry} from "@web/core/registry";
import {save} from "./steps";

/** A contact's own data answer: what is missing is said, and filled in it counts. */
registry.category("web_tour.tours").add("crm_profiling_found_tour", {
    steps: () => [
        {
            content: "Open the tab",
            trigger: ".o_notebook a.nav-link[name='crm_profiling']",
            run: "click",
        },
        {
            content: "Nobody is asked for the phone number",
            trigger: ".o_crm_profiling_questions:not(:contains('Phone?'))",
        },
        {
            content: "What is missing is said",
            trigger:
                ".o_crm_profiling_open .o_crm_profiling_not_found:contains('Phone')",
        },
        {
            content: "Fill it in",
            trigger: ".o_field_widget[name='phone'] input",
            run: "edit +32 2 555 12 34 && press Tab",
        },
        ...save(),
        {
            content: "The profile is there at once",
            trigger: ".o_crm_profiling_matched .o_crm_profiling_why",
            run: "click",
        },
        {
            content: "And says what it was found from",
            trigger: ".o_crm_profiling_evidence:contains('+32 2 555 12 34')",
        },
    ],
});

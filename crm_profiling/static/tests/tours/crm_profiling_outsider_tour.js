import {registry} from "@web/core/registry";
import {save} from "./steps";

/** Who has nothing to do with sales edits contacts as before. */
registry.category("web_tour.tours").add("crm_profiling_outsider_tour", {
    steps: () => [
        {
            content: "The contact has its tabs, without the one about profiling",
            trigger:
                ".o_notebook:has(a.nav-link[name='internal_notes']):not(:has(a.nav-link[name='crm_profiling']))",
        },
        {
            content: "Write a phone number",
            trigger: ".o_field_widget[name='phone'] input",
            run: "edit +1 555 0100 && press Tab",
        },
        ...save(),
    ],
});

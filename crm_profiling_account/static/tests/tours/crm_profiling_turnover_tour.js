import {registry} from "@web/core/registry";

const why =
    ".o_crm_profiling_matched .o_crm_profiling_profile:contains('Large accounts')";

function openWhy() {
    return [
        {
            content: "Open the tab",
            trigger: ".o_notebook a.nav-link[name='crm_profiling']",
            run: "click",
        },
        {
            content: "Nobody is asked for a turnover",
            trigger: ".o_crm_profiling_questions:not(:contains('Yearly turnover?'))",
        },
        {
            content: "What was sold is above: why?",
            trigger: `${why} .o_crm_profiling_why`,
            run: "click",
        },
    ];
}

/** Who may read the invoices sees the amount that a profile goes by. */
registry.category("web_tour.tours").add("crm_profiling_turnover_tour", {
    steps: () => [
        ...openWhy(),
        {
            content: "The amount",
            trigger: `${why} .o_crm_profiling_evidence:contains('12,000.00')`,
        },
    ],
});

/** Who may not sees the profile, and neither amount nor answer. */
registry.category("web_tour.tours").add("crm_profiling_turnover_hidden_tour", {
    steps: () => [
        ...openWhy(),
        {
            content: "It fits, and that is all",
            trigger: `${why}:contains('Yearly turnover? Fits'):not(:contains('12,000'))`,
        },
        {
            content: "No amount",
            trigger: `${why}:not(:has(.o_crm_profiling_evidence))`,
        },
    ],
});

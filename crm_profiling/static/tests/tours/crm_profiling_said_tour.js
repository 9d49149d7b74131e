import {registry} from "@web/core/registry";
import {answerButton, profileIn, save} from "./steps";

const box = ".o_crm_profiling_question:has(.o_crm_profiling_name:text('Staff?'))";

/** A number gives its answer; an answer that asks for words gets them; both stay. */
registry.category("web_tour.tours").add("crm_profiling_said_tour", {
    steps: () => [
        {
            content: "Open the tab",
            trigger: ".o_notebook a.nav-link[name='crm_profiling']",
            run: "click",
        },
        {
            content: "Say a number as people do",
            trigger: `${box} input.o_crm_profiling_by_number`,
            run: "edit about 37 && press Enter",
        },
        {
            content: "It is an answer",
            trigger: answerButton("Staff?", "21-50", "[data-state='chosen']"),
        },
        {
            content: "The profile of that answer is there",
            trigger: profileIn("matched", "SaaS"),
        },
        {
            content: "Below the lowest there is none",
            trigger: `${box} input.o_crm_profiling_by_number`,
            run: "edit 0 && press Enter",
        },
        {
            content: "Which is said in words",
            trigger: `${box}:contains('is below the lowest answer')`,
        },
        {
            content: "Say another one",
            trigger: `${box} input.o_crm_profiling_by_number`,
            run: "edit 1.2k && press Enter",
        },
        {
            content: "It is another answer",
            trigger: answerButton("Staff?", "500+", "[data-state='chosen']"),
        },
        {
            content: "Choose what asks for words",
            trigger: answerButton("Sector?", "Others"),
            run: "click",
        },
        {
            content: "Say them",
            trigger: "input.o_crm_profiling_words:required",
            run: "edit Fishing && press Tab",
        },
        ...save(),
        {
            content: "The number is there, as it was meant",
            trigger: `${box} input.o_crm_profiling_by_number:value('1,200')`,
        },
        {
            content: "And so are the words",
            trigger: "input.o_crm_profiling_words:value('Fishing')",
        },
    ],
});

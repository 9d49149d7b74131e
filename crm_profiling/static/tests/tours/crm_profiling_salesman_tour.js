import {registry} from "@web/core/registry";
import {stepUtils} from "@web_tour/tour_utils";
import {answerButton, openMenu, openProfiling, profileIn, save} from "./steps";

const LARGE = "Large accounts, services";

/**
 * @param {string} question
 * @param {string} answer the one that has the focus
 * @param {string} keys to press there
 * @returns {Object} step
 */
function pressAt(question, answer, keys) {
    return {
        content: `At ${question} ${answer} press ${keys}`,
        trigger: answerButton(question, answer, ":focus"),
        run: keys
            .split(" ")
            .map((key) => `press ${key}`)
            .join(" && "),
    };
}

function chosen(question, answer) {
    return {
        content: `${question} is answered with ${answer}`,
        trigger: answerButton(question, answer, "[aria-checked='true']"),
    };
}

/** A single choice leads on to the next question. */
function answerByKeyboard() {
    return [
        {
            content: "Go to the help on keys, before the questions",
            trigger: ".o_crm_profiling_keyboard",
            run: ({anchor}) => anchor.focus(),
        },
        {
            content: "From there to the first question",
            trigger: ".o_crm_profiling_keyboard:focus",
            run: "press Tab",
        },
        pressAt("Journalist?", "Yes", "2"),
        chosen("Journalist?", "No"),
        pressAt("Sector?", "IT", "ArrowRight ArrowRight Space"),
        chosen("Sector?", "Services"),
        pressAt("Staff?", "1", "Tab"),
        pressAt("Function?", "Decision-maker", "1"),
        chosen("Function?", "Decision-maker"),
        pressAt("Specification?", "Yes", "Enter"),
        chosen("Specification?", "Yes"),
        pressAt("Budget?", "Unknown", "End ArrowLeft Enter"),
        chosen("Budget?", "101-300k"),
    ];
}

function readWhy() {
    const large = profileIn("matched", LARGE);
    return [
        {
            content: "The profile says what to propose",
            trigger: `${large} .o_crm_profiling_offer:contains('joint meeting')`,
        },
        {
            content: "Ask why it matches",
            trigger: `${large} .o_crm_profiling_why`,
            run: "click",
        },
        {
            content: "Each of its three questions fits",
            trigger: `${large}:has(li[data-verdict='satisfied']:count(3))`,
        },
        {
            content: "And no question is left",
            trigger: `${large}:not(:has(li:not([data-verdict='satisfied'])))`,
        },
    ];
}

function pin() {
    return [
        {
            content: "Unfold the menu of an open profile",
            trigger: `${profileIn("open", "SaaS")} .o_crm_profiling_menu`,
            run: "click",
        },
        {
            content: "Pin the profile",
            trigger: ".o-dropdown--menu .o_crm_profiling_pin",
            run: "click",
        },
        {
            content: "It is in, by hand",
            trigger: `${profileIn("matched", "SaaS")} .o_crm_profiling_hand`,
        },
        {
            content: "The answers were saved with it",
            trigger: ".o_form_view .o_form_saved",
        },
        {
            content: "Give an answer that would rule it out",
            trigger: answerButton("Staff?", "500+"),
            run: "click",
        },
        {
            content: "Another profile is not open any more",
            trigger: `.o_crm_profiling_result:not(:has(${profileIn("open", "Training")}))`,
        },
        {
            content: "Unfold what is ruled out",
            trigger: ".o_crm_profiling_ruled_out .o_crm_profiling_toggle",
            run: "click",
        },
        {
            content: "It is there",
            trigger: profileIn("ruled_out", "Training"),
        },
        ...save(),
        {
            content: "The pinned one stays in",
            trigger: `${profileIn("matched", "SaaS")} .o_crm_profiling_hand`,
        },
    ];
}

function filterByProfile() {
    const profile =
        ".o_search_panel_section:has(.fa-bullseye) .o_search_panel_filter_value";
    return [
        ...openMenu("crm.crm_menu_sales", "crm_profiling.res_partner_menu_by_category"),
        {
            content: "Somebody else is in a category too",
            trigger: ".o_list_view .o_data_row:contains('Aaron Other')",
        },
        {
            content: "Choose a profile",
            trigger: `${profile}:contains('${LARGE}') input`,
            run: "click",
        },
        {
            content: "Somebody else is not in it",
            trigger: ".o_list_view:not(:has(.o_data_row:contains('Aaron Other')))",
        },
        {
            content: "The contact is",
            trigger: ".o_list_view .o_data_row:contains('Zoe Prospect')",
        },
    ];
}

/** A day's work: ask, see what to propose and why, and list who is in a profile. */
registry.category("web_tour.tours").add("crm_profiling_salesman_tour", {
    steps: () => [
        ...stepUtils.goToAppSteps("crm.crm_menu_root", "Open CRM"),
        ...openMenu("crm.crm_menu_sales", "crm.res_partner_menu_customer"),
        {
            content: "There is nothing to configure",
            trigger:
                ".o_menu_sections:not(:has([data-menu-xmlid='crm.crm_menu_config']))",
        },
        ...openProfiling("Zoe Prospect"),
        ...answerByKeyboard(),
        ...readWhy(),
        ...pin(),
        ...filterByProfile(),
    ],
});

import {browser} from "@web/core/browser/browser";
import {registry} from "@web/core/registry";
import {stepUtils} from "@web_tour/tour_utils";
import {openMenu} from "./steps";
import {line, press, pressAt, SUMMARY} from "./interview_steps";

/** From wherever the interview is to its summary, with a note. */
function finish(trigger, note) {
    return [
        press("Finish", trigger, "f"),
        {
            content: "Write a note",
            trigger: ".o_crm_profiling_note:focus",
            run: `edit ${note}`,
        },
        press("That is all", ".o_crm_profiling_note:focus", "ctrl+Enter"),
        {content: "It is finished", trigger: SUMMARY},
    ];
}

/** The contact's form is open; from its button on there is no mouse. */
registry.category("web_tour.tours").add("crm_profiling_interview_keyboard_tour", {
    steps: () => [
        {
            content: "Interview the contact",
            trigger: ".o_form_view button[name='action_profiling_interview']",
            run: "click",
        },
        pressAt("Journalist?", "2"),
        pressAt("Sector?", "ArrowDown ArrowDown Enter"),
        pressAt("Staff?", "6"),
        {
            content: "What cannot change anything is not asked",
            trigger: line("Function?", "not_needed"),
        },
        pressAt("Specification?", "?"),
        press("Read what the keys do", ".o_dialog .o_crm_profiling_help", "Escape"),
        pressAt("Specification?", "1"),
        pressAt("Budget?", "c"),
        {
            content: "Write a comment",
            trigger: ".o_crm_profiling_comment textarea:focus",
            run: "edit From the board && press Enter",
        },
        pressAt("Budget?", "3"),
        {
            content: "The offer is there to be read out",
            trigger:
                ".o_crm_profiling_matched .o_crm_profiling_offer:contains('joint meeting')",
        },
        {
            content: "It says that all is decided",
            trigger: ".o_crm_profiling_decided",
        },
        ...finish(".o_crm_profiling_decided", "Call on Monday"),
        {
            content: "It says what the interview led to",
            trigger: `${SUMMARY} .o_crm_profiling_entered:contains('Large accounts')`,
        },
    ],
});

/** Several answers, a question skipped, another one changed, one not answered. */
registry.category("web_tour.tours").add("crm_profiling_interview_back_tour", {
    steps: () => [
        pressAt("Interests?", "1 3 Enter"),
        pressAt("Journalist?", "s"),
        pressAt("Sector?", "1"),
        pressAt("Staff?", "b"),
        {
            content: "The answer given is there",
            trigger: "[data-answer-id][aria-checked='true']:focus",
        },
        pressAt("Sector?", "3"),
        pressAt("Staff?", "d"),
        {
            content: "The contact did not want to say",
            trigger: line("Staff?", "declined"),
        },
        {
            content: "Go to the question that was skipped",
            trigger: line("Journalist?", "skipped"),
            run: "click",
        },
        pressAt("Journalist?", "2"),
        {
            content: "It is answered",
            trigger: line("Journalist?", "answered"),
        },
        ...finish(".o_crm_profiling_main", "Back and forth"),
    ],
});

/** The page is loaded again in the middle. */
registry.category("web_tour.tours").add("crm_profiling_interview_reload_tour", {
    steps: () => [
        {
            content: "Opened by its address it is in CRM",
            trigger: ".o_main_navbar [data-menu-xmlid='crm.crm_menu_sales']",
        },
        pressAt("Journalist?", "2"),
        {
            content: "Load the page again",
            trigger: ".o_crm_profiling_card:has(.o_crm_profiling_name:text('Sector?'))",
            run: () => browser.location.reload(),
            expectUnloadPage: true,
        },
        {
            content: "What was answered is answered",
            trigger: line("Journalist?", "answered"),
        },
        pressAt("Sector?", "b"),
        {
            content: "And one can go back to it",
            trigger:
                ".o_crm_profiling_card:has(.o_crm_profiling_name:text('Journalist?'))",
        },
        pressAt("Journalist?", "Enter"),
        pressAt("Sector?", "1"),
        ...finish(
            ".o_crm_profiling_card:has(.o_crm_profiling_name:text('Staff?'))",
            "Twice"
        ),
    ],
});

function callProspect(position) {
    return [
        {
            content: `Prospect ${position} of 5`,
            trigger: `.o_crm_profiling_queue_progress:contains('${position} of 5')`,
        },
        pressAt("Journalist?", "2"),
        ...finish(
            ".o_crm_profiling_card:has(.o_crm_profiling_name:text('Sector?'))",
            "Hi"
        ),
        press("Next prospect", `${SUMMARY} .o_crm_profiling_next_prospect:focus`, "n"),
    ];
}

/** From the list of contacts through five of them, to the end of the call list. */
registry.category("web_tour.tours").add("crm_profiling_interview_queue_tour", {
    steps: () => [
        ...stepUtils.goToAppSteps("crm.crm_menu_root", "Open CRM"),
        ...openMenu("crm.crm_menu_sales", "crm.res_partner_menu_customer"),
        {
            content: "Look for the prospects",
            trigger: ".o_list_view .o_searchview_input",
            run: "edit Fair Prospect",
        },
        {
            content: "Among the names",
            trigger:
                ".o_searchview_autocomplete .o-dropdown-item:first:contains('Fair Prospect')",
            run: "click",
        },
        {
            content: "There are five",
            trigger: ".o_list_view:has(.o_data_row:count(5))",
        },
        {
            content: "Select them",
            trigger: ".o_list_view thead .o_list_record_selector input",
            run: "click",
        },
        {
            content: "Unfold what can be done with them",
            trigger: ".o_list_view .o_cp_action_menus .dropdown-toggle:has(.fa-cog)",
            run: "click",
        },
        {
            content: "Call them",
            trigger:
                ".o-dropdown--menu .o-dropdown-item:contains('Call through these')",
            run: "click",
        },
        {
            content: "What they have in common is the name of the list",
            trigger: ".modal [name=name] input:value(5 contacts)",
        },
        {
            content: "Ask all questions, and start",
            trigger: ".modal footer button[name=action_start]",
            run: "click",
        },
        ...[1, 2, 3, 4, 5].flatMap((position) => callProspect(position)),
        {
            content: "Nobody is left",
            trigger: ".o_crm_profiling_finished",
        },
    ],
});

/** Of the contact on the screen say by keys how the call went. */
function outcome(contact, keys) {
    return [
        press(
            `${contact} is called`,
            `.o_crm_profiling_interview:has(.o_crm_profiling_contact:contains('${contact}')) ` +
                "[data-answer-id]:focus",
            "x"
        ),
        press("How it went", ".o_crm_profiling_outcome:focus", keys),
    ];
}

/** Whom to call now, by the menu and by keys, until nobody is left. */
registry.category("web_tour.tours").add("crm_profiling_call_next_tour", {
    steps: () => [
        ...stepUtils.goToAppSteps("crm.crm_menu_root", "Open CRM"),
        ...openMenu(
            "crm.crm_menu_sales",
            "crm_profiling.crm_profiling_interview_menu_next"
        ),
        {
            content: "It says why",
            trigger: ".o_crm_profiling_call_reason:contains('due today')",
        },
        ...outcome("Carl Callback", "2"),
        {
            content: "On to the list",
            trigger: ".o_crm_profiling_call_reason:contains('Tour list')",
        },
        ...outcome("Tour Prospect 0", "3"),
        press(
            "The next one is there: answer a question",
            ".o_crm_profiling_interview:has(.o_crm_profiling_contact:contains('Tour Prospect 1')) " +
                "[data-answer-id]:focus",
            "2"
        ),
        ...finish("[data-answer-id]:focus", "Call on Monday"),
        press("Call next", ".o_crm_profiling_next_prospect:focus", "n"),
        {
            content: "Nobody is left, and it says when the next one is due",
            trigger:
                ".o_crm_profiling_nobody_now .o_crm_profiling_whom_next:contains('Next: Carl Callback')",
        },
    ],
});

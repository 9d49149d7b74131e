import {registry} from "@web/core/registry";
import {stepUtils} from "@web_tour/tour_utils";
import {pressAt, press, SUMMARY} from "./interview_steps";
import {openMenu} from "./steps";

const FIND = ".o_crm_profiling_find";
const CONTACT = ".o_crm_profiling_contact_form";

function cardOf(question) {
    return `.o_crm_profiling_card:has(.o_crm_profiling_name:text('${question}'))`;
}

/** A known prospect, found by their number: corrected, promised a call, and sold to. */
registry.category("web_tour.tours").add("crm_profiling_call_tour", {
    steps: () => [
        {
            content: "Look for the number, as one reads it on a phone",
            trigger: `${FIND}:focus`,
            run: "edit 0470 12 34 56",
        },
        {
            content: "Call them",
            trigger: ".o_crm_profiling_found:contains('Zoe Prospect')",
            run: "click",
        },
        {...pressAt("Journalist?", "7"), content: "A key that is no answer"},
        {...pressAt("Journalist?", "1"), content: "The wrong one"},
        pressAt("Sector?", "b"),
        pressAt("Journalist?", "2"),
        {...pressAt("Sector?", "e"), content: "Correct the contact"},
        {
            content: "Write what they do",
            trigger: `${CONTACT} [name=function]`,
            run: "edit Head of purchasing",
        },
        {
            content: "Save it",
            trigger: `${CONTACT} .o_crm_profiling_contact_save`,
            run: "click",
        },
        {
            content: "It is there at once",
            trigger: ".o_crm_profiling_header:contains('Head of purchasing')",
        },
        press("What was said before?", cardOf("Sector?"), "h"),
        {
            content: "What was noted at the fair",
            trigger: ".o_crm_profiling_history:contains('Met at the fair')",
        },
        press("Go on", ".o_crm_profiling_history_close:focus", "Escape"),
        press("IT", cardOf("Sector?"), "1"),
        press("That is enough", cardOf("Staff?"), "f"),
        {
            content: "Promise a call, in words",
            trigger: ".o_crm_profiling_when",
            run: "edit tomorrow 9",
        },
        {
            content: "They are understood",
            trigger: ".o_crm_profiling_when_label.text-success-emphasis",
        },
        press("Finish", ".o_crm_profiling_when", "ctrl+Enter"),
        {
            content: "What was promised is confirmed",
            trigger: `${SUMMARY} .o_crm_profiling_callback:contains('calendar')`,
        },
        press("Create an opportunity", `${SUMMARY} [data-after=o] button`, "o"),
        {
            content: "It is there",
            trigger: `${SUMMARY} [data-after=o]:contains('Opportunity: ')`,
        },
        press("Send the offer", `${SUMMARY} [data-after=m] button:enabled`, "m"),
        {
            content: "The profile's template, to be read and changed",
            trigger:
                ".o_mail_composer_form [name='body'] p:contains('Come to our seminar')",
        },
        {
            content: "Send",
            trigger: ".modal-footer button.o_mail_send:enabled",
            run: "click",
        },
        {
            content: "It is sent, once",
            trigger: `body:not(:has(.modal)) ${SUMMARY} [data-after=m]:contains('e-mailed')`,
        },
        press("Book a meeting", `${SUMMARY} [data-after=a] button:enabled`, "a"),
        {
            content: "It is filled in",
            trigger:
                ".modal .o_form_view [name=name] :value('Meeting with Zoe Prospect')",
        },
        {
            content: "Save it",
            trigger: ".modal .o_form_button_save",
            run: "click",
        },
        {
            content: "It is in the calendar",
            trigger: `body:not(:has(.modal)) ${SUMMARY} [data-after=a]:contains('Meeting: ')`,
        },
    ],
});

/** A prospect who is not there yet, like one who is; and who is not to be called. */
registry.category("web_tour.tours").add("crm_profiling_prospect_tour", {
    steps: () => [
        {
            content: "Nobody has this number",
            trigger: `${FIND}:focus`,
            run: "edit 0999 88 77 66",
        },
        {
            content: "Nobody is found",
            trigger: ".o_crm_profiling_nobody",
        },
        {
            content: "A new prospect",
            trigger: ".o_crm_profiling_create",
            run: "click",
        },
        {
            content: "Of a name that is known",
            trigger: `${CONTACT}:has([name=phone]:value('0999 88 77 66')) [name=name]`,
            run: "edit Zoe Prospect",
        },
        {
            content: "Create them",
            trigger: `${CONTACT} .o_crm_profiling_contact_save`,
            run: "click",
        },
        {
            content: "There is one like it: it is another one",
            trigger:
                ".o_crm_profiling_twins:contains('Zoe Prospect') .o_crm_profiling_create_anyway",
            run: "click",
        },
        press("They do not want to talk", ".o_crm_profiling_card", "f"),
        {
            content: "Never again",
            trigger: ".o_crm_profiling_refuse",
            run: "click",
        },
        {
            content: "Why?",
            trigger: ".o_crm_profiling_refuse_reason",
            run: "edit angry",
        },
        press("Finish", ".o_crm_profiling_refuse_reason", "ctrl+Enter"),
        {
            content: "It stands beside the number",
            trigger: `:has(${SUMMARY}) .o_crm_profiling_refused_calls:contains('angry')`,
        },
        {
            content: "They call back",
            trigger: `${SUMMARY} .o_crm_profiling_reopen`,
            run: "click",
        },
        {
            content: "And may be called again",
            trigger: ".o_crm_profiling_allow_calls",
            run: "click",
        },
        {
            content: "Nothing is against it",
            trigger:
                ".o_crm_profiling_header:not(:has(.o_crm_profiling_refused_calls))",
        },
        press("That is all", ".o_crm_profiling_card", "f"),
        press("Finish", ".o_crm_profiling_note:focus", "ctrl+Enter"),
        {
            content: "It is finished",
            trigger: SUMMARY,
        },
    ],
});

/** From the board of profiles to the first of those who are in one. */
registry.category("web_tour.tours").add("crm_profiling_call_through_tour", {
    steps: () => [
        ...stepUtils.goToAppSteps("crm.crm_menu_root", "Open CRM"),
        ...openMenu("crm.crm_menu_report", "crm_profiling.crm_profiling_board_menu"),
        {
            content: "Call those in the profile",
            trigger:
                ".o_crm_profiling_board_profile:contains('Partnership') .o_crm_profiling_board_call",
            run: "click",
        },
        {
            content: "The list has its name",
            trigger: ".modal [name=name] input:value('Partnership, 2 contacts')",
        },
        {
            content: "Start",
            trigger: ".modal footer button[name=action_start]",
            run: "click",
        },
        {
            content: "The first of two is asked",
            trigger: ".o_crm_profiling_queue_progress:contains('1 of 2')",
        },
    ],
});

/** Steps and selectors shared by the tours. Names in them are data of the tests. */
import {stepUtils} from "@web_tour/tour_utils";

/**
 * @param {string} section xml id of a section of the menu bar
 * @param {string} entry xml id of an entry in it
 * @returns {Object[]} steps
 */
export function openMenu(section, entry) {
    return [
        {
            content: `Unfold ${section}`,
            trigger: `.o_menu_sections button[data-menu-xmlid='${section}']`,
            run: "click",
        },
        {
            content: `Open ${entry}`,
            trigger: `.o-dropdown--menu [data-menu-xmlid='${entry}']`,
            run: "click",
        },
    ];
}

/**
 * @param {string} name of a contact; CRM / Sales / Customers is open
 * @returns {Object[]} steps to its Profiling tab
 */
export function openProfiling(name) {
    return [
        {
            content: "Write the name of the contact",
            trigger: ".o_list_view .o_searchview_input",
            run: `edit ${name}`,
        },
        {
            content: "Look for it among the names",
            trigger: `.o_searchview_autocomplete .o-dropdown-item:first:contains('${name}')`,
            run: "click",
        },
        {
            content: "Wait until nobody else is there",
            trigger: ".o_list_view .o_data_row:only",
        },
        {
            content: "Open the contact",
            trigger: `.o_data_row [name='complete_name']:contains('${name}')`,
            run: "click",
        },
        {
            content: "Open the tab with the questions",
            trigger: ".o_form_view a.nav-link[name='crm_profiling']",
            run: "click",
        },
    ];
}

/**
 * Saves the form. What has changed must be in the record first: until then the form
 * looks as saved as it does afterwards, and the steps after would not wait.
 *
 * @returns {Object[]} steps
 */
export function save() {
    return [
        {
            content: "There is something to save",
            trigger: ".o_form_view .o_form_dirty",
        },
        ...stepUtils.saveForm(),
    ];
}

/**
 * @param {string} question
 * @param {string} answer
 * @param {string} [condition] selector that the answer matches as well
 * @returns {string} selector of the button of an answer
 */
export function answerButton(question, answer, condition = "") {
    return (
        `.o_crm_profiling_question:has(.o_crm_profiling_name:text('${question}')) ` +
        `.o_crm_profiling_answer${condition}:has(.o_crm_profiling_answer_name:text('${answer}'))`
    );
}

/**
 * @param {"matched" | "open" | "ruled_out"} group
 * @param {string} name
 * @returns {string} selector of a profile in the result
 */
export function profileIn(group, name) {
    return (
        `.o_crm_profiling_${group} ` +
        `.o_crm_profiling_profile:has(.o_crm_profiling_profile_name:text('${name}'))`
    );
}

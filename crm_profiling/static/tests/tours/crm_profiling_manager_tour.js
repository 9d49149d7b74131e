import {registry} from "@web/core/registry";
import {stepUtils} from "@web_tour/tour_utils";
import {answerButton, openMenu, openProfiling, profileIn, save} from "./steps";

const NAME = ".oe_title .o_field_widget[name='name'] textarea";

function openConfiguration(entry) {
    return openMenu("crm.crm_menu_config", `crm_profiling.${entry}`);
}

/** The first answer is written into a row that is asked for, Enter gives the others. */
function writeAnswers(...answers) {
    return [
        {
            content: "Add a first answer",
            trigger: "[name='answer_ids'] .o_field_x2many_list_row_add a",
            run: "click",
        },
        ...answers.map((answer, index) => ({
            content: `Write the answer ${answer}`,
            trigger: `[name='answer_ids'] .o_data_row:eq(${index}).o_selected_row [name='name'] input`,
            run: `edit ${answer} && press Enter`,
        })),
        {
            content: "Enter has opened one row more",
            trigger: `[name='answer_ids'] .o_data_row:eq(${answers.length}).o_selected_row`,
        },
    ];
}

function defineQuestion() {
    return [
        ...openConfiguration("crm_profiling_question_menu"),
        {
            content: "Create a question",
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            content: "Write the question",
            trigger: NAME,
            run: "edit Demonstration?",
        },
        ...writeAnswers("This week", "Next month", "Never"),
        ...save(),
    ];
}

function defineProfile() {
    return [
        ...openConfiguration("crm_profiling_profile_menu"),
        {
            content: "Create a profile",
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            content: "Name the profile",
            trigger: NAME,
            run: "edit Eager customers",
        },
        {
            content: "Name a tag that is not there yet",
            trigger: "[name='category_id'] input",
            run: "edit Eager",
        },
        {
            content: "Create the tag",
            trigger: ".o_m2o_dropdown_option_create a",
            run: "click",
        },
        {
            content: "Want an answer",
            trigger: answerButton("Demonstration?", "This week"),
            run: "click",
        },
        {
            content: "Or another one to the same question",
            trigger: answerButton("Demonstration?", "Next month"),
            run: "click",
        },
        {
            content: "Click an answer to another question",
            trigger: answerButton("Journalist?", "Yes"),
            run: "click",
        },
        {
            content: "Click it again: it is not wanted",
            trigger: answerButton("Journalist?", "Yes", "[data-state='required']"),
            run: "click",
        },
        {
            content: "It shows that it is not wanted",
            trigger: answerButton("Journalist?", "Yes", "[data-state='excluded']"),
        },
        {
            content: "Go to the offer",
            trigger: "a.nav-link[name='offer']",
            run: "click",
        },
        {
            content: "Write what to propose",
            trigger: "[name='offer'] .odoo-editor-editable .o-paragraph",
            run: "editor Meet on Tuesday",
        },
        ...save(),
    ];
}

function answerQuestions() {
    return [
        ...openMenu("crm.crm_menu_sales", "crm.res_partner_menu_customer"),
        ...openProfiling("Zoe Prospect"),
        {
            content: "The new profile is open",
            trigger: profileIn("open", "Eager customers"),
        },
        {
            content: "Give an answer that is wanted",
            trigger: answerButton("Demonstration?", "Next month"),
            run: "click",
        },
        {
            content: "Give an answer that is not unwanted",
            trigger: answerButton("Journalist?", "No"),
            run: "click",
        },
        {
            content: "The profile matches and says what to propose",
            trigger: `${profileIn("matched", "Eager customers")} .o_crm_profiling_offer:contains('Meet on Tuesday')`,
        },
        // All that before the contact is saved
        ...save(),
        {
            content: "The profile still matches",
            trigger: profileIn("matched", "Eager customers"),
        },
    ];
}

/** From no question to a contact in a profile. */
registry.category("web_tour.tours").add("crm_profiling_manager_tour", {
    steps: () => [
        ...stepUtils.goToAppSteps("crm.crm_menu_root", "Open CRM"),
        ...defineQuestion(),
        ...defineProfile(),
        ...answerQuestions(),
    ],
});

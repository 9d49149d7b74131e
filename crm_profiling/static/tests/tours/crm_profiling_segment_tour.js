import {openMenu} from "./steps";
import {registry} from "@web/core/registry";
import {stepUtils} from "@web_tour/tour_utils";

registry.category("web_tour.tours").add("crm_profiling_segment_tour", {
    url: "/odoo",
    steps: () => [
        ...stepUtils.goToAppSteps("crm.crm_menu_root"),
        ...openMenu("crm.crm_menu_config", "crm_profiling.crm_profiling_profile_menu"),
        {
            content: "Open the profile",
            trigger: ".o_data_row .o_data_cell[name='name']:contains('Partnership')",
            run: "click",
        },
        {
            content: "E-mail its contacts",
            trigger: ".o_statusbar_buttons button[name='action_segment_email']",
            run: "click",
        },
        {
            content: "The profile's template is there",
            trigger:
                ".o_mail_composer_form [name='body'] p:contains('Come to our seminar')",
        },
        {
            content: "Send",
            trigger: ".modal-footer button.o_mail_send:enabled",
            run: "click",
        },
        {
            content: "The dialog has gone",
            trigger: "body:not(:has(.modal)) .o_form_view",
        },
    ],
});

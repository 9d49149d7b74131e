import {registry} from "@web/core/registry";
import {stepUtils} from "@web_tour/tour_utils";
import {openMenu} from "./steps";

/** From the menu to the contacts on a branch of the tree, and back. */
registry.category("web_tour.tours").add("crm_profiling_tree_tour", {
    steps: () => [
        ...stepUtils.goToAppSteps("crm.crm_menu_root", "Open CRM"),
        ...openMenu("crm.crm_menu_config", "crm_profiling.crm_profiling_tree_menu"),
        {
            content: "Fold everything",
            trigger: ".o_crm_profiling_fold_all",
            run: "click",
        },
        {
            content: "Unfold a branch",
            trigger:
                "[role=treeitem][aria-expanded='false'][aria-label^='IT, ERP consultant'] .o_crm_profiling_fold",
            run: "click",
        },
        {
            content: "Open the contacts of a branch below",
            trigger:
                "[role=treeitem][aria-level='3'][aria-label^='21-50, contacts: 1'] .o_crm_profiling_branch",
            run: "click",
        },
        {
            content: "The contact is there, alone",
            trigger: ".o_list_view .o_data_row:only:contains('Zoe Prospect')",
        },
        {
            content: "Go back",
            trigger: ".o_control_panel .o_back_button, .breadcrumb-item a",
            run: "click",
        },
        {
            content: "The tree is as it was left: open a profile",
            trigger:
                "[role=treeitem][aria-level='3'][aria-label^='21-50'] .o_crm_profiling_tree_profile",
            run: "click",
        },
        {
            content: "It is the profile",
            trigger: ".o_form_view [name='required_answer_ids']",
        },
    ],
});

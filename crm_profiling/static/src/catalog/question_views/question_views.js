import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {FormController} from "@web/views/form/form_controller";
import {formView} from "@web/views/form/form_view";
import {ListController} from "@web/views/list/list_controller";
import {listView} from "@web/views/list/list_view";

/**
 * Says beforehand which profiles need the questions about to be archived.
 *
 * @param {Object} dialogProps of Odoo's own confirmation
 * @param {Object[]} records the questions
 * @returns {Object} the properties with a body that says so
 */
export function warnOfProfiles(dialogProps, records) {
    const warnings = records.map(({data}) => data.archive_warning).filter(Boolean);
    if (!warnings.length) {
        return dialogProps;
    }
    return {
        ...dialogProps,
        title: _t("Archive what profiles use?"),
        body: warnings.join("\n"),
    };
}

export class QuestionFormController extends FormController {
    get archiveDialogProps() {
        return warnOfProfiles(super.archiveDialogProps, [this.model.root]);
    }
}

export class QuestionListController extends ListController {
    get archiveDialogProps() {
        return warnOfProfiles(super.archiveDialogProps, this.model.root.selection);
    }
}

registry.category("views").add("crm_profiling_question_form", {
    ...formView,
    Controller: QuestionFormController,
});
registry.category("views").add("crm_profiling_question_list", {
    ...listView,
    Controller: QuestionListController,
});

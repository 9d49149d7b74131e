import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {expect, test} from "@odoo/hoot";
import {
    contains,
    defineModels,
    fields,
    models,
    mountView,
    toggleActionMenu,
    toggleMenuItem,
} from "@web/../tests/web_test_helpers";

class Question extends models.Model {
    _name = "crm.profiling.question";

    name = fields.Char();
    active = fields.Boolean({default: true});
    archive_warning = fields.Char();

    _records = [
        {id: 1, name: "Sector?", archive_warning: "“Sector?” is used."},
        {id: 2, name: "Function?", archive_warning: ""},
    ];
    _views = {
        form: `<form js_class="crm_profiling_question_form">
            <field name="active" invisible="1"/>
            <field name="archive_warning" invisible="1"/>
            <field name="name"/>
        </form>`,
        list: `<list js_class="crm_profiling_question_list">
            <field name="active" column_invisible="1"/>
            <field name="archive_warning" column_invisible="1"/>
            <field name="name"/>
        </list>`,
    };
}

defineMailModels();
defineModels([Question]);

async function archive(values) {
    await mountView({
        resModel: "crm.profiling.question",
        actionMenus: {},
        ...values,
    });
    if (values.type === "list") {
        await contains(".o_list_record_selector input").click();
    }
    await toggleActionMenu();
    await toggleMenuItem("Archive");
}

test.tags("desktop");
test("archiving a question in use names the profiles", async () => {
    await archive({type: "form", resId: 1});
    expect(".modal-body").toHaveText("“Sector?” is used.");
});

test.tags("desktop");
test("archiving another question asks as ever", async () => {
    await archive({type: "form", resId: 2});
    expect(".modal-body").toHaveText(/Are you sure/);
});

test.tags("desktop");
test("archiving several questions names the profiles", async () => {
    await archive({type: "list"});
    expect(".modal-body").toHaveText("“Sector?” is used.");
});

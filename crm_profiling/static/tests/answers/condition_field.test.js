import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {expect, test} from "@odoo/hoot";
import {queryAllTexts} from "@odoo/hoot-dom";
import {
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";

class Answer extends models.Model {
    _name = "crm.profiling.answer";

    name = fields.Char();
    domain = fields.Char();

    _records = [
        {id: 1, name: "Next door", domain: "[('name', '=', 'x')]"},
        {id: 2, name: "Further away", domain: false},
        {id: 3, name: "Emptied", domain: "[]"},
    ];
}

defineMailModels();
defineModels([Answer]);

test.tags("desktop");
test("without a condition an answer stands for all others, not for all", async () => {
    onRpc("res.partner", "search_count", () => 7);
    await mountView({
        resModel: "crm.profiling.answer",
        type: "list",
        arch: `<list editable="bottom"><field name="name"/>
            <field name="domain" widget="crm_profiling_condition"
                options="{'model': 'res.partner', 'in_dialog': True}"
                placeholder="All others"/></list>`,
    });
    expect(queryAllTexts(".o_data_row:eq(0) .o_domain_show_selection_button")).toEqual([
        "7 record(s)",
    ]);
    for (const row of [1, 2]) {
        expect(`.o_data_row:eq(${row}) [name='domain']`).toHaveText("All others");
        expect(`.o_data_row:eq(${row}) .o_domain_show_selection_button`).toHaveCount(0);
    }
    expect(".o_list_view").not.toHaveText(/all records/i);
});

test.tags("desktop");
test("of whom it can be told, if nobody says so, is said as well", async () => {
    onRpc("res.partner", "search_count", () => 7);
    await mountView({
        resModel: "crm.profiling.answer",
        type: "form",
        resId: 2,
        arch: `<form><field name="domain" widget="crm_profiling_condition"
            options="{'model': 'res.partner', 'foldable': True}"
            placeholder="Contacts on whom it is filled in"/></form>`,
    });
    expect("[name='domain']").toHaveText(/^Contacts on whom it is filled in/);
    expect("[name='domain'] .o_domain_add_first_node_button").toHaveCount(1);
    expect("[name='domain'] .o_domain_show_selection_button").toHaveCount(0);
});

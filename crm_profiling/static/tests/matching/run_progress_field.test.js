import {startBusService} from "@bus/../tests/bus_test_helpers";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {expect, test} from "@odoo/hoot";
import {
    contains,
    defineModels,
    fields,
    MockServer,
    models,
    mountView,
} from "@web/../tests/web_test_helpers";
import {waitPatiently} from "../patience";

class Profile extends models.Model {
    _name = "crm.profiling.profile";

    name = fields.Char();
    stale_since = fields.Datetime();
    run_done = fields.Integer();
    run_total = fields.Integer();

    _records = [
        {
            id: 1,
            name: "Large accounts",
            stale_since: "2026-11-24 10:00:00",
            run_done: 100,
            run_total: 900,
        },
    ];
}

defineMailModels();
defineModels([Profile]);

async function mountProfile() {
    await mountView({
        type: "form",
        resModel: "crm.profiling.profile",
        resId: 1,
        arch: `
            <form>
                <field name="name"/>
                <div class="stale" invisible="not stale_since">
                    <field name="stale_since" invisible="1"/>
                    <field
                        name="run_done"
                        widget="crm_profiling_run_progress"
                        readonly="1"
                    />
                </div>
            </form>`,
    });
    await startBusService();
}

/** The job tells how far it is. */
function tell(run) {
    MockServer.env["bus.bus"]._sendone("broadcast", "crm_profiling/run", run);
}

test("moves with the job", async () => {
    await mountProfile();
    expect(".o_progressbar_value").toHaveText("100 / 900", {inline: true});
    tell({state: "running", done: 500});
    await waitPatiently(".o_progressbar_value:contains(500)");
    expect(".o_progressbar_value").toHaveText("500 / 900", {inline: true});
});

test("is gone once the job is done", async () => {
    await mountProfile();
    MockServer.env["crm.profiling.profile"].write([1], {stale_since: false});
    tell({state: "done", done: 900});
    await waitPatiently(".o_form_view:not(:has(.stale))");
    expect(".stale").toHaveCount(0);
});

test("leaves what is being edited alone", async () => {
    await mountProfile();
    await contains("[name=name] input").edit("Larger accounts", {confirm: false});
    MockServer.env["crm.profiling.profile"].write([1], {stale_since: false});
    tell({state: "running", done: 500});
    await waitPatiently(".o_progressbar_value:contains(500)");
    tell({state: "done", done: 900});
    tell({state: "running", done: 600});
    await waitPatiently(".o_progressbar_value:contains(600)");
    expect("[name=name] input").toHaveValue("Larger accounts");
});

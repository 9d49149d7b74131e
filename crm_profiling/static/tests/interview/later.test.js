import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {expect, test} from "@odoo/hoot";
import {advanceTime, animationFrame} from "@odoo/hoot-mock";
import {Component, reactive, xml} from "@odoo/owl";
import {mountWithCleanup} from "@web/../tests/web_test_helpers";
import {useStateLater} from "@crm_profiling/interview/later";

defineMailModels();

test("until something is there, what was shown stays", async () => {
    const state = reactive({name: "Zoe"});
    class Shown extends Component {
        static template = xml`<p class="shown" t-out="state.name" />`;
        static props = {};
        setup() {
            this.state = useStateLater(state, ({name}) => Boolean(name));
        }
    }
    await mountWithCleanup(Shown);
    async function untilDrawn() {
        for (let frame = 0; frame < 3; frame++) {
            await animationFrame();
            await advanceTime(10);
        }
    }
    expect(".shown").toHaveText("Zoe");
    state.name = "";
    await untilDrawn();
    expect(".shown").toHaveText("Zoe");
    state.name = "Yves";
    await untilDrawn();
    expect(".shown").toHaveText("Yves");
});

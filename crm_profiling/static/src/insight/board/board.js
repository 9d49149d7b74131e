import {Component, onWillStart} from "@odoo/owl";
import {Layout} from "@web/search/layout";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useService} from "@web/core/utils/hooks";
import {BoardFindings} from "./board_findings";
import {BoardProfiles} from "./board_profiles";
import {BoardQuestions} from "./board_questions";
import {BoardTotals} from "./board_totals";

/** All profiles on one screen; every figure opens what it counts. */
export class Board extends Component {
    static template = "crm_profiling.Board";
    static components = {
        BoardFindings,
        BoardProfiles,
        BoardQuestions,
        BoardTotals,
        Layout,
    };
    static props = {...standardActionServiceProps};

    setup() {
        const orm = useService("orm");
        this.display = {controlPanel: {}};
        onWillStart(async () => {
            this.board = await orm.call("crm.profiling.board", "get_board", []);
        });
    }
}

registry.category("actions").add("crm_profiling.board", Board);

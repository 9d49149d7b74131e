import {Component} from "@odoo/owl";
import {formatInteger} from "@web/views/fields/formatters";
import {useBoardLinks} from "./board_links";
import {moneyText, share} from "./figures";

/** How many contacts there are, asked, in a profile, and what they brought. */
export class BoardTotals extends Component {
    static template = "crm_profiling.BoardTotals";
    static props = {board: Object};
    number = formatInteger;
    share = share;

    setup() {
        this.links = useBoardLinks();
    }

    money(value) {
        return moneyText(value, this.props.board.currency_id);
    }
}

import {Component} from "@odoo/owl";
import {deserializeDateTime, formatDate} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {formatInteger} from "@web/views/fields/formatters";
import {useBoardLinks} from "./board_links";
import {share} from "./figures";

/** The questions: of how many contacts the answer is known. */
export class BoardQuestions extends Component {
    static template = "crm_profiling.BoardQuestions";
    static props = {board: Object};
    number = formatInteger;
    share = share;

    setup() {
        this.links = useBoardLinks();
    }

    askedText({date}) {
        return _t("Last asked on %s", formatDate(deserializeDateTime(date)));
    }
}

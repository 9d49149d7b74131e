import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {formatInteger} from "@web/views/fields/formatters";
import {lineLabel} from "./file_wording";

/** Lines that are left out, and those of which something is missing, with the reasons. */
export class ImportLines extends Component {
    static template = "crm_profiling.ImportLines";
    static props = {
        /** To do something with it. */
        file: Object,
        /** What the server says of it. */
        data: Object,
        progress: Object,
        isBusy: Boolean,
    };
    lineLabel = lineLabel;

    get leftOut() {
        return _t("Lines left out: %s", formatInteger(this.props.progress.rejected));
    }

    get linesInPart() {
        const warnings = formatInteger(this.props.progress.warnings);
        const isOver = this.props.progress.state !== "draft";
        return isOver
            ? _t("Lines imported in part: %s", warnings)
            : _t("Lines to import in part: %s", warnings);
    }

    someShown(lines) {
        return _t("The first %s are shown; the file has them all.", lines.length);
    }
}

import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {quoted} from "../catalog/questions/wording";
import {ImportColumns} from "./import_columns";
import {ImportCompanies} from "./import_companies";
import {ImportCounts} from "./import_counts";
import {ImportLines} from "./import_lines";
import {ImportOptions} from "./import_options";
import {ImportSettings} from "./import_settings";
import {ImportUpdates} from "./import_updates";

/** Columns that are ignored, named before “and more”. */
const NAMED = 5;

/** What a file is taken for and what importing it would do, before it is done. */
export class ImportCheck extends Component {
    static template = "crm_profiling.ImportCheck";
    static components = {
        ImportColumns,
        ImportCompanies,
        ImportCounts,
        ImportLines,
        ImportOptions,
        ImportSettings,
        ImportUpdates,
    };
    static props = {
        /** To do something with it. */
        file: Object,
        /** What the server says of it. */
        data: Object,
        isBusy: Boolean,
    };

    /** Which columns nothing is done with, in words; none in an import that began. */
    get ignored() {
        const ignored = this.props.data.columns.filter((column) => !column.target);
        const names = ignored
            .slice(0, NAMED)
            .map(({heading, letter}) =>
                heading ? `${quoted(heading)} (${letter})` : letter
            )
            .join(", ");
        const more = ignored.length - NAMED;
        return more > 0 ? _t("%(names)s and %(more)s more", {names, more}) : names;
    }
}

import {Component} from "@odoo/owl";
import {ImportCounts} from "./import_counts";
import {ImportLines} from "./import_lines";

/** What has become of a file that is imported, and what may follow. */
export class ImportDone extends Component {
    static template = "crm_profiling.ImportDone";
    static components = {ImportCounts, ImportLines};
    static props = {
        /** To do something with it. */
        file: Object,
        /** What the server says of it. */
        data: Object,
        progress: Object,
        isBusy: Boolean,
        onAgain: Function,
        onUndo: Function,
    };
}

import {Component} from "@odoo/owl";
import {soFar} from "./file_wording";

/** Where no file is chosen yet: which one, or an import of before. */
export class ImportStart extends Component {
    static template = "crm_profiling.ImportStart";
    static props = {
        file: Object,
        isBusy: Boolean,
        unfinished: Array,
        lately: Array,
        onChoose: Function,
        /** (id) */
        onResume: Function,
        /** (unfinished) */
        onDiscard: Function,
    };
    soFar = soFar;
}

import {Component} from "@odoo/owl";
import {soFar} from "./file_wording";

/** How far importing a file has come, or taking it back. */
export class ImportProgress extends Component {
    static template = "crm_profiling.ImportProgress";
    static props = {
        name: String,
        progress: Object,
        isBusy: Boolean,
        isRunning: Boolean,
        onPause: Function,
        onContinue: Function,
    };
    soFar = soFar;

    get percent() {
        const {done, total} = this.props.progress;
        return total ? Math.floor((100 * done) / total) : 100;
    }
}

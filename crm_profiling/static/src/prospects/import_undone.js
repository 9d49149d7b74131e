import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {formatInteger} from "@web/views/fields/formatters";

/** What is left of an import that was taken back. */
export class ImportUndone extends Component {
    static template = "crm_profiling.ImportUndone";
    static props = {data: Object, progress: Object, onAgain: Function};

    get undone() {
        return _t(
            "Contacts put back: %s",
            formatInteger(this.props.progress.undone || 0)
        );
    }

    /** Whom an import that is taken back leaves; told once all of it is. */
    get kept() {
        return this.props.data.kept || [];
    }

    get keptLabel() {
        return _t(
            "Contacts that stay: %s",
            formatInteger(this.props.progress.kept || 0)
        );
    }
}

import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {encodingLabel} from "./file_wording";

/** Letters of a line among which one chooses the headings. */
const TOP_LETTERS = 60;

/** How a file is read: where its headings are, and what its letters mean. */
export class ImportOptions extends Component {
    static template = "crm_profiling.ImportOptions";
    static props = {
        data: Object,
        isBusy: Boolean,
        /** (name, value) */
        onChange: Function,
    };

    /** Whether the file is plain text, whose encoding and separator are guessed. */
    get isText() {
        return Boolean(this.props.data.options.encoding);
    }

    get separators() {
        return [
            {value: ",", label: _t("Comma")},
            {value: ";", label: _t("Semicolon")},
            {value: "\t", label: _t("Tab")},
            {value: "|", label: _t("Vertical bar")},
        ];
    }

    get encodings() {
        const {encoding} = this.props.data.options;
        return [...new Set([encoding, ...this.props.data.encodings])].map((value) => ({
            value,
            label: encodingLabel(value),
        }));
    }

    /** A line of the file, as one recognises it. */
    topLabel([number, ...cells]) {
        const text = cells.filter(Boolean).join(" · ");
        const shown =
            text.length > TOP_LETTERS ? `${text.slice(0, TOP_LETTERS)}…` : text;
        return _t("Line %(number)s: %(text)s", {number, text: shown});
    }
}

import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {formatInteger} from "@web/views/fields/formatters";
import {quoted} from "../catalog/questions/wording";
import {encodingLabel, lineLabel} from "./file_wording";

/** Letters of a line among which one chooses the headings. */
const TOP_LETTERS = 60;

/** Columns that are ignored, named before “and more”. */
const NAMED = 5;

/** What the screen of an import shows, and in which words. */
export class ImportShown extends Component {
    lineLabel = lineLabel;

    /** @returns {"start" | "check" | "import" | "done" | "undone"} */
    get step() {
        const {file} = this.state;
        const steps = {
            draft: "check",
            running: "import",
            done: "done",
            undoing: "import",
            undone: "undone",
        };
        return file ? steps[file.progress.state] : "start";
    }

    get progress() {
        return this.state.file.progress;
    }

    get percent() {
        const {done, total} = this.progress;
        return total ? Math.floor((100 * done) / total) : 100;
    }

    get canBegin() {
        const {problems} = this.state.file;
        return !problems.length && this.progress.total > this.progress.rejected;
    }

    /** Whether the file is plain text, whose encoding and separator are guessed. */
    get isText() {
        return Boolean(this.state.file.options.encoding);
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
        const {encoding} = this.state.file.options;
        return [...new Set([encoding, ...this.state.file.encodings])].map((value) => ({
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

    /** What importing does, or did, in numbers. */
    get counts() {
        const {progress} = this;
        const isOver = progress.state !== "draft";
        return [
            {
                key: "created",
                label: isOver ? _t("Created") : _t("New"),
                color: "success",
            },
            {
                key: "updated",
                label: isOver ? _t("Updated") : _t("To update"),
                color: "info",
            },
            {
                key: "companies_updated",
                label: _t("Companies to update"),
                color: "info",
            },
            {key: "unchanged", label: _t("Unchanged"), color: "body"},
            {key: "companies", label: _t("New companies"), color: "body"},
            {key: "warnings", label: this.inPart, color: "warning"},
            {key: "outdated", label: _t("Older answers"), color: "warning"},
            {key: "rejected", label: _t("Left out"), color: "danger"},
        ]
            .filter(({key}) => progress[key] || key === "created")
            .map((count) => ({
                ...count,
                value: formatInteger(progress[count.key] || 0),
            }));
    }

    get leftOut() {
        return _t("Lines left out: %s", formatInteger(this.progress.rejected));
    }

    get inPart() {
        const isOver = this.progress.state !== "draft";
        return isOver ? _t("Imported in part") : _t("To import in part");
    }

    get linesInPart() {
        const warnings = formatInteger(this.progress.warnings);
        const isOver = this.progress.state !== "draft";
        return isOver
            ? _t("Lines imported in part: %s", warnings)
            : _t("Lines to import in part: %s", warnings);
    }

    someShown(lines) {
        return _t("The first %s are shown; the file has them all.", lines.length);
    }

    /** Which columns nothing is done with, in words; none in an import that began. */
    get ignored() {
        const ignored = this.state.file.columns.filter((column) => !column.target);
        const names = ignored
            .slice(0, NAMED)
            .map(({heading, letter}) =>
                heading ? `${quoted(heading)} (${letter})` : letter
            )
            .join(", ");
        const more = ignored.length - NAMED;
        return more > 0 ? _t("%(names)s and %(more)s more", {names, more}) : names;
    }

    get undone() {
        return _t("Contacts put back: %s", formatInteger(this.progress.undone || 0));
    }

    /** Whom an import that is taken back leaves; told once all of it is. */
    get kept() {
        return this.state.file.kept || [];
    }

    get keptLabel() {
        return _t("Contacts that stay: %s", formatInteger(this.progress.kept || 0));
    }

    soFar({done, total}) {
        return _t("%(done)s of %(total)s done", {
            done: formatInteger(done),
            total: formatInteger(total),
        });
    }
}

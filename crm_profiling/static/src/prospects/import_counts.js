import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {formatInteger} from "@web/views/fields/formatters";

/** What importing a file does, or did, in numbers. */
export class ImportCounts extends Component {
    static template = "crm_profiling.ImportCounts";
    static props = {progress: Object};

    get counts() {
        const {progress} = this.props;
        const isOver = progress.state !== "draft";
        const inPart = isOver ? _t("Imported in part") : _t("To import in part");
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
            {key: "warnings", label: inPart, color: "warning"},
            {key: "outdated", label: _t("Older answers"), color: "warning"},
            {key: "rejected", label: _t("Left out"), color: "danger"},
        ]
            .filter(({key}) => progress[key] || key === "created")
            .map((count) => ({
                ...count,
                value: formatInteger(progress[count.key] || 0),
            }));
    }
}

import {_t} from "@web/core/l10n/translation";
import {patch} from "@web/core/utils/patch";
import {AnswersField} from "../../answers/answers/answers_field";
import {getGroup} from "./groups";

/** Beside the answers of a contact: what they lead to, and which are out of date. */
patch(AnswersField.prototype, {
    get result() {
        return this.props.record.data[this.props.resultField || "profiling_result"];
    },

    get staleIds() {
        return this.result?.stale_answer_ids || [];
    },

    /** How many profiles match, or nothing where the form does not tell. */
    get resultLabel() {
        if (!this.result?.evaluated) {
            return "";
        }
        return _t("Matched: %s", getGroup(this.result, "matched").length);
    },
});

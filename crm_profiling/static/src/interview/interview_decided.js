import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

/** In place of a question, once none is left to ask. */
export class InterviewDecided extends Component {
    static template = "crm_profiling.InterviewDecided";
    static props = {interview: Object, onFinish: Function, onAskRest: Function};

    setup() {
        this.interview = useState(this.props.interview);
    }

    /** Nothing is left to ask: because all is decided, or because of what was skipped. */
    get title() {
        const {interview} = this;
        if (!interview.questions.length) {
            return _t("There is nothing to ask");
        }
        return interview.open.length
            ? _t("Nothing is left to ask")
            : _t("Everything is decided");
    }

    get text() {
        const {open, matched} = this.interview;
        if (open.length) {
            return _t(
                "Profiles still open: %s. They wait for questions that were skipped, declined or are not in this questionnaire.",
                open.length
            );
        }
        return matched.length
            ? _t("The profiles that match say what to propose.")
            : _t("No profile matches these answers.");
    }

    get restLabel() {
        return _t("Ask the rest (%s)", this.interview.rest.length);
    }
}

import {Component, useState} from "@odoo/owl";
import {formatList} from "@web/core/l10n/utils";
import {_t} from "@web/core/l10n/translation";
import {getTitle} from "./entry_title";

/** What profiles did, and what still waits. */
export class FollowedUp extends Component {
    static template = "crm_profiling.FollowedUp";
    static props = {interview: Object};
    getTitle = getTitle;

    setup() {
        this.interview = useState(this.props.interview);
    }

    get followUp() {
        return this.interview.screen.follow_up;
    }

    get entries() {
        return this.followUp?.entries || [];
    }

    get waiting() {
        return this.followUp?.waiting.entries || [];
    }

    get waitingLabel() {
        const {others} = this.followUp.waiting;
        return others.length
            ? _t("Done once %s has finished, too:", formatList(others))
            : _t("Still to be done:");
    }
}

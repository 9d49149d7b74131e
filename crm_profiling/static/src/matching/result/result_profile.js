import {Component, markup, useState} from "@odoo/owl";
import {Dropdown} from "@web/core/dropdown/dropdown";
import {DropdownItem} from "@web/core/dropdown/dropdown_item";
import {_t} from "@web/core/l10n/translation";
import {formatList} from "@web/core/l10n/utils";
import {describeWanted, quoted} from "../../catalog/questions/wording";
import {formatDay} from "../../catalog/server/moments";
import {getToAsk} from "./groups";

/** An icon and a word for each verdict: a colour alone would not do. */
const VERDICTS = {
    satisfied: {icon: "fa-check text-success", label: _t("Fits")},
    ruled_out: {icon: "fa-times text-danger", label: _t("Rules it out")},
    open: {icon: "fa-question-circle-o text-warning", label: _t("Still to ask")},
};

/** One profile of the result: what to propose, what is to ask, and why. */
export class ResultProfile extends Component {
    static template = "crm_profiling.ResultProfile";
    quoted = quoted;
    static components = {Dropdown, DropdownItem};
    static props = {
        profile: Object, // as in the result
        group: {validate: (group) => ["matched", "open", "ruled_out"].includes(group)},
        /** Without it nobody can be pinned or barred here. */
        onSetHand: {type: Function, optional: true},
        onAsk: Function,
        /** Whether it came to this group just now: it draws the eye for a moment. */
        hasMoved: {type: Boolean, optional: true},
    };

    setup() {
        this.verdicts = VERDICTS;
        this.state = useState({isWhyOpen: false});
    }

    /** The server has cleaned it. */
    get offer() {
        const {offer} = this.props.profile;
        return offer && markup(offer);
    }

    get questionsToAsk() {
        return getToAsk(this.props.profile);
    }

    get reasons() {
        return this.props.profile.criteria.filter(
            ({verdict}) => verdict === "ruled_out"
        );
    }

    getGiven(criterion) {
        return formatList(
            criterion.given.map(({answer}) => answer),
            {style: "unit"}
        );
    }

    get menuLabel() {
        return _t("Pin or keep out: %s", this.props.profile.name);
    }

    describe({required, excluded, inherited_from: profile}) {
        const wanted = describeWanted(required, excluded);
        return profile
            ? _t("Wanted: %(wanted)s · from %(profile)s", {wanted, profile})
            : _t("Wanted: %s", wanted);
    }

    /** What is found has not to be asked: something has to be filled in. */
    describeNotFound({question, evidence}) {
        return evidence?.is_missing ? evidence.text : _t("%s (not known)", question);
    }

    getVerdictLabel({found, verdict}) {
        return found && verdict === "open" ? _t("Not known") : VERDICTS[verdict].label;
    }

    /** Where to fill in what is missing. */
    getLink({model, id}) {
        return `/odoo/${model}/${id}`;
    }

    describeArchived({question}) {
        return _t("%s (archived)", question);
    }

    /** By whom and when, or nothing for what is not saved yet. */
    getSource({user, date}) {
        if (user && date) {
            return _t("%(user)s, %(date)s", {user, date: formatDay(date)});
        }
        return user || (date ? formatDay(date) : "");
    }

    toggleWhy() {
        this.state.isWhyOpen = !this.state.isWhyOpen;
    }
}

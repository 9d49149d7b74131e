import {Component, onWillRender, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {getGroup, getToAsk} from "./groups";
import {ResultProfile} from "./result_profile";

/** So many open profiles are shown before one asks for the others. */
const OPEN_SHOWN = 6;

/** Profiles in three groups: those that match, are still open, are ruled out. */
export class ResultPanel extends Component {
    static template = "crm_profiling.ResultPanel";
    static components = {ResultProfile};
    static props = {
        profiles: Array,
        /** Without it nobody can be pinned or barred here. */
        onSetHand: {type: Function, optional: true},
        onAsk: Function,
        /** Tells of an open profile whether what is asked here cannot decide it. */
        isBeyond: {type: Function, optional: true},
        /** Ids of the profiles that came to their group just now. */
        moved: {type: Array, optional: true},
    };
    static defaultProps = {isBeyond: () => false, moved: []};

    setup() {
        this.state = useState({
            isRuledOutOpen: false,
            isAllOpenShown: false,
            isBeyondOpen: false,
        });
        // the same functions each time: a profile that has not changed is not drawn anew
        this.setHand = this.setHand.bind(this);
        this.ask = (questionId) => this.props.onAsk(questionId);
        onWillRender(() => this.arrange());
    }

    /** Sorts the profiles into their groups, once for all that is shown of them. */
    arrange() {
        this.matched = getGroup(this.props, "matched");
        /** Open profiles, those with the fewest questions left first. */
        this.allOpen = getGroup(this.props, "open").sort(
            (a, b) => getToAsk(a).length - getToAsk(b).length
        );
        const {isBeyond} = this.props;
        this.open = this.allOpen.filter((profile) => !isBeyond(profile));
        /** Those that need what is not asked here: they do not stand in the way. */
        this.beyond = this.allOpen.filter(isBeyond);
        this.ruledOut = getGroup(this.props, "ruled_out");
        this.moved = new Set(this.props.moved);
    }

    get shownOpen() {
        const {open} = this;
        const isLong = open.length > OPEN_SHOWN + 1; // not for the sake of one more
        return isLong && !this.state.isAllOpenShown ? open.slice(0, OPEN_SHOWN) : open;
    }

    /** What a person said is in view, with who, when, and the way to undo it. */
    get shownRuledOut() {
        return this.state.isRuledOutOpen
            ? this.ruledOut
            : this.ruledOut.filter(({hand}) => hand === "barred");
    }

    get isUnanswered() {
        return this.props.profiles.every(
            ({hand, criteria}) => !hand && criteria.every(({given}) => !given.length)
        );
    }

    /** Said by screen readers whenever it changes. */
    get announcement() {
        return _t("Profiles matched: %(matched)s, open: %(open)s, ruled out: %(out)s", {
            matched: this.matched.length,
            open: this.allOpen.length,
            out: this.ruledOut.length,
        });
    }

    get onSetHand() {
        return this.props.onSetHand && this.setHand;
    }

    hasMoved({id}) {
        return this.moved.has(id);
    }

    async setHand(profile, hand) {
        await this.props.onSetHand(profile, hand);
        if (hand === "barred") {
            this.state.isRuledOutOpen = true; // where it has gone, with its undo
        }
    }
}

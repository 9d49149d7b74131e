import {Component, onWillStart} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {user} from "@web/core/user";
import {useBoardLinks} from "./board_links";

/** Profiles that may not be what they are meant to be, and why. */
export class BoardFindings extends Component {
    static template = "crm_profiling.BoardFindings";
    static props = {board: Object};

    setup() {
        this.links = useBoardLinks();
        onWillStart(async () => {
            this.isManager = await user.hasGroup("sales_team.group_sale_manager");
        });
    }

    get toLookAt() {
        return this.props.board.profiles.flatMap((profile) => [
            ...profile.findings.map((note) => ({profile, note})),
            ...(profile.size || profile.findings.length
                ? []
                : [{profile, note: _t("Nobody is in it.")}]),
            ...(profile.size && profile.size >= this.props.board.asked
                ? [{profile, note: _t("Everybody who was asked is in it.")}]
                : []),
        ]);
    }
}

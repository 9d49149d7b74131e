import {Component, onWillStart, useState} from "@odoo/owl";
import {deserializeDateTime, formatDate, parseDate} from "@web/core/l10n/dates";
import {Layout} from "@web/search/layout";
import {Sparkline} from "./sparkline";
import {_t} from "@web/core/l10n/translation";
import {formatInteger, formatMonetary} from "@web/views/fields/formatters";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useService} from "@web/core/utils/hooks";
import {user} from "@web/core/user";

const {DateTime} = luxon;
const MANAGER = "sales_team.group_sale_manager";
const SHOWN_OVERLAPS = 2;

/** All profiles on one screen; every figure opens what it counts. */
export class Board extends Component {
    static template = "crm_profiling.Board";
    static components = {Layout, Sparkline};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.display = {controlPanel: {}};
        this.state = useState({sort: "outline"});
        onWillStart(async () => {
            [this.board, this.isManager] = await Promise.all([
                this.orm.call("crm.profiling.board", "get_board", []),
                user.hasGroup(MANAGER),
            ]);
        });
    }

    // What is shown

    /** @returns {Object[]} in their order, or by the column that was clicked */
    get profiles() {
        const {sort} = this.state;
        const {profiles} = this.board;
        if (sort === "outline") {
            return profiles;
        }
        const value = sort === "growth" ? (p) => this.growth(p) ?? 0 : (p) => p[sort];
        return [...profiles].sort((a, b) => value(b) - value(a));
    }

    get isSorted() {
        return this.state.sort !== "outline";
    }

    get largest() {
        return Math.max(1, ...this.board.profiles.map(({size}) => size));
    }

    get toLookAt() {
        return this.board.profiles.flatMap((profile) => [
            ...profile.findings.map((note) => ({profile, note})),
            ...(profile.size || profile.findings.length
                ? []
                : [{profile, note: _t("Nobody is in it.")}]),
            ...(profile.size && profile.size >= this.board.asked
                ? [{profile, note: _t("Everybody who was asked is in it.")}]
                : []),
        ]);
    }

    get since() {
        const month = parseDate(this.board.since).toLocaleString({
            month: "long",
            year: "numeric",
        });
        return _t(
            "Sizes have been noted since %s. What was before is not known.",
            month
        );
    }

    share(part, whole) {
        return whole ? Math.round((100 * part) / whole) : 0;
    }

    number(value) {
        return formatInteger(value);
    }

    money(value) {
        return formatMonetary(value, {
            currencyId: this.board.currency_id,
            digits: [16, 0],
        });
    }

    date(value) {
        return formatDate(deserializeDateTime(value));
    }

    /** @returns {number | null} contacts more than a month ago, null if not known */
    growth({trend}) {
        const before = trend.at(-2);
        return before === null ? null : trend.at(-1) - before;
    }

    growthText(profile) {
        const growth = this.growth(profile);
        return growth > 0 ? `+${growth}` : `−${-growth}`;
    }

    wonText({won, revenue}) {
        return _t("Won: %(count)s, %(revenue)s", {
            count: this.number(won),
            revenue: this.money(revenue),
        });
    }

    enteredText({entered}) {
        return _t("Entered this month: %s", this.number(entered));
    }

    goneText({gone}) {
        return _t("Left since last month: %s", this.number(gone));
    }

    askedText({date}) {
        return _t("Last asked on %s", this.date(date));
    }

    /** The curve in words, for who cannot see it and for who wants the figures. */
    trendText({trend}) {
        return trend
            .map((size, index) => [this.board.months[index], size])
            .filter(([, size]) => size !== null)
            .map(([month, size]) => {
                const name = DateTime.fromISO(month).toLocaleString({
                    month: "short",
                    year: "numeric",
                });
                return `${name}: ${size}`;
            })
            .join("\n");
    }

    overlapsShown({overlaps}) {
        return overlaps.slice(0, SHOWN_OVERLAPS);
    }

    /** @returns {string} those for which there is no room */
    overlapsHidden({overlaps}) {
        return overlaps
            .slice(SHOWN_OVERLAPS)
            .map(({name, count}) => `${name}: ${count}`)
            .join("\n");
    }

    sortOf(sort) {
        return this.state.sort === sort ? "descending" : "none";
    }

    sortBy(sort) {
        this.state.sort = this.state.sort === sort ? "outline" : sort;
    }

    // What a click opens

    callThrough({id}) {
        return this.openByCall("crm.profiling.profile", "action_segment_call", [[id]]);
    }

    openMembers({id}) {
        return this.openByCall("crm.profiling.profile", "action_view_members", [[id]]);
    }

    openWon(profileId = false) {
        return this.openByCall("crm.profiling.board", "action_view_won", [profileId]);
    }

    openEntered({id}) {
        return this.openByCall("crm.profiling.board", "action_view_entered", [id]);
    }

    openBoth(profile, other) {
        return this.openList(
            [
                ["profile_ids", "in", [profile.id]],
                ["profile_ids", "in", [other.id]],
            ],
            `${profile.name} + ${other.name}`
        );
    }

    /** @param {boolean} areNotAsked whether those alone of whom nothing is known */
    openContacts(areNotAsked) {
        const method = "action_view_contacts";
        return this.openByCall("crm.profiling.board", method, [areNotAsked]);
    }

    openInProfile() {
        return this.openList([["profile_ids", "!=", false]]);
    }

    openList(domain, name) {
        return this.openByCall("res.partner", "action_profiling_list", [domain, name]);
    }

    openQuestion({id, answered}) {
        if (answered) {
            const method = "action_view_contacts";
            return this.openByCall("crm.profiling.question", method, [[id]]);
        }
        return this.openRecord("crm.profiling.question", id);
    }

    openProfile({id}) {
        return this.openRecord("crm.profiling.profile", id);
    }

    openTrend({id}) {
        return this.action.doAction("crm_profiling.crm_profiling_snapshot_action", {
            additionalContext: {search_default_profile_id: id},
        });
    }

    openHealth() {
        const method = "action_check";
        return this.openByCall("crm.profiling.finding", method, []);
    }

    openRecord(model, id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id,
            views: [[false, "form"]],
        });
    }

    async openByCall(model, method, args) {
        return this.action.doAction(await this.orm.call(model, method, args));
    }
}

registry.category("actions").add("crm_profiling.board", Board);

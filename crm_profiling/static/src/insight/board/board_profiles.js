import {Component, useState} from "@odoo/owl";
import {parseDate} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {formatInteger} from "@web/views/fields/formatters";
import {useBoardLinks} from "./board_links";
import {moneyText, share} from "./figures";
import {Sparkline} from "./sparkline";

const {DateTime} = luxon;
const SHOWN_OVERLAPS = 2;

/** The profiles in a table: how large they are, how they grow, what they bring. */
export class BoardProfiles extends Component {
    static template = "crm_profiling.BoardProfiles";
    static components = {Sparkline};
    static props = {board: Object};
    number = formatInteger;
    share = share;

    setup() {
        this.links = useBoardLinks();
        this.state = useState({sort: "outline"});
    }

    /** @returns {Object[]} in their order, or by the column that was clicked */
    get profiles() {
        const {sort} = this.state;
        const {profiles} = this.props.board;
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
        return Math.max(1, ...this.props.board.profiles.map(({size}) => size));
    }

    get since() {
        const month = parseDate(this.props.board.since).toLocaleString({
            month: "long",
            year: "numeric",
        });
        return _t(
            "Sizes have been noted since %s. What was before is not known.",
            month
        );
    }

    money(value) {
        return moneyText(value, this.props.board.currency_id);
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

    /** The curve in words, for who cannot see it and for who wants the figures. */
    trendText({trend}) {
        return trend
            .map((size, index) => [this.props.board.months[index], size])
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
}

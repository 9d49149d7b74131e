import {onPatched, useState} from "@odoo/owl";

/** Where the focus is among the cards of a tree, and where the arrows lead from there. */
class TreeFocus {
    /**
     * @param {{ el: SVGElement }} drawing
     * @param {() => Card[]} getCards in reading order
     * @param {Object} state
     */
    constructor(drawing, getCards, state) {
        this.drawing = drawing;
        this.getCards = getCards;
        this.state = state;
        /** Key of what gets the focus once it is drawn. */
        this.wanted = null;
        this.isToShow = false;
    }

    /** The key of what has the focus, or gets it by Tab. */
    get key() {
        return this.state.key;
    }

    set key(key) {
        this.state.key = key;
    }

    get element() {
        return this.drawing.el?.querySelector("[role='treeitem'][tabindex='0']");
    }

    /** Has what has the focus come into view, once it is drawn. */
    show() {
        this.isToShow = true;
    }

    afterDrawing() {
        if (this.isToShow) {
            this.isToShow = false;
            this.element?.scrollIntoView({block: "center"});
        }
        // not before the card that is to get the focus is drawn as the one that has it
        if (this.wanted && this.element?.dataset.key === this.wanted) {
            this.wanted = null;
            this.element.focus();
        }
    }

    /** What the arrows lead to, in order: cards, and where there are several, profiles. */
    get items() {
        return this.getCards().flatMap((card) => [
            {key: card.key, level: card.level, card},
            ...(this.hasSeveral(card) ? card.profiles : []).map(({profile}) => ({
                key: this.getProfileKey(card, profile),
                level: card.level + 1,
                card,
                profile,
            })),
        ]);
    }

    hasSeveral({profiles}) {
        return profiles.length > 1;
    }

    getProfileKey(card, profile) {
        return `${card.key},${profile.id}`;
    }

    getTabindex(key) {
        return key === this.key ? 0 : -1;
    }

    /** One profile is no item of its own: its card takes the focus. */
    getProfileTabindex(card, profile) {
        return this.hasSeveral(card)
            ? this.getTabindex(this.getProfileKey(card, profile))
            : undefined;
    }

    /** @returns {Object | undefined} the item that has the focus */
    get item() {
        return this.items.find(({key}) => key === this.key);
    }

    moveTo(item) {
        if (item) {
            this.wanted = item.key;
            this.key = item.key;
        }
    }

    moveBy(step) {
        const {items} = this;
        this.moveTo(items[items.findIndex(({key}) => key === this.key) + step]);
    }

    moveToFirst() {
        this.moveTo(this.items[0]);
    }

    moveToLast() {
        this.moveTo(this.items.at(-1));
    }

    /** To the first branch of what has the focus, if there is one. */
    moveDown() {
        const {items} = this;
        const index = items.findIndex(({key}) => key === this.key);
        const next = items[index + 1];
        if (next?.level > items[index].level) {
            this.moveTo(next);
        }
    }

    /** To what the one that has the focus is a branch of. */
    moveUp() {
        const {items} = this;
        const index = items.findIndex(({key}) => key === this.key);
        const {level} = items[index];
        this.moveTo(items.slice(0, index).findLast((one) => one.level < level));
    }
}

/**
 * @param {{ el: SVGElement }} drawing
 * @param {() => Card[]} getCards
 * @param {string} [key] of what had the focus before
 * @returns {TreeFocus}
 */
export function useTreeFocus(drawing, getCards, key = null) {
    const focus = new TreeFocus(drawing, getCards, useState({key}));
    onPatched(() => focus.afterDrawing());
    return focus;
}

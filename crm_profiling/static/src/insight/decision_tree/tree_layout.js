import {CardMaker} from "./tree_card";

/** Where the cards of a decision tree are drawn. */

const CARD_WIDTH = 232;
const GAP_X = 52;
const GAP_Y = 14;
const INDENT = 18;
const MARGIN = 12;

/**
 * @param {TreeNode} root
 * @param {{
 *  measure: (kind: string) => (text: string) => number,
 *  words: { root: string, nothing: string, open: Function, notAsked: Function },
 *  isUnfolded: (key: string) => boolean,
 *  outline: boolean,
 *  room: number,
 * }} options outline: branches below each other, as on a phone, in so much room
 * @returns {{ cards: Card[], width: number, height: number }} cards in reading order
 */
export function layoutTree(root, options) {
    const maker = new CardMaker(options);
    const cards = [];
    const build = (node, level, position, siblings) => {
        const width = options.outline
            ? Math.max(options.room - 2 * MARGIN - INDENT * level, 160)
            : CARD_WIDTH;
        const card = Object.assign(maker.make(node, width), {
            level,
            position,
            siblings,
        });
        cards.push(card);
        if (card.unfolded) {
            card.children = node.children.map((child, index) =>
                build(child, level + 1, index + 1, node.children.length)
            );
        }
        return card;
    };
    const top = build(root, 0, 1, 1);
    if (options.outline) {
        placeBelow(cards);
    } else {
        placeBeside(top, MARGIN, MARGIN);
    }
    return {
        cards,
        width: Math.max(...cards.map((card) => card.x + card.width)) + MARGIN,
        height: Math.max(...cards.map((card) => card.y + card.height)) + MARGIN,
    };
}

function placeBelow(cards) {
    let y = MARGIN;
    for (const card of cards) {
        card.x = MARGIN + INDENT * card.level;
        card.y = y;
        y += card.height + GAP_Y;
    }
}

/** Places a card left of its branches, at half their height. Returns that height. */
function placeBeside(card, x, y) {
    card.x = x;
    let below = y;
    for (const child of card.children) {
        below += placeBeside(child, x + card.width + GAP_X, below) + GAP_Y;
    }
    const height = Math.max(below - y - GAP_Y, card.height);
    const [first, last] = [card.children[0], card.children.at(-1)];
    const middle = first ? (first.y + last.y + last.height) / 2 : y + card.height / 2;
    card.y = Math.max(y, middle - card.height / 2);
    if (card.children.length && card.height > below - y - GAP_Y) {
        const shift = (card.height - (below - y - GAP_Y)) / 2;
        card.children.forEach((child) => move(child, shift));
        card.y = y;
    }
    return height;
}

function move(card, shift) {
    card.y += shift;
    card.children.forEach((child) => move(child, shift));
}

/**
 * @param {Card} card
 * @param {boolean} outline
 * @returns {{ key: string, d: string }[]} lines to its branches
 */
export function linksOf(card, outline) {
    return card.children.map((child) => {
        const end = child.y + Math.min(child.headHeight, child.height) / 2;
        if (outline) {
            const x = card.x + INDENT / 2;
            return {
                key: child.key,
                d: `M${x},${card.y + card.height}V${end}H${child.x}`,
            };
        }
        const x = card.x + card.width;
        const y = card.y + card.height / 2;
        const bend = (child.x - x) / 2;
        return {
            key: child.key,
            d: `M${x},${y}C${x + bend},${y} ${child.x - bend},${end} ${child.x},${end}`,
        };
    });
}

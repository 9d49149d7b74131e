import {formatInteger} from "@web/views/fields/formatters";
import {wrap} from "./tree_text";

/**
 * Where everything of a decision tree is drawn.
 *
 * @typedef {{
 *  path: Array,
 *  label: string,
 *  question: { id: number, name: string } | false,
 *  profiles: { id: number, name: string, tag: string, color: number }[],
 *  open: number,
 *  contacts: number,
 *  not_asked: number,
 *  folded: boolean,
 *  children: TreeNode[],
 * }} TreeNode
 *
 * @typedef {{ text: string, x: number, y: number, kind: string }} Line
 * @typedef {{
 *  key: string,
 *  node: TreeNode,
 *  level: number,
 *  position: number,
 *  siblings: number,
 *  x: number,
 *  y: number,
 *  width: number,
 *  height: number,
 *  headHeight: number,
 *  lines: Line[],
 *  profiles: { profile: Object, y: number, height: number, lines: Line[] }[],
 *  notAsked: Line | null,
 *  unfolded: boolean,
 *  children: Card[],
 * }} Card
 */

const CARD_WIDTH = 232;
const PADDING = 10;
const LINE = 17;
const GAP_X = 52;
const GAP_Y = 14;
const INDENT = 18;
const MARGIN = 12;
const BUTTON = 20; // room for the button that folds, half of it inside the card
const DOT = 16; // room for the coloured dot of a tag

/**
 * @param {TreeNode} node
 * @returns {string} what tells it from all other nodes
 */
export function keyOf(node) {
    return JSON.stringify(node.path);
}

/** Lays out the texts inside the cards; the cards have their sizes then, no places. */
class CardMaker {
    constructor({measure, words, isUnfolded, outline}) {
        Object.assign(this, {measure, words, isUnfolded, outline});
    }

    /**
     * @param {TreeNode} node
     * @param {number} width
     * @returns {Card} without its children
     */
    make(node, width) {
        const key = keyOf(node);
        const card = {
            key,
            node,
            width,
            lines: [],
            profiles: [],
            notAsked: null,
            unfolded: this.isUnfolded(key) && node.children.length > 0,
            children: [],
        };
        this.head(card);
        if (node.question) {
            this.question(card);
        } else {
            this.offers(card);
        }
        card.height = card.bottom + PADDING - 4;
        return card;
    }

    /** Adds lines of text below what there is already. */
    write(card, text, kind, indent = 0, room = card.width - 2 * PADDING - indent) {
        const lines = wrap(text, room, this.measure(kind)).map((line, index) => ({
            text: line,
            kind,
            x: PADDING + indent,
            y: card.bottom + LINE * (index + 1) - 4,
        }));
        card.bottom += LINE * lines.length;
        return lines;
    }

    head(card) {
        const {node} = card;
        const count = formatInteger(node.contacts);
        const room = card.width - 3 * PADDING - this.measure("count")(count);
        card.bottom = PADDING - 4;
        card.lines.push(
            ...this.write(card, node.label || this.words.root, "head", 0, room)
        );
        card.count = {text: count, x: card.width - PADDING, y: PADDING - 4 + LINE - 4};
        card.headHeight = card.bottom + PADDING - 4;
        card.bottom = card.headHeight + PADDING - 4;
    }

    question(card) {
        const {node} = card;
        const room = card.width - 2 * PADDING - (this.outline ? BUTTON : BUTTON / 2);
        card.lines.push(...this.write(card, node.question.name, "question", 0, room));
        if (node.not_asked) {
            const text = this.words.notAsked(node.not_asked);
            const [line, ...rest] = this.write(card, text, "muted");
            card.notAsked = line;
            card.lines.push(...rest);
        }
    }

    offers(card) {
        const {node} = card;
        for (const profile of node.profiles) {
            const y = card.bottom;
            const lines = this.write(card, profile.tag, "tag", DOT);
            if (profile.name !== profile.tag) {
                lines.push(...this.write(card, profile.name, "muted", DOT));
            }
            card.bottom += 4;
            card.profiles.push({profile, y, height: card.bottom - y, lines});
        }
        if (!node.profiles.length && !node.open) {
            card.lines.push(...this.write(card, this.words.nothing, "muted"));
        }
        if (node.open) {
            const text = this.words.open(node.open);
            card.lines.push(...this.write(card, text, "muted"));
        }
    }
}

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

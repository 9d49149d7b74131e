import {formatInteger} from "@web/views/fields/formatters";
import {wrap} from "./tree_text";

/**
 * What a card of a decision tree says, and where on it.
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

const PADDING = 10;
const LINE = 17;
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
export class CardMaker {
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

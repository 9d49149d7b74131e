/** How much room texts of a decision tree take. */

export const FONT_SIZE = 13;
const WEIGHTS = {head: 600, question: 600, tag: 600, muted: 400, count: 600};

/**
 * Cuts a text into lines that fit; a word that is too long is cut as well.
 *
 * @param {string} text
 * @param {number} width
 * @param {(text: string) => number} measure
 * @returns {string[]}
 */
export function wrap(text, width, measure) {
    const lines = [];
    let line = "";
    for (const word of text.split(/\s+/).flatMap((w) => cut(w, width, measure))) {
        const longer = line ? `${line} ${word}` : word;
        if (line && measure(longer) > width) {
            lines.push(line);
            line = word;
        } else {
            line = longer;
        }
    }
    return line ? [...lines, line] : lines;
}

function cut(word, width, measure) {
    if (measure(word) <= width) {
        return [word];
    }
    const pieces = [];
    let piece = "";
    for (const letter of word) {
        if (piece && measure(piece + letter) > width) {
            pieces.push(piece);
            piece = "";
        }
        piece += letter;
    }
    return piece ? [...pieces, piece] : pieces;
}

/** Texts whose widths are remembered: a tree is laid out again whenever a part unfolds. */
const REMEMBERED = 20000;
const widths = new Map();

/**
 * @param {string} family of fonts
 * @returns {(kind: string) => (text: string) => number} widths of texts by their kind
 */
export function textMeasure(family) {
    const context = document.createElement("canvas").getContext("2d");
    return (kind) => {
        const font = `${WEIGHTS[kind]} ${FONT_SIZE}px ${family}`;
        return (text) => {
            const key = `${font} ${text}`;
            if (!widths.has(key)) {
                if (widths.size >= REMEMBERED) {
                    widths.clear();
                }
                context.font = font;
                widths.set(key, context.measureText(text).width);
            }
            return widths.get(key);
        };
    };
}

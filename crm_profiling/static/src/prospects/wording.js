import {_t} from "@web/core/l10n/translation";
import {formatInteger} from "@web/views/fields/formatters";

/** What spreadsheets call encodings, or people who use them. */
const ENCODINGS = {
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    cp1250: "Windows-1250",
    cp1251: "Windows-1251",
    cp1252: "Windows-1252",
    cp1253: "Windows-1253",
    cp1254: "Windows-1254",
    cp850: "DOS 850",
    mac_roman: "Mac Roman",
    koi8_r: "KOI8-R",
    shift_jis: "Shift-JIS",
};

/**
 * @param {string} encoding as the server calls it
 * @returns {string}
 */
export function encodingLabel(encoding) {
    return ENCODINGS[encoding] || encoding;
}

/**
 * @param {number} number of a line of the file
 * @returns {string}
 */
export function lineLabel(number) {
    return _t("Line %s", number);
}

/**
 * @param {{ count: number, line: number }} value of a cell
 * @returns {string} in which line it stands, or in how many
 */
export function where({count, line}) {
    return count > 1 ? _t("(%s lines)", formatInteger(count)) : _t("(line %s)", line);
}

/** What becomes of what a contact has already. */
export const MODES = {
    fill: _t("Fill in what is empty"),
    replace: _t("Replace it"),
    leave: _t("Leave it alone"),
};

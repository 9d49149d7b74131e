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
    cp1255: "Windows-1255",
    cp1256: "Windows-1256",
    cp1257: "Windows-1257",
    cp874: "Windows-874",
    cp437: "DOS 437",
    cp850: "DOS 850",
    cp852: "DOS 852",
    cp857: "DOS 857",
    cp866: "DOS 866",
    iso8859_2: "ISO 8859-2",
    iso8859_5: "ISO 8859-5",
    iso8859_15: "ISO 8859-15",
    mac_roman: "Mac Roman",
    mac_latin2: "Mac Latin 2",
    mac_cyrillic: "Mac Cyrillic",
    koi8_r: "KOI8-R",
    koi8_u: "KOI8-U",
    cp932: "Shift-JIS",
    euc_jp: "EUC-JP",
    gb18030: "GB 18030",
    cp949: "EUC-KR",
    cp950: "Big5",
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

/**
 * @param {{ done: number, total: number }} progress
 * @returns {string}
 */
export function soFar({done, total}) {
    return _t("%(done)s of %(total)s done", {
        done: formatInteger(done),
        total: formatInteger(total),
    });
}

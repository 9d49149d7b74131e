import {formatList} from "@web/core/l10n/utils";
import {_t} from "@web/core/l10n/translation";

/**
 * Says in words which answers a profile wants to one question.
 *
 * @param {string[]} required names of the answers of which one is needed
 * @param {string[]} excluded names of the answers that rule a contact out
 * @returns {string}
 */
export function describeWanted(required, excluded) {
    const oneOf = formatList(required, {style: "or"});
    const noneOf = formatList(excluded, {style: "or"});
    if (!excluded.length) {
        return oneOf;
    }
    if (!required.length) {
        return _t("any answer but %s", noneOf);
    }
    return _t("%(required)s, but not %(excluded)s", {
        required: oneOf,
        excluded: noneOf,
    });
}

/**
 * @param {string} text
 * @returns {string} the text in the quotation marks of the user's language
 */
export function quoted(text) {
    return _t("“%(text)s”", {text});
}

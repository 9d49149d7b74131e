import {_t} from "@web/core/l10n/translation";
import {formatInteger} from "@web/views/fields/formatters";

/** @returns {Object} what is written on the cards of a decision tree */
export function getWords() {
    return {
        root: _t("Contacts with answers"),
        nothing: _t("Nothing to propose"),
        open: (count) => _t("Profiles left open: %s", formatInteger(count)),
        notAsked: (count) => _t("Not asked yet: %s", formatInteger(count)),
    };
}

/**
 * @param {Card} card
 * @returns {string} says to a screen reader what the card says to the eye
 */
export function describeCard({node, notAsked}) {
    const words = getWords();
    const parts = [
        node.label || words.root,
        _t("contacts: %s", formatInteger(node.contacts)),
    ];
    if (node.question) {
        parts.push(node.question.name);
    } else if (node.profiles.length) {
        parts.push(...node.profiles.map(({tag, name}) => `${tag} (${name})`));
    } else if (!node.open) {
        parts.push(words.nothing);
    }
    if (!node.question && node.open) {
        parts.push(words.open(node.open));
    }
    if (notAsked) {
        parts.push(_t("%s; N opens them", words.notAsked(node.not_asked)));
    }
    return parts.join(", ");
}

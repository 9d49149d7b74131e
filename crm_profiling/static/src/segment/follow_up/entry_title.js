import {_t} from "@web/core/l10n/translation";

/**
 * @param {{ contact: string, profile: string, left: boolean }} entry
 * @returns {string} what has happened, and is followed by something
 */
export function getTitle({contact, profile, left}) {
    return left
        ? _t("%(contact)s leaves “%(profile)s”", {contact, profile})
        : _t("%(contact)s enters “%(profile)s”", {contact, profile});
}

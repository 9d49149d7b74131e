/**
 * What the browser keeps of interviews until it is saved, so that closing it loses
 * nothing either.
 *
 * @import {Operation} from "./outbox"
 * @typedef {{ operations: Operation[], drafts: Object, forms: Object }} Unsaved
 */

import {browser} from "@web/core/browser/browser";
import {session} from "@web/session";
import {user} from "@web/core/user";
import {uuid} from "@web/core/utils/strings";

/** What the browser keeps: so many interviews, for so long; older ones are closed. */
const KEPT = 50;
const KEPT_DAYS = 30;
const PREFIX = "crm_profiling.outbox/";

/** Two tabs may show one interview: neither drops what the other one has not saved. */
const TAB = uuid();

/** Of this database and this user: others are served under the same address, too. */
function getKey(interviewId) {
    const database = session.crm_profiling_database || session.db;
    return `${PREFIX}${database}/${user.userId}/${interviewId}`;
}

/**
 * @param {number} interviewId
 * @param {Unsaved} unsaved
 * @param {string} [tab]
 */
export function remember(interviewId, {operations, drafts, forms = {}}, tab = TAB) {
    const key = getKey(interviewId);
    const tabs = read(key)?.tabs || {};
    delete tabs[tab];
    if ([operations, drafts, forms].some((said) => Object.keys(said).length)) {
        tabs[tab] = {operations, drafts, forms};
    }
    write(key, tabs);
}

/**
 * @param {number} interviewId
 * @param {string} [tab] that keeps it from now on
 * @returns {Unsaved | undefined} what all tabs keep
 */
export function recall(interviewId, tab = TAB) {
    tidy();
    const key = getKey(interviewId);
    const kept = Object.values(read(key)?.tabs || {});
    if (!kept.length) {
        return undefined;
    }
    const unsaved = {
        operations: kept
            .flatMap(({operations}) => operations)
            .sort((a, b) => (a.at || 0) - (b.at || 0)),
        drafts: Object.assign({}, ...kept.map(({drafts}) => drafts)),
        forms: Object.assign({}, ...kept.map(({forms}) => forms)),
    };
    write(key, {[tab]: unsaved});
    return unsaved;
}

/**
 * @param {number} interviewId
 * @returns {boolean} whether this browser keeps something of it that is not saved yet
 */
export function isUnsaved(interviewId) {
    return Boolean(read(getKey(interviewId)));
}

function write(key, tabs) {
    if (!Object.keys(tabs).length) {
        browser.localStorage.removeItem(key);
        return;
    }
    try {
        browser.localStorage.setItem(key, JSON.stringify({tabs, at: Date.now()}));
    } catch {
        // there is no room: it is sent all the same, and kept until the tab is closed
    }
}

/** @returns {{ tabs: Object<string, Unsaved>, at: number } | null} */
function read(key) {
    try {
        const kept = JSON.parse(browser.localStorage.getItem(key));
        if (isValid(kept)) {
            return {tabs: {"": kept}, at: kept.at}; // of an older version
        }
        return Object.values(kept.tabs).every(isValid) ? kept : null;
    } catch {
        return null; // damaged
    }
}

function isValid(kept) {
    return Array.isArray(kept?.operations) && Boolean(kept.drafts);
}

/** Drops what is damaged, too old, or too much. */
function tidy() {
    const storage = browser.localStorage;
    const keys = Array.from({length: storage.length}, (_, index) => storage.key(index));
    const oldest = Date.now() - KEPT_DAYS * 24 * 60 * 60 * 1000;
    keys.filter((key) => key.startsWith(PREFIX))
        .map((key) => ({key, at: read(key)?.at || 0}))
        .sort((a, b) => b.at - a.at)
        .filter(({at}, index) => at < oldest || index >= KEPT)
        .forEach(({key}) => storage.removeItem(key));
}

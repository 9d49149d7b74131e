/**
 * What the browser keeps of interviews until it is saved, so that closing it loses
 * nothing either.
 *
 * @import {Operation} from "./outbox"
 */

import {browser} from "@web/core/browser/browser";
import {session} from "@web/session";
import {user} from "@web/core/user";

/** What the browser keeps: so many interviews, for so long; older ones are closed. */
const KEPT = 50;
const KEPT_DAYS = 30;
const PREFIX = "crm_profiling.outbox/";

/** Of this database and this user: others are served under the same address, too. */
function getKey(interviewId) {
    const database = session.crm_profiling_database || session.db;
    return `${PREFIX}${database}/${user.userId}/${interviewId}`;
}

/**
 * @param {number} interviewId
 * @param {{ operations: Operation[], drafts: Object }} unsaved
 */
export function remember(interviewId, {operations, drafts}) {
    const key = getKey(interviewId);
    if (!operations.length && !Object.keys(drafts).length) {
        browser.localStorage.removeItem(key);
        return;
    }
    const value = JSON.stringify({operations, drafts, at: Date.now()});
    try {
        browser.localStorage.setItem(key, value);
    } catch {
        // there is no room: it is sent all the same, and kept until the tab is closed
    }
}

/**
 * @param {number} interviewId
 * @returns {{ operations: Operation[], drafts: Object } | undefined}
 */
export function recall(interviewId) {
    tidy();
    const {operations, drafts} = read(getKey(interviewId)) || {};
    return operations && {operations, drafts};
}

/**
 * @param {number} interviewId
 * @returns {boolean} whether this browser keeps something of it that is not saved yet
 */
export function isUnsaved(interviewId) {
    return Boolean(read(getKey(interviewId)));
}

function read(key) {
    try {
        const kept = JSON.parse(browser.localStorage.getItem(key));
        return Array.isArray(kept?.operations) && kept.drafts ? kept : null;
    } catch {
        return null; // damaged
    }
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

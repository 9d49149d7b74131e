import {_t} from "@web/core/l10n/translation";
import {ConnectionLostError, RPCError} from "@web/core/network/rpc";

/** What the server says on purpose; anything else is a failure and may pass. */
const REFUSAL = /^odoo\.exceptions\./;
const LOGGED_OUT = "odoo.http.SessionExpiredException";

/** Whether the server does not want to: what it says is meant for the user. */
export function isRefusal(error) {
    return error instanceof RPCError && REFUSAL.test(error.exceptionName);
}

/**
 * Why something did not get through.
 *
 * @returns {"connection" | "session" | "server"}
 * @throws what is no such failure
 */
export function getFailure(error) {
    if (error instanceof ConnectionLostError) {
        return "connection";
    }
    if (error instanceof RPCError) {
        return error.exceptionName === LOGGED_OUT ? "session" : "server";
    }
    throw error;
}

/**
 * What went wrong, in words for whoever sees it: never a failure's own.
 *
 * @param {Error} error
 * @param {Object<string, string>} [words] what a screen says otherwise, by `getFailure`
 * @returns {string}
 * @throws what is no failure of a call
 */
export function explain(error, words = {}) {
    if (isRefusal(error)) {
        return error.data.message;
    }
    const failure = getFailure(error);
    const usual = {
        connection: _t("There is no connection to the server."),
        session: _t("You have been logged out. Log in again in another tab."),
        server: _t("The server could not do this. Try again in a moment."),
    };
    return words[failure] || usual[failure];
}

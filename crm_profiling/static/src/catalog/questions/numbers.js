import {_t} from "@web/core/l10n/translation";
import {ConnectionLostError} from "@web/core/network/rpc";
import {explain} from "../server/failures";

/** What needs nobody to be asked what it means. */
const PLAIN = /^\d{1,15}$/;

/**
 * @param {Question} question that is answered by a number
 * @param {string} text
 * @returns {Answer | undefined} the answer that plain digits belong to
 */
export function findByDigits({answers}, text) {
    if (!PLAIN.test(text.trim())) {
        return undefined;
    }
    return answers
        .filter(({from, active}) => active && from !== undefined)
        .sort((a, b) => b.from - a.from)
        .find(({from}) => from <= Number(text));
}

/**
 * Finds the answer that a number belongs to: digits at once, whatever else people write
 * is read by the server.
 *
 * @param {import("@web/core/orm_service").ORM} orm
 * @param {Question} question
 * @param {string} text such as “about 40”
 * @returns {Promise<{ answerId?: number, problem?: string }>}
 */
export async function readNumber(orm, question, text) {
    const answer = findByDigits(question, text);
    if (answer) {
        return {answerId: answer.id};
    }
    try {
        const read = await orm.call("crm.profiling.question", "read_number", [
            [question.id],
            text,
        ]);
        return {answerId: read.answer_id};
    } catch (error) {
        if (error instanceof ConnectionLostError) {
            return {problem: _t("There is no connection: type digits alone.")};
        }
        return {problem: explain(error)};
    }
}

import {useSpecialData} from "@web/views/fields/relational_utils";

/**
 * @typedef {{
 *  id: number,
 *  name: string,
 *  color: number,
 *  active: boolean,
 *  from?: number,
 *  needs_words?: boolean,
 * }} Answer
 * @typedef {{
 *  id: number,
 *  name: string,
 *  hint: string,
 *  mode: "single" | "multiple",
 *  level: "contact" | "company",
 *  active: boolean,
 *  found: boolean,
 *  answers: Answer[],
 *  by_number?: boolean,
 *  unit?: string,
 * }} Question
 * @typedef {{ id: number, name: string, question_ids: number[] }} Questionnaire
 * @typedef {{ questions: Question[], questionnaires: Questionnaire[] }} Catalog
 */

/**
 * Fetches all questions with their answers, once for the whole form.
 *
 * @returns {{ data: Catalog }}
 */
export function useCatalog() {
    return useSpecialData((orm) =>
        orm.call("crm.profiling.questionnaire", "get_catalog", [])
    );
}

/**
 * @param {Catalog} catalog
 * @returns {Catalog} less the questions that nobody is asked: their answers are found
 */
export function getAsked(catalog) {
    const {questions = []} = catalog;
    return {...catalog, questions: questions.filter(({found}) => !found)};
}

/**
 * @param {Question} question
 * @param {Record<number, string>} states of the answers in use, by answer id
 * @returns {boolean} whether any of its answers is in use
 */
export function isInUse(question, states) {
    return question.answers.some((answer) => states[answer.id]);
}

/**
 * Returns the questions to show, in order, each with the answers to show. What is
 * archived is shown only where it is in use: to be seen and undone, not chosen anew.
 *
 * @param {Catalog} catalog
 * @param {Record<number, string>} states of the answers in use, by answer id
 * @param {number} [questionnaireId] none: all questions
 * @returns {Question[]}
 */
export function getQuestions(catalog, states, questionnaireId) {
    const {questions = [], questionnaires = []} = catalog;
    const questionnaire = questionnaires.find(({id}) => id === questionnaireId);
    const byId = new Map(questions.map((question) => [question.id, question]));
    const ordered = questionnaire
        ? questionnaire.question_ids.map((id) => byId.get(id)).filter(Boolean)
        : questions;
    return ordered
        .map((question) => ({
            ...question,
            answers: question.answers.filter(
                (answer) => states[answer.id] || (question.active && answer.active)
            ),
        }))
        .filter((question) => question.active || question.answers.length);
}

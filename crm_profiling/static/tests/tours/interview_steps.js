/** Steps of an interview, shared by its tours. */
export const SUMMARY = ".o_crm_profiling_summary";

/**
 * @param {string} question the one that is asked
 * @param {string} keys to press there, after each other
 * @returns {Object} step
 */
export function pressAt(question, keys) {
    return {
        content: `At ${question} press ${keys}`,
        trigger:
            `.o_crm_profiling_card:has(.o_crm_profiling_name:text('${question}')) ` +
            "[data-answer-id]:focus",
        run: keys
            .split(" ")
            .map((key) => `press ${key}`)
            .join(" && "),
    };
}

export function press(content, trigger, keys) {
    return {content, trigger, run: `press ${keys}`};
}

export function line(question, status) {
    return `.o_crm_profiling_line[data-status='${status}']:contains('${question}')`;
}

/** Where the user's hand puts a profile: it wins over the answers. */
const HANDS = {pinned: "matched", barred: "ruled_out"};

/**
 * @param {{ profiles: Object[] }} result
 * @param {"matched" | "open" | "ruled_out"} group
 * @returns {Object[]} the profiles shown in that group
 */
export function getGroup({profiles}, group) {
    return profiles.filter(({hand, state}) => (HANDS[hand] || state) === group);
}

/** What is still to ask, by criteria: these never change, and are sorted by it often. */
const toAsk = new WeakMap();

/**
 * @param {{ criteria: Object[] }} profile
 * @returns {Object[]} an open criterion of each question to ask: a profile and its
 *  parents may ask the same one
 */
export function getToAsk({criteria}) {
    if (!toAsk.has(criteria)) {
        const open = criteria.filter(({verdict}) => verdict === "open");
        const byQuestion = new Map(open.map((one) => [one.question_id, one]));
        toAsk.set(criteria, [...byQuestion.values()]);
    }
    return toAsk.get(criteria);
}

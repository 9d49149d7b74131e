import {user} from "@web/core/user";

/**
 * What the screen of an interview says once something is done that the server has told
 * the outcome of.
 *
 * @param {Object} screen
 * @param {Object} difference as the server tells it
 * @param {Operation} operation that it follows from
 * @returns {Object} it, with what changes
 */
export function applyDifference(screen, difference, operation) {
    const statuses = new Map(difference.statuses);
    const changed = new Map(difference.profiles.map((one) => [one.id, one]));
    return {
        ...screen,
        basis: difference.basis,
        next: difference.next,
        progress: {...screen.progress, ...difference.progress},
        questions: screen.questions.map((question) =>
            changeQuestion(question, statuses.get(question.id), operation)
        ),
        profiles: screen.profiles.map((profile) =>
            changed.has(profile.id)
                ? changeProfile(screen, profile, changed.get(profile.id), operation)
                : profile
        ),
    };
}

function changeQuestion(question, status, {questionId, answerIds, comment, number}) {
    if (question.id !== questionId || !answerIds) {
        return status ? {...question, status} : question;
    }
    const given = answerIds.map((id) => ({
        answer_id: id,
        user: user.name,
        date: "", // once it is saved
        source: "interview",
        comment,
        number: number || "",
        stale: false,
        by_me: true,
    }));
    return {...question, status: status || question.status, given};
}

function changeProfile({questions}, profile, {state, offer, verdicts}, operation) {
    const {questionId, answerIds = [], comment} = operation;
    const question = questions.find(({id}) => id === questionId);
    const given = question.answers
        .filter(({id}) => answerIds.includes(id))
        .map(({name}) => ({
            answer: name,
            user: user.name,
            date: "",
            stale: false,
            comment,
        }));
    return {
        ...profile,
        state,
        offer: profile.hand === "pinned" ? profile.offer : offer,
        criteria: profile.criteria.map((criterion, index) => ({
            ...criterion,
            verdict: verdicts[index],
            given: criterion.question_id === questionId ? given : criterion.given,
        })),
    };
}

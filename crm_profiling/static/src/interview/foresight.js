import {applyDifference} from "./difference";

/**
 * Shows what comes of an operation, where that has been fetched.
 *
 * @param {Interview} interview
 * @param {Operation} operation
 * @returns {boolean} whether it has
 */
export function anticipate(interview, operation) {
    const {answerIds, method, questionId} = operation;
    const difference =
        isForeseeable(interview) &&
        interview.ahead.get(interview.screen.basis, questionId, answerIds || method);
    if (!difference) {
        return false;
    }
    operation.basis = difference.basis;
    interview.receive(applyDifference(interview.screen, difference, operation));
    return true;
}

/** Fetches what may follow the question on the screen. */
export function lookAhead(interview) {
    if (canLookAhead(interview)) {
        const {ahead, question, screen} = interview;
        ahead.look(question, screen.basis, getFetch(interview));
    }
}

/** As `lookAhead`, before it is known what the screen goes by. */
export function lookAnew(interview) {
    return canLookAhead(interview)
        ? interview.ahead.lookAnew(interview.question, getFetch(interview))
        : undefined;
}

function canLookAhead(interview) {
    return (
        Boolean(interview.question) && interview.canWrite && isForeseeable(interview)
    );
}

/** Whether it is known what comes of all that is on its way to the server. */
function isForeseeable({outbox}) {
    return outbox.operations.every(({basis}) => basis);
}

function getFetch(interview) {
    const {outbox, question} = interview;
    const pending = outbox.operations.map(({answerIds, method, questionId}) => [
        questionId,
        answerIds || method,
    ]);
    return (choices) => interview.getAhead(question.id, choices, pending);
}

import {pick} from "@web/core/utils/objects";

const BEGINNINGS = ["partner_id", "lead_id", "questionnaire_id", "queue_id"];

/**
 * @param {Interview} interview
 * @returns {Object} where the user is: it is in the address, so that a reload comes back
 */
export function getPlace({finishedQueue, id, isCallingNext}) {
    return {
        resId: id,
        queue_id: (!id && finishedQueue.id) || undefined,
        call_next: isCallingNext ? 1 : undefined,
    };
}

/**
 * @param {Object} props of the action
 * @param {number} [props.resId]
 * @param {Object} [props.state] that was kept
 * @param {Object} props.action
 * @returns {{ interviewId?: number, isCallingNext: boolean, params?: Object }} which
 *  interview to go on with; or whether to call whoever is next; or else what to begin
 *  with, if with anything
 */
export function getBeginning({resId, state, action}) {
    const params = {...action.context, ...action.params};
    const beginning = state?.queue_id
        ? {queue_id: state.queue_id}
        : pick(params, ...BEGINNINGS);
    return {
        interviewId: state?.resId || resId || Number(params.interview_id),
        isCallingNext: Boolean(state?.call_next || params.call_next),
        params: Object.values(beginning).some(Boolean) ? beginning : undefined,
    };
}

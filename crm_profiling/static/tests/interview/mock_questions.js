/** Questions of an interview, as the server tells them. */
import {answer, question as catalogQuestion} from "../catalog/mock_catalog";

export {answer};

export function question(id, name, answers, values = {}) {
    return catalogQuestion(id, name, answers, {
        given: [],
        status: "to_ask",
        ...values,
    });
}

export function given(answerId, values = {}) {
    return {
        answer_id: answerId,
        user: "Mitchell",
        date: "2018-03-08 10:00:00",
        source: "interview",
        comment: "",
        stale: false,
        by_me: true,
        ...values,
    };
}

// Answers, by the questions below
export const YES = 11;
export const NO = 12;
export const IT = 21;
export const SERVICES = 22;
export const OTHERS = 23;
export const TRAINING = 31;
export const SAAS = 32;
export const SUPPORT = 33;

export function makeQuestions() {
    return [
        question(1, "Journalist?", [answer(YES, "Yes"), answer(NO, "No")]),
        question(
            2,
            "Sector?",
            [answer(IT, "IT"), answer(SERVICES, "Services"), answer(OTHERS, "Others")],
            {hint: "What do you sell most of?", level: "company"}
        ),
        question(
            3,
            "Interests?",
            [
                answer(TRAINING, "Training"),
                answer(SAAS, "SaaS"),
                answer(SUPPORT, "Support"),
            ],
            {mode: "multiple"}
        ),
    ];
}

/** Questions of which one is answered. */
export function answered(questionId, answerId, values) {
    const questions = makeQuestions();
    const asked = questions.find(({id}) => id === questionId);
    Object.assign(asked, {status: "answered", given: [given(answerId, values)]});
    return questions;
}

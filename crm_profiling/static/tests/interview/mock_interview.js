/** An interview without a server: it answers as the model does, from plain data. */
import {animationFrame, Deferred} from "@odoo/hoot-mock";
import {
    getService,
    makeServerError,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {ConnectionLostError} from "@web/core/network/rpc";
import {pick} from "@web/core/utils/objects";
import {WebClient} from "@web/webclient/webclient";
import {profile} from "../matching/mock_result";
import {given, makeQuestions} from "./mock_questions";

const BEGINNINGS = ["partner_id", "lead_id", "questionnaire_id", "queue_id"];

export {profile};
export * from "./mock_questions";

/** The server's side: its data can be changed while the screen looks on. */
export class MockInterview {
    constructor(values = {}) {
        this.calls = [];
        /** By method: how long ago what arrived had been said. */
        this.told = {};
        /** By method: what happens instead, "lost", an error's message, or a promise. */
        this.trouble = {};
        /** Contacts that are found. */
        this.found = [];
        /** Whom to call now. */
        this.whom = {now: [], next: false, without_number: 0};
        /** Call lists that are open. */
        this.queues = [];
        this.history = {interviews: [], answers: [], notes: []};
        /** Whether it tells ahead what follows. */
        this.isForesighted = false;
        /** What profiles are going to do, as the end asks for it. */
        this.followUp = {entries: [], hidden: 0, others: []};
        this.screen = {
            id: 7,
            state: "ongoing",
            ask_order: "best",
            questionnaires: [
                {id: 51, name: "Trade fair"},
                {id: 52, name: "First call"},
            ],
            questionnaire_id: false,
            partner: {
                id: 3,
                name: "Zoe Prospect",
                company: "Acme",
                function: "Buyer",
                phone: "+1 555 0100",
                email: "zoe@example.com",
                street: "",
                zip: "",
                city: "",
                refusal: "",
                company_phone: "",
                wrong_number: "",
                can_write: true,
            },
            lead: false,
            questions: makeQuestions(),
            profiles: [
                profile(1, "Partnership", "open"),
                profile(2, "Training", "open"),
            ],
            queue: false,
            others: [],
            activity_types: [
                {id: 61, name: "To-Do"},
                {id: 62, name: "Call", is_call: true},
            ],
            summary: false,
            callback: false,
            call: false,
            note: "",
            ...values,
        };
    }

    get questions() {
        return this.screen.questions;
    }

    getQuestion(questionId) {
        return this.questions.find(({id}) => id === questionId);
    }

    /** The state as the server sends it: a copy, with what follows from the data. */
    read() {
        const wanted = this.questions.filter(
            ({active, status}) => active && ["to_ask", "stale"].includes(status)
        );
        const answered = this.questions.filter(({status}) => status === "answered");
        const isDone = this.screen.state === "done";
        return JSON.parse(
            JSON.stringify({
                next:
                    wanted.length && !isDone
                        ? {
                              question_id: wanted[0].id,
                              reason: `It helps to decide ${wanted.length} of 2 open profiles.`,
                              decides: wanted.length,
                              open: 2,
                          }
                        : false,
                progress: {
                    answered: answered.length,
                    asked_total: answered.length + wanted.length,
                    open_profiles: 2,
                    expected_left: wanted.length,
                },
                basis: this.basis,
                ...this.screen,
            })
        );
    }

    /** What the next question depends on, in the place of the server's hash. */
    get basis() {
        const {ask_order: order, questions} = this.screen;
        return JSON.stringify([
            order,
            ...questions.map(({given: answers, status}) => [
                status,
                answers.map(({answer_id: id}) => id),
            ]),
        ]);
    }

    /** What follows each of several choices, as the server works it out. */
    get_ahead(questionId, choices, pending) {
        const now = this.after(pending);
        return {
            basis: now.basis,
            after: choices.map((choice) => {
                const then = this.after([...pending, [questionId, choice]]);
                const {basis, next, progress} = then.read();
                const statuses = then.questions.map(({id, status}) => [id, status]);
                return {basis, next, progress, statuses, profiles: []};
            }),
        };
    }

    after(operations) {
        const copy = new MockInterview(JSON.parse(JSON.stringify(this.screen)));
        for (const [questionId, choice] of operations) {
            if (Array.isArray(choice)) {
                copy.answer(questionId, choice, "");
            } else {
                copy[choice](questionId);
            }
        }
        return copy;
    }

    begin() {}

    get_screen() {}

    answer(questionId, answerIds, comment) {
        const asked = this.getQuestion(questionId);
        asked.given = answerIds.map((id) => given(id, {comment}));
        asked.status = answerIds.length ? "answered" : "to_ask";
    }

    skip(questionId) {
        this.getQuestion(questionId).status = "skipped";
    }

    decline(questionId) {
        this.getQuestion(questionId).status = "declined";
    }

    ask(questionId) {
        this.getQuestion(questionId).status = "to_ask";
    }

    set_order(askOrder, questionnaireId) {
        Object.assign(this.screen, {
            ask_order: askOrder,
            questionnaire_id: questionnaireId,
        });
    }

    finish() {
        const {questions, screen} = this;
        Object.assign(screen, {
            state: "done",
            summary: {
                answered: questions
                    .filter(({status}) => status === "answered")
                    .map((asked) => ({
                        question: asked.name,
                        answers: asked.given.map(
                            ({answer_id: id}) =>
                                asked.answers.find((one) => one.id === id).name
                        ),
                    })),
                entered: ["Partnership"],
                left: [],
                offers: [{profile: "Partnership", offer: "<p>The contract</p>"}],
            },
        });
    }

    reopen() {
        Object.assign(this.screen, {state: "ongoing", summary: false});
    }

    skip_prospect() {}

    begin_next() {}

    write_contact(values) {
        Object.assign(this.screen.partner, values);
    }

    refuse_calls(reason) {
        this.screen.partner.refusal = `Not to be called: ${reason}`;
    }

    allow_calls() {
        this.screen.partner.refusal = "";
    }

    get_history() {
        return this.history;
    }

    find_contacts() {
        return this.found;
    }

    create_contact(values, isNew) {
        return this.found.length && !isNew ? {twins: this.found} : {id: 3};
    }

    /** @returns {Object | false} the action by which it is done, none once it is */
    do_after_call(name) {
        const entry = this.screen.after.find((one) => one.name === name);
        Object.assign(entry, {made: `${entry.label}: done`, can_show: entry.shows});
        return false;
    }

    /** Has its methods called by the screen, and notes the calls. */
    serve() {
        onRpc("crm.profiling.interview", "*", async ({method, args, kwargs}) => {
            if (method === "search_read" || method === "web_search_read") {
                return [];
            }
            const shown = {get_whom: this.whom, get_follow_up: this.followUp}[method];
            if (shown) {
                return shown;
            }
            if (method === "get_ahead") {
                await this.trouble.get_ahead;
                return this.isForesighted && this.get_ahead(...args.slice(1));
            }
            const params = this.getParams(method, args, kwargs);
            if (method !== "get_screen" || this.watchesReading) {
                this.calls.push([
                    method,
                    ...(Array.isArray(params) ? params : [params]),
                ]);
            }
            const trouble = this.trouble[method];
            if (trouble === "lost") {
                throw new ConnectionLostError("/web/dataset/call_kw");
            }
            if (trouble instanceof Deferred) {
                await trouble;
            } else if (trouble) {
                delete this.trouble[method];
                throw makeServerError(trouble);
            }
            const said = this.do(method, params, kwargs);
            return method === "do_after_call" ? said : said || this.read();
        });
        onRpc("crm.profiling.queue", "search_read", () => this.queues);
    }

    do(method, params, {said_ago: ago}) {
        (this.told[method] ||= []).push(ago);
        return this[method](...(Array.isArray(params) ? params : [params]));
    }

    getParams(method, args, kwargs) {
        if (method === "begin") {
            return pick(kwargs, ...BEGINNINGS);
        }
        const isOfModel = ["create_contact", "find_contacts", "begin_next"].includes(
            method
        );
        return isOfModel ? args : args.slice(1);
    }

    takeCalls() {
        return this.calls.splice(0);
    }
}

/**
 * Opens the screen for the contact of the interview.
 *
 * @param {Object} [values] of the screen
 * @param {{ params?: Object, isServed?: boolean }} [options] with which the action is
 *  opened; whether its methods can be called already
 * @returns {Promise<MockInterview>}
 */
export async function mountInterview(
    values,
    {params = {partner_id: 3}, isServed = false} = {}
) {
    const mock = values instanceof MockInterview ? values : new MockInterview(values);
    if (!isServed) {
        mock.serve();
    }
    await mountWithCleanup(WebClient);
    await getService("action").doAction({
        type: "ir.actions.client",
        tag: "crm_profiling.interview",
        params,
    });
    await animationFrame();
    mock.takeCalls();
    return mock;
}

/** The import screen without a server. */
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {beforeEach, expect} from "@odoo/hoot";
import {animationFrame, setInputFiles} from "@odoo/hoot-dom";
import {
    contains,
    defineModels,
    getService,
    models,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {WebClient} from "@web/webclient/webclient";
import {waitPatiently} from "../patience";

export const TARGETS = {
    fields: [
        {id: "name", name: "Name"},
        {id: "city", name: "City"},
    ],
    questions: [{id: "question:1", name: "Sector?"}],
};

export function column(index, heading, target, values = {}) {
    return {
        index,
        letter: "ABC"[index],
        heading,
        target,
        policy: "stop",
        mode: "",
        policies: ["stop", "create", "skip", "reject"],
        examples: ["one"],
        unknown: [],
        options: [],
        ...values,
    };
}

export const CIRCUS = {
    value: "Circus",
    choice: "stop",
    is_guess: false,
    count: 2,
    line: 3,
};

export const SERVCES = {value: "Servces", choice: 7, is_guess: true, count: 1, line: 4};

export const BRANCH = {
    unknown: [SERVCES, CIRCUS],
    options: [
        {id: 7, name: "Services"},
        {id: 8, name: "IT"},
    ],
};

export function progress(values) {
    return {
        state: "draft",
        total: 4,
        done: 0,
        created: 2,
        updated: 1,
        unchanged: 0,
        companies: 1,
        rejected: 1,
        warnings: 0,
        ...values,
    };
}

export function file(values = {}) {
    return {
        id: 5,
        name: "fair.csv",
        state: "draft",
        options: {encoding: "utf-8-sig", separator: ";", sheet: ""},
        sheets: [],
        encodings: ["utf-8-sig", "cp1252"],
        settings: {
            asked_on: "2026-03-04 10:30:00",
            asked_column: null,
            mode: "fill",
            country_id: 0,
        },
        when: [],
        countries: [{id: 3, name: "Germany"}],
        readings: [],
        top: [[1, "Name", "Branch", "Shoes"]],
        notes: [],
        updates: [],
        similar: [],
        similar_count: 0,
        targets: TARGETS,
        columns: [
            column(0, "Name", "name"),
            column(1, "Branch", "question:1", BRANCH),
            column(2, "Shoes", ""),
        ],
        problems: ["“Branch” has values that are not known."],
        errors: [[4, "There is no name."]],
        warnings: [],
        progress: progress(),
        ...values,
    };
}

/** Answers of the server, by method; each call is noted as a step. */
export const answers = {};

export class Import extends models.Model {
    _name = "crm.profiling.import";
}

export async function open() {
    await mountWithCleanup(WebClient);
    await getService("action").doAction({
        type: "ir.actions.client",
        tag: "crm_profiling.import",
    });
}

export async function choose(content = "Name;Branch\nBen;Circus") {
    await contains(".o_crm_profiling_choose").click();
    await setInputFiles([new File([content], "fair.csv", {type: "text/csv"})]);
    await animationFrame();
}

export async function openFile(values) {
    answers.upload = () => file(values);
    await open();
    await choose();
    await waitPatiently(".o_crm_profiling_columns");
    expect.verifySteps(["get_start", "upload fair.csv Name;Branch\nBen;Circus"]);
}

/** Has a test file begin with a server that imports files as `answers` says. */
export function defineImport() {
    defineMailModels();
    defineModels([Import]);
    beforeEach(() => {
        Object.keys(answers).forEach((method) => delete answers[method]);
        answers.get_start = () => ({unfinished: []});
        onRpc("crm.profiling.import", "*", ({method, args}) => {
            const said = method === "upload" ? [args[0], atob(args[1])] : args.slice(1);
            expect.step([method, ...said].join(" "));
            return answers[method](...said);
        });
    });
}

import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {beforeEach, expect, test} from "@odoo/hoot";
import {animationFrame, queryAllTexts, setInputFiles} from "@odoo/hoot-dom";
import {advanceTime} from "@odoo/hoot-mock";
import {
    contains,
    defineModels,
    getService,
    makeServerError,
    models,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {WebClient} from "@web/webclient/webclient";
import {waitPatiently} from "../patience";

const TARGETS = {
    fields: [
        {id: "name", name: "Name"},
        {id: "city", name: "City"},
    ],
    questions: [{id: "question:1", name: "Sector?"}],
};

function column(index, heading, target, values = {}) {
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

const CIRCUS = {value: "Circus", choice: "stop", is_guess: false, count: 2, line: 3};
const SERVCES = {value: "Servces", choice: 7, is_guess: true, count: 1, line: 4};
const BRANCH = {
    unknown: [SERVCES, CIRCUS],
    options: [
        {id: 7, name: "Services"},
        {id: 8, name: "IT"},
    ],
};

function progress(values) {
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

function file(values = {}) {
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
let answers = {};

class Import extends models.Model {
    _name = "crm.profiling.import";
}

defineMailModels();
defineModels([Import]);

beforeEach(() => {
    answers = {get_start: () => ({unfinished: []})};
    onRpc("crm.profiling.import", "*", ({method, args}) => {
        const said = method === "upload" ? [args[0], atob(args[1])] : args.slice(1);
        expect.step([method, ...said].join(" "));
        return answers[method](...said);
    });
});

async function open() {
    await mountWithCleanup(WebClient);
    await getService("action").doAction({
        type: "ir.actions.client",
        tag: "crm_profiling.import",
    });
}

async function choose(content = "Name;Branch\nBen;Circus") {
    await contains(".o_crm_profiling_choose").click();
    await setInputFiles([new File([content], "fair.csv", {type: "text/csv"})]);
    await animationFrame();
}

async function openFile(values) {
    answers.upload = () => file(values);
    await open();
    await choose();
    await waitPatiently(".o_crm_profiling_columns");
    expect.verifySteps(["get_start", "upload fair.csv Name;Branch\nBen;Circus"]);
}

test("a file is chosen, and what it is taken for is shown", async () => {
    await openFile();
    expect(queryAllTexts(".o_crm_profiling_heading b")).toEqual([
        "Branch",
        "Shoes",
        "Name",
    ]);
    expect(".o_crm_profiling_column[data-kind='question']").toHaveCount(1);
    expect(".o_crm_profiling_column[data-kind='ignored']").toHaveCount(1);
    expect(".o_crm_profiling_count_created").toHaveText("New 2");
    expect(".o_crm_profiling_count_companies").toHaveText("New companies 1");
    expect(".o_crm_profiling_count_warnings").toHaveCount(0);
    expect(".o_crm_profiling_ignored").toHaveText("Ignored columns: “Shoes” (C)");
    expect(".o_crm_profiling_line").toHaveText("Line 4There is no name.");
    expect(".o_crm_profiling_value:eq(0)").toHaveText(/“Circus”.*\(2 lines\)/s);
    expect(".o_crm_profiling_problems").toHaveText(/not known/);
    expect(".o_crm_profiling_begin").not.toBeEnabled();
});

test("a file that cannot be read: the reason is shown, another can be chosen", async () => {
    answers.upload = () => {
        throw makeServerError({message: "“fair.csv” is empty."});
    };
    await open();
    await choose("nonsense");
    await waitPatiently(".o_crm_profiling_error");
    expect(".o_crm_profiling_error").toHaveText("“fair.csv” is empty.");
    expect(".o_crm_profiling_choose").toBeEnabled();
    expect.verifySteps(["get_start", "upload fair.csv nonsense"]);
});

test("a folder is no file: that is said, and another one can be chosen", async () => {
    patchWithCleanup(FileReader.prototype, {
        readAsDataURL() {
            this.dispatchEvent(new Event("error"));
        },
    });
    await open();
    await choose();
    await waitPatiently(".o_crm_profiling_error");
    expect(".o_crm_profiling_error").toHaveText(/“fair.csv” cannot be read/);
    expect(".o_crm_profiling_choose").toHaveCount(1);
    expect.verifySteps(["get_start"]);
});

test("columns, and what to do with values that are not known, are changed", async () => {
    await openFile();
    answers.set_column = (index, target, policy) => {
        const {columns} = file();
        Object.assign(columns[index], target === null ? {policy} : {target});
        return file({columns, problems: []});
    };
    await contains(".o_crm_profiling_policy").select("create");
    expect.verifySteps(["set_column 1  create"]);
    expect(".o_crm_profiling_begin").toBeEnabled();
    await contains(
        ".o_crm_profiling_column:eq(1) .o_crm_profiling_target select"
    ).select("city");
    expect.verifySteps(["set_column 2 city "]);
    expect(".o_crm_profiling_column:eq(1)").toHaveAttribute("data-kind", "field");
});

test("a value that is not known is taken for one that is, the likely one first", async () => {
    await openFile();
    expect(".o_crm_profiling_value:eq(1) select").toHaveValue("7");
    expect(".o_crm_profiling_value:eq(1) .o_crm_profiling_guess").toHaveCount(1);
    expect(".o_crm_profiling_value:eq(0) select").toHaveValue("stop");
    answers.set_value = () => file({problems: []});
    await contains(".o_crm_profiling_value:eq(0) select").select("8");
    expect.verifySteps(["set_value 1 Circus 8"]);
    await contains(".o_crm_profiling_value:eq(1) select").select("reject");
    expect.verifySteps(["set_value 1 Servces reject"]);
});

test("what is suggested counts once somebody has seen it", async () => {
    await openFile();
    answers.accept_guesses = () => file({problems: []});
    await contains(".o_crm_profiling_accept").click();
    expect.verifySteps(["accept_guesses 1"]);
    expect(".o_crm_profiling_begin").toBeEnabled();
});

test("letters that are not certain are asked about", async () => {
    const readings = [
        ["cp1252", ["Muñoz"]],
        ["cp1250", ["Muńoz"]],
    ];
    await openFile({readings});
    expect(queryAllTexts(".o_crm_profiling_reading b")).toEqual(["Muñoz", "Muńoz"]);
    answers.set_options = () => file();
    await contains(".o_crm_profiling_reading:eq(1)").click();
    expect.verifySteps(["set_options [object Object]"]);
    expect(".o_crm_profiling_readings").toHaveCount(0);
});

test("before and after, and what is newer than the file", async () => {
    const change = (field, before, after, kind) => ({
        field,
        label: field,
        before,
        after,
        kind,
    });
    const changes = [
        change("City", "York", "Leeds", "newer"),
        change("Job", "", "Buyer", "write"),
        change("Street", "Old", "New", "stay"),
    ];
    const update = {line: 2, id: 7, name: "Ben", changes, tags: ["Fair"], answers: []};
    await openFile({updates: [update]});
    await contains(".o_crm_profiling_show_updates").click();
    expect(queryAllTexts(".o_crm_profiling_change")).toEqual([
        "City:York(is newer, the file says “Leeds”)Replace",
        "Job:Buyer",
        "Street:Old(stays, the file says “New”)",
    ]);
    answers.set_overwrite = () => file();
    await contains(".o_crm_profiling_tick").click();
    expect.verifySteps(["set_overwrite 2 City true"]);
});

test("what was ticked by mistake is unticked", async () => {
    const city = {field: "City", label: "City", before: "York", after: "Leeds"};
    const changes = [{...city, kind: "write", is_ticked: true}];
    const update = {line: 2, id: 7, name: "Ben", changes, tags: [], answers: []};
    await openFile({updates: [update]});
    await contains(".o_crm_profiling_show_updates").click();
    expect(".o_crm_profiling_tick").toBeChecked();
    answers.set_overwrite = () => file();
    await contains(".o_crm_profiling_tick").click();
    expect.verifySteps(["set_overwrite 2 City false"]);
});

test("lines that are imported in part are told apart from those left out", async () => {
    await openFile({
        progress: progress({warnings: 1}),
        warnings: [[3, "Without “1” for “Staff?”: line 2 says “500+”."]],
    });
    expect(".o_crm_profiling_count_warnings").toHaveText("To import in part 1");
    expect(".o_crm_profiling_warnings").toHaveText(/Line 3.*line 2 says/s);
    answers.action_warnings = () => false;
    await contains(".o_crm_profiling_in_part").click();
    expect.verifySteps(["action_warnings"]);
});

test("many columns that are ignored are folded", async () => {
    const columns = [column(0, "Name", "name")];
    for (let index = 1; index < 9; index++) {
        columns.push(column(index, `Column ${index}`, ""));
    }
    await openFile({columns});
    expect(".o_crm_profiling_column").toHaveCount(6);
    expect(".o_crm_profiling_show_ignored").toHaveText(/3 more/);
    await contains(".o_crm_profiling_show_ignored").click();
    expect(".o_crm_profiling_column").toHaveCount(9);
});

test("large numbers can be read", async () => {
    await openFile({
        progress: progress({created: 10000, rejected: 1234, warnings: 2345}),
    });
    expect(".o_crm_profiling_count_created").toHaveText("New 10,000");
    expect(".o_crm_profiling_errors b").toHaveText("Lines left out: 1,234");
    expect(".o_crm_profiling_warnings b").toHaveText("Lines to import in part: 2,345");
});

test("it imports batch after batch", async () => {
    await openFile({problems: []});
    const batches = [2, 4];
    answers.begin = () => progress({state: "running", created: 0});
    answers.run_batch = () => {
        const done = batches.shift();
        return progress({state: done === 4 ? "done" : "running", done, created: done});
    };
    answers.get_preview = () =>
        file({columns: [], progress: progress({state: "done", done: 4, created: 4})});
    await contains(".o_crm_profiling_begin").click();
    await waitPatiently(".o_crm_profiling_open");
    expect.verifySteps(["begin", "run_batch", "run_batch", "get_preview"]);
    expect(".o_crm_profiling_count_created").toHaveText("Created 4");
    expect(".o_crm_profiling_rejected").toHaveCount(1);
});

test("paused and continued at once, it is asked for once at a time", async () => {
    await openFile({problems: []});
    answers.begin = () => progress({state: "running"});
    answers.run_batch = () => progress({state: "running"}); // another tab is at it
    await contains(".o_crm_profiling_begin").click();
    await waitPatiently(".o_crm_profiling_pause");
    await animationFrame();
    expect.verifySteps(["begin", "run_batch"]);
    await contains(".o_crm_profiling_pause").click();
    await contains(".o_crm_profiling_continue").click();
    expect.verifySteps(["run_batch"]);
    await advanceTime(1500);
    await animationFrame();
    expect.verifySteps(["run_batch"]);
    await contains(".o_crm_profiling_pause").click();
    await advanceTime(1500);
    expect.verifySteps([]);
});

test("an import is taken back, and what stays is told", async () => {
    const done = progress({state: "done", done: 4, can_undo: true});
    const lately = [{id: 5, name: "fair.csv", ...done}];
    answers.get_start = () => ({unfinished: [], lately});
    answers.get_preview = () => file({columns: [], progress: done});
    await open();
    await contains(".o_crm_profiling_lately .btn").click();
    await waitPatiently(".o_crm_profiling_undo");
    expect.verifySteps(["get_start", "get_preview"]);
    answers.undo = () => progress({state: "undoing", done: 0});
    answers.run_undo_batch = () => progress({state: "undone", undone: 3, kept: 1});
    answers.get_preview = () =>
        file({
            progress: progress({state: "undone", undone: 3, kept: 1}),
            kept: [{name: "Ben", why: "It has been changed since."}],
        });
    await contains(".o_crm_profiling_undo").click();
    await contains(".modal .btn-primary").click();
    await waitPatiently(".o_crm_profiling_undone");
    expect.verifySteps(["undo", "run_undo_batch", "get_preview"]);
    expect(".o_crm_profiling_undone").toHaveText("Contacts put back: 3");
    expect(".o_crm_profiling_kept_contacts li").toHaveText(/Ben.*changed since/s);
});

test("an import that was left is continued", async () => {
    const running = progress({state: "running", done: 2});
    answers.get_start = () => ({unfinished: [{id: 5, name: "fair.csv", ...running}]});
    answers.get_preview = () => file({progress: running});
    answers.run_batch = () => {
        answers.get_preview = () => file({progress: progress({state: "done"})});
        return progress({state: "done", done: 4});
    };
    await open();
    expect(".o_crm_profiling_unfinished").toHaveText(/2 of 4 done/);
    await contains(".o_crm_profiling_unfinished .btn-secondary").click();
    await waitPatiently(".o_crm_profiling_open");
    expect.verifySteps(["get_start", "get_preview", "run_batch", "get_preview"]);
});

test("a company that is similar to one that exists is asked about", async () => {
    const one = {
        key: "petrel",
        name: "Petrel",
        line: 3,
        count: 2,
        choice: null,
        candidates: [{id: 7, name: "Petrel Ltd, Leeds", why: "name"}],
    };
    await openFile({similar: [one], similar_count: 1});
    expect(".o_crm_profiling_similar_one").toHaveText(/“Petrel”.*2 lines/s);
    expect(queryAllTexts(".o_crm_profiling_similar_one option")).toEqual([
        "Choose…",
        "Petrel Ltd, Leeds (nearly the same name)",
        "A new company",
    ]);
    answers.set_company = () =>
        file({similar: [{...one, choice: 7}], similar_count: 1});
    await contains(".o_crm_profiling_similar_one select").select("7");
    expect.verifySteps(["set_company petrel 7"]);
    expect(".o_crm_profiling_similar button").toHaveCount(0);
});

test("a manager has a column become a question", async () => {
    await openFile({may_ask: true});
    answers.set_column = () =>
        file({
            may_ask: true,
            columns: [
                column(2, "Shoes", "new:2", {
                    question: {
                        name: "Shoes",
                        mode: "single",
                        starts: [],
                        is_banded: false,
                    },
                    unknown: [{...CIRCUS, value: "42", choice: "create"}],
                }),
            ],
        });
    await contains("[data-index='2'] .o_crm_profiling_target select").select("new");
    expect.verifySteps(["set_column 2 new "]);
    expect("[data-index='2']").toHaveAttribute("data-kind", "question");
    expect(".o_crm_profiling_unknown").toHaveText(/Its answers/);
    answers.set_new_question = () => file();
    await contains(".o_crm_profiling_new_question").edit("Size?");
    expect.verifySteps(["set_new_question 2 Size? "]);
});

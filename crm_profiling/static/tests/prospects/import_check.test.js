import {expect, test} from "@odoo/hoot";
import {queryAllTexts} from "@odoo/hoot-dom";
import {contains} from "@web/../tests/web_test_helpers";
import {
    defineImport,
    column,
    progress,
    file,
    answers,
    openFile,
    CIRCUS,
} from "./mock_import";

defineImport();

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

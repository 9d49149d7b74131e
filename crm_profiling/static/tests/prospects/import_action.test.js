import {expect, test} from "@odoo/hoot";
import {animationFrame, queryAllTexts} from "@odoo/hoot-dom";
import {advanceTime} from "@odoo/hoot-mock";
import {
    contains,
    makeServerError,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {waitPatiently} from "../patience";
import {
    defineImport,
    progress,
    file,
    answers,
    open,
    choose,
    openFile,
} from "./mock_import";

defineImport();

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

test("a crash never says its own words", async () => {
    answers.upload = () => {
        throw makeServerError({errorName: "builtins.KeyError", message: "'name'"});
    };
    await open();
    await choose("nonsense");
    await waitPatiently(".o_crm_profiling_error");
    expect(".o_crm_profiling_error").toHaveText(/could not do this/);
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

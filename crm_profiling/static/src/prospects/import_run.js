import {onWillDestroy, useState} from "@odoo/owl";
import {delay} from "@web/core/utils/concurrency";

/** Between two tries where another tab imports the same file. */
const PATIENCE = 1500;

/** Has the server import a file batch after batch, or take it back. */
class ImportRun {
    /**
     * @param {ImportFile} file
     * @param {Object} state
     */
    constructor(file, state) {
        this.file = file;
        this.state = state;
        /** The loop that goes on; another one, once it was paused and continued. */
        this.loop = null;
    }

    get isRunning() {
        return this.state.isRunning;
    }

    get isToGoOn() {
        return this.file.step === "import";
    }

    async begin() {
        if (await this.file.goOn("begin")) {
            await this.run();
        }
    }

    async undo() {
        if (await this.file.goOn("undo")) {
            await this.run();
        }
    }

    pause() {
        this.loop = null;
        this.state.isRunning = false;
    }

    /** Until it is done or told to pause. */
    async run() {
        const loop = {}; // paused and continued, there would be two of them
        this.loop = loop;
        this.state.isRunning = true;
        while (this.loop === loop && this.isToGoOn) {
            if (!(await this.runBatch())) {
                break;
            }
        }
        if (this.loop && this.loop !== loop) {
            return; // it goes on
        }
        this.pause();
        if (!this.isToGoOn) {
            await this.file.show(this.file.callIt("get_preview"));
        }
    }

    /** @returns {Promise<boolean>} whether it did */
    async runBatch() {
        const {done, state} = this.file.progress;
        const isUndo = state === "undoing";
        const progress = await this.file.goOn(isUndo ? "run_undo_batch" : "run_batch");
        if (progress?.done === done && this.isToGoOn) {
            await delay(PATIENCE);
        }
        return Boolean(progress);
    }
}

/**
 * @param {ImportFile} file
 * @returns {ImportRun} of the component that is set up: it pauses once that is left
 */
export function useImportRun(file) {
    const run = new ImportRun(file, useState({isRunning: false}));
    onWillDestroy(() => run.pause());
    return run;
}

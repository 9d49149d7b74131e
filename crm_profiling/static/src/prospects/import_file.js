import {useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";
import {explain} from "../catalog/server/failures";

const MODEL = "crm.profiling.import";

const STEPS = {
    draft: "check",
    running: "import",
    done: "done",
    undoing: "import",
    undone: "undone",
};

/**
 * The file that is imported. The server keeps it and how far it came; a step here is one
 * call there, and what it objects to is shown in place.
 */
class ImportFile {
    constructor(orm, action, state) {
        this.orm = orm;
        this.action = action;
        this.state = state;
    }

    /** What the server says of it; none yet: choose one. */
    get data() {
        return this.state.data;
    }

    get progress() {
        return this.data.progress;
    }

    get isBusy() {
        return this.state.isBusy;
    }

    get error() {
        return this.state.error;
    }

    /** @returns {"start" | "check" | "import" | "done" | "undone"} */
    get step() {
        return this.data ? STEPS[this.progress.state] : "start";
    }

    get canBegin() {
        const {data, progress} = this;
        return !data.problems.length && progress.total > progress.rejected;
    }

    forget() {
        this.state.data = null;
    }

    // Calls

    /** Shows why something cannot be done. */
    objectTo(words) {
        this.state.error = words;
    }

    /**
     * Does something, and shows what goes wrong.
     *
     * @param {() => Promise} action
     * @returns {Promise<any>} what comes of it; undefined after an error
     */
    async attempt(action) {
        Object.assign(this.state, {isBusy: true, error: ""});
        try {
            return await action();
        } catch (error) {
            this.state.error = explain(error, {
                connection: _t(
                    "The connection is lost, but no data: continue when it is back."
                ),
            });
        } finally {
            this.state.isBusy = false;
        }
    }

    /**
     * @param {string} method
     * @param {any[]} [args]
     * @returns {Promise<any>} the server's answer; undefined after an error
     */
    call(method, args = []) {
        return this.attempt(() => this.orm.silent.call(MODEL, method, args));
    }

    callIt(method, ...args) {
        return this.call(method, [[this.data.id], ...args]);
    }

    async show(promise) {
        const data = await promise;
        if (data) {
            this.state.data = data;
        }
    }

    /** @returns {Promise<Object | undefined>} how far it came; undefined after an error */
    async goOn(method) {
        const progress = await this.callIt(method);
        if (progress) {
            this.state.data.progress = progress;
        }
        return progress;
    }

    async open(promise) {
        const action = await promise;
        if (action) {
            await this.action.doAction(action);
        }
    }

    // What can be done with it

    upload(name, content) {
        return this.show(this.call("upload", [name, content]));
    }

    resume(id) {
        return this.show(this.call("get_preview", [[id]]));
    }

    setColumn(index, target, policy) {
        return this.show(this.callIt("set_column", index, target, policy));
    }

    setNewQuestion(index, name, isBanded) {
        return this.show(this.callIt("set_new_question", index, name, isBanded));
    }

    setValue(index, value, choice) {
        return this.show(this.callIt("set_value", index, value, choice));
    }

    setMode(index, mode) {
        return this.show(this.callIt("set_column", index, null, null, mode));
    }

    acceptGuesses(index) {
        return this.show(this.callIt("accept_guesses", index));
    }

    setCompany(key, choice) {
        return this.show(this.callIt("set_company", key, choice));
    }

    setOverwrite(line, field, isTicked) {
        return this.show(this.callIt("set_overwrite", line, field, isTicked));
    }

    setOption(name, value) {
        return this.show(this.callIt("set_options", {[name]: value}));
    }

    downloadTemplate() {
        return this.open(this.call("action_template"));
    }

    downloadRejected() {
        return this.open(this.callIt("action_rejected"));
    }

    downloadWarnings() {
        return this.open(this.callIt("action_warnings"));
    }

    openProfile(id) {
        return this.open(this.callIt("action_profile", id));
    }

    takeStep({method}) {
        return this.open(this.callIt(method));
    }

    openContacts() {
        return this.open(this.callIt("action_contacts"));
    }
}

/** @returns {ImportFile} of the component that is set up; it is drawn anew by it */
export function useImportFile() {
    const state = useState({data: null, isBusy: false, error: ""});
    return new ImportFile(useService("orm"), useService("action"), state);
}

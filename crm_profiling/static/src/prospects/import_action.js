import {onWillDestroy, onWillStart, useRef, useState} from "@odoo/owl";
import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {useDropzone} from "@web/core/dropzone/dropzone_hook";
import {_t} from "@web/core/l10n/translation";
import {ConnectionLostError} from "@web/core/network/rpc";
import {registry} from "@web/core/registry";
import {delay} from "@web/core/utils/concurrency";
import {useService} from "@web/core/utils/hooks";
import {getDataURLFromFile} from "@web/core/utils/urls";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {ImportColumns} from "./import_columns";
import {ImportCompanies} from "./import_companies";
import {ImportSettings} from "./import_settings";
import {ImportShown} from "./import_shown";
import {ImportUpdates} from "./import_updates";

const MODEL = "crm.profiling.import";

/** Between two tries where another tab imports the same file. */
const PATIENCE = 1500;

/**
 * Imports a file of prospects: choose it, check what it is taken for, import it.
 *
 * The server keeps the file and how far it came; a step here is one call there.
 */
export class ImportAction extends ImportShown {
    static template = "crm_profiling.ImportAction";
    static components = {
        ImportColumns,
        ImportCompanies,
        ImportSettings,
        ImportUpdates,
        Layout,
    };
    static props = {...standardActionServiceProps};
    static displayName = _t("Import Prospects");

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.root = useRef("root");
        this.input = useRef("input");
        this.state = useState({
            /** What the server says of the file; none yet: choose one. */
            file: null,
            unfinished: [],
            lately: [],
            busy: false,
            running: false,
            error: "",
        });
        this.env.config.setDisplayName(_t("Import Prospects"));
        useDropzone(
            this.root,
            (ev) => this.upload(ev.dataTransfer.files),
            "o_crm_profiling_dropzone",
            () => this.step === "start"
        );
        onWillStart(() => this.start());
        onWillDestroy(() => this.pause());
    }

    // Calls

    /**
     * Calls the server, and shows in place what it objects to.
     *
     * @param {string} method
     * @param {any[]} [args]
     * @returns {Promise<any>} its answer; undefined after an error
     */
    async call(method, args = []) {
        this.state.busy = true;
        this.state.error = "";
        try {
            return await this.orm.silent.call(MODEL, method, args);
        } catch (error) {
            this.state.error = this.getMessage(error);
        } finally {
            this.state.busy = false;
        }
    }

    getMessage(error) {
        if (error instanceof ConnectionLostError) {
            return _t("The connection is lost, but no data: continue when it is back.");
        }
        return error.data?.message || error.message;
    }

    async show(promise) {
        const file = await promise;
        if (file) {
            this.state.file = file;
        }
    }

    callFile(method, ...args) {
        return this.call(method, [[this.state.file.id], ...args]);
    }

    async download(promise) {
        const action = await promise;
        if (action) {
            await this.action.doAction(action);
        }
    }

    // What the user does

    async start() {
        this.state.file = null;
        const {unfinished, lately} = (await this.call("get_start")) || {};
        this.state.unfinished = unfinished || [];
        this.state.lately = lately || [];
    }

    onChoose(ev) {
        this.upload(ev.target.files);
        // or choosing the same file again, corrected, would not be noticed
        ev.target.value = "";
    }

    async upload([file]) {
        if (!file || this.state.busy) {
            return;
        }
        this.state.busy = true;
        let content = "";
        try {
            content = (await getDataURLFromFile(file)).split(",")[1];
        } catch {
            // a folder, or what is not there any more
            this.state.error = _t(
                "“%s” cannot be read. Choose another file.",
                file.name
            );
            return;
        } finally {
            this.state.busy = false;
        }
        await this.show(this.call("upload", [file.name, content]));
    }

    async resume(id) {
        await this.show(this.call("get_preview", [[id]]));
        if (this.step === "import") {
            await this.run();
        }
    }

    async discard(unfinished) {
        this.dialog.add(ConfirmationDialog, {
            title: _t("Discard the import"),
            body: _t(
                "The file is thrown away. Contacts that have been imported from it stay."
            ),
            confirmLabel: _t("Discard"),
            confirm: async () => {
                await this.call("discard", [[unfinished.id]]);
                await this.start();
            },
            cancel: () => {},
        });
    }

    setColumn(index, target, policy) {
        return this.show(this.callFile("set_column", index, target, policy));
    }

    setNewQuestion(index, name, isBanded) {
        return this.show(this.callFile("set_new_question", index, name, isBanded));
    }

    setValue(index, value, choice) {
        return this.show(this.callFile("set_value", index, value, choice));
    }

    setMode(index, mode) {
        return this.show(this.callFile("set_column", index, null, null, mode));
    }

    acceptGuesses(index) {
        return this.show(this.callFile("accept_guesses", index));
    }

    setCompany(key, choice) {
        return this.show(this.callFile("set_company", key, choice));
    }

    setOverwrite(line, field, isTicked) {
        return this.show(this.callFile("set_overwrite", line, field, isTicked));
    }

    setOption(name, value) {
        return this.show(this.callFile("set_options", {[name]: value}));
    }

    async begin() {
        const progress = await this.callFile("begin");
        if (progress) {
            this.state.file.progress = progress;
            await this.run();
        }
    }

    pause() {
        this.loop = null;
        this.state.running = false;
    }

    /** Has the server import batch after batch, until it is done or told to pause. */
    async run() {
        const loop = {}; // paused and continued, there would be two of them
        this.loop = loop;
        this.state.running = true;
        while (this.loop === loop && this.step === "import") {
            const before = this.progress.done;
            const isUndo = this.progress.state === "undoing";
            const progress = await this.callFile(
                isUndo ? "run_undo_batch" : "run_batch"
            );
            if (!progress) {
                break;
            }
            this.state.file.progress = progress;
            if (progress.done === before && this.step === "import") {
                await delay(PATIENCE);
            }
        }
        if (this.loop && this.loop !== loop) {
            return; // it goes on
        }
        this.pause();
        if (this.step !== "import") {
            await this.show(this.callFile("get_preview"));
        }
    }

    askUndo() {
        this.dialog.add(ConfirmationDialog, {
            title: _t("Take the import back"),
            body: _t(
                "Contacts that it created and nobody has touched are deleted; values and answers that it changed are as before. What somebody changed since stays."
            ),
            confirmLabel: _t("Take it back"),
            confirm: () => this.undo(),
            cancel: () => {},
        });
    }

    async undo() {
        const progress = await this.callFile("undo");
        if (progress) {
            this.state.file.progress = progress;
            await this.run();
        }
    }

    downloadTemplate() {
        return this.download(this.call("action_template"));
    }

    downloadRejected() {
        return this.download(this.callFile("action_rejected"));
    }

    downloadWarnings() {
        return this.download(this.callFile("action_warnings"));
    }

    openProfile(id) {
        return this.download(this.callFile("action_profile", id));
    }

    takeStep({method}) {
        return this.download(this.callFile(method));
    }

    openContacts() {
        return this.download(this.callFile("action_contacts"));
    }
}

registry.category("actions").add("crm_profiling.import", ImportAction);

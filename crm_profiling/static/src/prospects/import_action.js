import {Component, onWillStart, useRef, useState} from "@odoo/owl";
import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {useDropzone} from "@web/core/dropzone/dropzone_hook";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {getDataURLFromFile} from "@web/core/utils/urls";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {ImportCheck} from "./import_check";
import {ImportDone} from "./import_done";
import {useImportFile} from "./import_file";
import {ImportProgress} from "./import_progress";
import {useImportRun} from "./import_run";
import {ImportStart} from "./import_start";
import {ImportUndone} from "./import_undone";

/** Imports a file of prospects: choose it, check what it is taken for, import it. */
export class ImportAction extends Component {
    static template = "crm_profiling.ImportAction";
    static components = {
        ImportCheck,
        ImportDone,
        ImportProgress,
        ImportStart,
        ImportUndone,
        Layout,
    };
    static props = {...standardActionServiceProps};
    static displayName = _t("Import Prospects");

    setup() {
        this.dialog = useService("dialog");
        this.root = useRef("root");
        this.input = useRef("input");
        this.file = useImportFile();
        this.run = useImportRun(this.file);
        this.state = useState({
            /** Imports that can be gone on with, and those of the last days. */
            unfinished: [],
            lately: [],
        });
        this.env.config.setDisplayName(_t("Import Prospects"));
        useDropzone(
            this.root,
            (ev) => this.upload(ev.dataTransfer.files),
            "o_crm_profiling_dropzone",
            () => this.file.step === "start"
        );
        onWillStart(() => this.start());
    }

    async start() {
        this.file.forget();
        const {unfinished, lately} = (await this.file.call("get_start")) || {};
        this.state.unfinished = unfinished || [];
        this.state.lately = lately || [];
    }

    choose() {
        this.input.el.click();
    }

    onChoose(ev) {
        this.upload(ev.target.files);
        // or choosing the same file again, corrected, would not be noticed
        ev.target.value = "";
    }

    async upload([chosen]) {
        if (!chosen || this.file.isBusy) {
            return;
        }
        const content = await this.file.attempt(() => readContent(chosen));
        if (content === undefined) {
            this.file.objectTo(
                _t("“%s” cannot be read. Choose another file.", chosen.name)
            );
            return;
        }
        await this.file.upload(chosen.name, content);
    }

    async resume(id) {
        await this.file.resume(id);
        if (this.file.step === "import") {
            await this.run.run();
        }
    }

    discard(unfinished) {
        this.dialog.add(ConfirmationDialog, {
            title: _t("Discard the import"),
            body: _t(
                "The file is thrown away. Contacts that have been imported from it stay."
            ),
            confirmLabel: _t("Discard"),
            confirm: async () => {
                await this.file.call("discard", [[unfinished.id]]);
                await this.start();
            },
            cancel: () => {},
        });
    }

    askUndo() {
        this.dialog.add(ConfirmationDialog, {
            title: _t("Take the import back"),
            body: _t(
                "Contacts that it created and nobody has touched are deleted; values and answers that it changed are as before. What somebody changed since stays."
            ),
            confirmLabel: _t("Take it back"),
            confirm: () => this.run.undo(),
            cancel: () => {},
        });
    }
}

/**
 * @param {File} chosen
 * @returns {Promise<string | undefined>} its content; undefined of a folder, or of what
 *  is not there any more
 */
async function readContent(chosen) {
    try {
        return (await getDataURLFromFile(chosen)).split(",")[1] || "";
    } catch {
        return undefined;
    }
}

registry.category("actions").add("crm_profiling.import", ImportAction);

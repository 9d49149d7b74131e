import {useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {useRecordObserver} from "@web/model/relational_model/utils";
import {
    ProgressBarField,
    progressBarField,
} from "@web/views/fields/progress_bar/progress_bar_field";
import {useNews} from "../../catalog/server/news";

/**
 * How far the background job is with a profile, as it goes on. Once it is done, or
 * somebody else pauses it, the form shows what has become of the profile.
 */
export class RunProgressField extends ProgressBarField {
    setup() {
        super.setup();
        this.news = useState({done: null});
        useNews("crm_profiling/run", (run) => this.onRun(run));
        useRecordObserver(() => {
            this.news.done = null;
        });
    }

    get currentValue() {
        return this.news.done ?? super.currentValue;
    }

    async onRun({state, done}) {
        const {record} = this.props;
        if (state === "running") {
            this.news.done = done;
        } else if (!(await record.isDirty())) {
            await record.load();
        }
    }
}

export const runProgressField = {
    ...progressBarField,
    component: RunProgressField,
    fieldDependencies: [{name: "run_total", type: "integer"}],
    extractProps: (...args) => ({
        ...progressBarField.extractProps(...args),
        maxValueField: "run_total",
    }),
};

registry.category("fields").add("crm_profiling_run_progress", runProgressField);

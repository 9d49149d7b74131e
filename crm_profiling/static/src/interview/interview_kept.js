import {InterviewOrder} from "./interview_order";
import {recall, remember} from "./kept";

/** An interview of which the browser keeps what is not saved. */
export class InterviewKept extends InterviewOrder {
    /** Has the browser keep what is not saved. */
    keep() {
        const {drafts, forms, outbox} = this;
        remember(this.id, {operations: outbox.operations, drafts, forms});
    }

    /** Has the browser keep nothing of it any more. */
    dropKept() {
        remember(this.id, {operations: [], drafts: {}, forms: {}});
    }

    /** Keeps what is typed into a form, or drops what is saved. */
    keepForm(name, values) {
        if (values) {
            this.forms[name] = values;
        } else {
            delete this.forms[name];
        }
        this.keep();
    }

    recollect() {
        const kept = recall(this.id);
        if (kept) {
            this.outbox.operations = kept.operations;
            this.drafts = kept.drafts;
            this.forms = kept.forms;
        }
    }
}

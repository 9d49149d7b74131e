import {Component, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {formatList} from "@web/core/l10n/utils";
import {uniqueId} from "@web/core/utils/functions";
import {useAutofocus} from "@web/core/utils/hooks";
import {useFormDraft} from "./form_draft";
import {useKeys} from "./interview_keys";
import {parseWhen, serializeWhen} from "./when";
import {sayWhen} from "./when_words";

/** What came of a call in which nothing was asked; the keys are those of the screen. */
const OUTCOMES = [
    ["not_reached", _t("Not reached")],
    ["busy", _t("Busy")],
    ["voicemail", _t("Voicemail: left a message")],
    ["wrong_number", _t("Wrong number")],
    ["refused", _t("Did not want to talk")],
];

/** Those that one click on the screen says. */
export const QUICK = OUTCOMES.slice(0, 4).map(([name, label]) => ({name, label}));

/** What came of the call, where there is no interview: then on to the next contact. */
export class ProspectForm extends Component {
    static template = "crm_profiling.ProspectForm";
    static props = {
        interview: Object,
        /** Called with the outcome, whether calls are refused, and a callback. */
        onSkip: Function,
        onClose: Function,
        /** Whether there is a call list to stay in, or to be left out of. */
        hasQueue: Boolean,
    };

    setup() {
        this.draft = useFormDraft(this.props.interview, "prospect", {
            when: "",
            reason: "",
        });
        this.state = useState({isSkipping: false});
        this.uid = uniqueId("crm_profiling_");
        this.whenInput = useRef("when");
        this.reasonInput = useRef("reason");
        this.leaveOutButton = useRef("leaveOut");
        this.outcomes = OUTCOMES.map(([name, label], index) => ({
            name,
            label,
            key: String(index + 1),
        }));
        useAutofocus({refName: "first"});
        useKeys((key) => this.onKey(key));
    }

    onKey(key) {
        const outcome = this.outcomes.find((one) => one.key === key);
        if (outcome) {
            this.skip(outcome.name);
        } else if (key === "6") {
            this.whenInput.el.focus();
        } else if (key === "7") {
            this.reasonInput.el.focus();
        } else if (key === "8" && this.props.hasQueue) {
            this.skip("tomorrow");
        } else {
            return false;
        }
        return true;
    }

    get when() {
        return parseWhen(this.draft.when);
    }

    /** What was written meanwhile: so that one sees it is not lost. */
    get looseLabel() {
        const {looseWords} = this.props.interview;
        return looseWords.length
            ? _t("Noted on the contact: %s", formatList(looseWords, {style: "unit"}))
            : "";
    }

    get whenLabel() {
        return this.draft.when.trim() ? sayWhen(this.draft.when) : "";
    }

    /** Calls back then, or asks when. */
    callBack() {
        const {when} = this;
        if (!when) {
            this.whenInput.el.focus();
            return;
        }
        this.skip("call_back", false, serializeWhen(when));
    }

    /** @param {boolean} refuses whether nobody is to call this contact, ever */
    leaveOut(refuses = false) {
        const reason = this.draft.reason.trim();
        if (reason) {
            this.skip(reason, refuses);
        } else {
            this.reasonInput.el.focus();
        }
    }

    /** There are two ways to leave somebody out, and one is for good: Enter asks which. */
    onReasonEntered() {
        if (this.props.hasQueue && this.draft.reason.trim()) {
            this.leaveOutButton.el.focus();
        } else {
            this.leaveOut(true);
        }
    }

    async skip(reason, refuses = false, activity = null) {
        if (this.state.isSkipping) {
            return;
        }
        this.state.isSkipping = true;
        try {
            await this.props.onSkip(reason, refuses, activity);
        } finally {
            this.state.isSkipping = false;
        }
    }

    onKeydown(ev) {
        if (ev.key === "Escape") {
            ev.preventDefault();
            ev.stopPropagation();
            this.props.onClose();
        }
    }
}

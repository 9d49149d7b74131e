import {Component, useRef, useState} from "@odoo/owl";
import {useAutofocus} from "@web/core/utils/hooks";
import {useKeys} from "./interview_keys";

/** Why a prospect of a call list is left without an interview. */
export class ProspectForm extends Component {
    static template = "crm_profiling.ProspectForm";
    static props = {onSkip: Function, onClose: Function};

    setup() {
        this.state = useState({reason: "", isSkipping: false});
        this.reasonInput = useRef("reason");
        useAutofocus({refName: "first"});
        useKeys((key) => this.onKey(key));
    }

    onKey(key) {
        switch (key) {
            case "1":
                this.skip("not_reached");
                return true;
            case "2":
                this.skip("tomorrow");
                return true;
            case "3":
                this.reasonInput.el.focus();
                return true;
        }
        return false;
    }

    /** @param {boolean} refuses whether nobody is to call this contact, ever */
    leaveOut(refuses = false) {
        const reason = this.state.reason.trim();
        if (reason) {
            this.skip(reason, refuses);
        } else {
            this.reasonInput.el.focus();
        }
    }

    async skip(reason, refuses = false) {
        if (this.state.isSkipping) {
            return;
        }
        this.state.isSkipping = true;
        try {
            await this.props.onSkip(reason, refuses);
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

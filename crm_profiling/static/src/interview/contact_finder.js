import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {KeepLast} from "@web/core/utils/concurrency";
import {useAutofocus, useService} from "@web/core/utils/hooks";
import {useDebounced} from "@web/core/utils/timing";
import {explain} from "../catalog/server/failures";
import {ContactForm} from "./contact_form";
import {MODEL} from "./interview_reading";

/** Milliseconds after the last letter before one looks for a contact. */
const PAUSE = 250;

/** Finds a contact to call, or creates it. */
export class ContactFinder extends Component {
    static template = "crm_profiling.ContactFinder";
    static components = {ContactForm};
    static props = {
        /** Called with what an interview begins with. */
        onBegin: Function,
        /** Called where nobody is looked for: with whom to call now. */
        onCallNext: Function,
        /** Called with whether somebody is looked for. */
        onFinding: Function,
        /** Called with why nobody can be found, in words. */
        onProblem: Function,
    };

    setup() {
        this.orm = useService("orm");
        this.state = useState({
            text: "",
            found: null, // contacts, once one has looked
            foundFor: "", // what was typed then
            isCreating: false,
            isSaving: false,
            twins: null, // contacts like the one that is created
        });
        this.keepLast = new KeepLast();
        this.lookLater = useDebounced(() => this.look(), PAUSE);
        useAutofocus({refName: "text"});
    }

    onInput(ev) {
        this.state.text = ev.target.value;
        this.tell();
        this.lookLater();
    }

    async look() {
        const {state} = this;
        const {text} = state;
        try {
            const found = await this.keepLast.add(
                this.orm.silent.call(MODEL, "find_contacts", [text])
            );
            Object.assign(state, {found, foundFor: text});
        } catch (error) {
            this.props.onProblem(explain(error));
        }
    }

    onKeydown(ev) {
        if (ev.key === "Enter" && !ev.isComposing && !ev.repeat) {
            ev.preventDefault();
            this.onEnter();
        }
    }

    /** Calls the one who is found, if it is who was looked for; writes down who is not. */
    onEnter() {
        const {found, foundFor, text} = this.state;
        if (!text.trim()) {
            this.props.onCallNext();
        } else if (text !== foundFor) {
            this.lookLater.cancel();
            this.look();
        } else if (found.length === 1) {
            this.begin(found[0]);
        } else if (!found.length) {
            this.openCreate();
        }
    }

    /** The phone and the company belong to what is shown: names alone are not enough. */
    describe({company, phone, email}) {
        return [company, phone, email].filter(Boolean).join(" · ");
    }

    begin({id}) {
        return this.props.onBegin({partner_id: id});
    }

    /** Says whether one is about to find somebody: all else stands back then. */
    tell() {
        const {isCreating, text} = this.state;
        this.props.onFinding(isCreating || Boolean(text));
    }

    // ------------------------------------------------------------------
    // Create
    // ------------------------------------------------------------------

    /** What was typed is the name, unless it is a number. */
    get draft() {
        const text = this.state.text.trim();
        const isNumber = /^[\d\s+()./-]+$/.test(text);
        return isNumber ? {phone: text} : {name: text};
    }

    get createTitle() {
        return _t("New prospect");
    }

    openCreate() {
        Object.assign(this.state, {isCreating: true, twins: null});
        this.tell();
    }

    closeCreate() {
        Object.assign(this.state, {isCreating: false, twins: null});
        this.tell();
    }

    async create(changes, isNew = false) {
        const {state} = this;
        if (state.isSaving) {
            return;
        }
        state.isSaving = true;
        try {
            this.values = {...this.draft, ...changes};
            const args = [this.values, isNew];
            const told = await this.orm.call(MODEL, "create_contact", args);
            if (told.twins) {
                state.twins = told.twins;
            } else {
                await this.begin(told);
            }
        } finally {
            state.isSaving = false;
        }
    }

    createAnyway() {
        return this.create(this.values, true);
    }
}

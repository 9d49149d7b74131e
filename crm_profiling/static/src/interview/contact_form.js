import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {useAutofocus} from "@web/core/utils/hooks";
import {CompanyInput} from "./company_input";
import {useFormDraft} from "./form_draft";

const FIELDS = [
    {name: "name", label: _t("Full name")},
    {name: "company", label: _t("Company")},
    {name: "function", label: _t("Job position")},
    {name: "phone", label: _t("Phone"), type: "tel"},
    {name: "email", label: _t("E-mail"), type: "email"},
    {name: "street", label: _t("Street"), isWide: true},
    {name: "zip", label: _t("ZIP")},
    {name: "city", label: _t("City")},
];

/** Who is called: written down, or corrected, without leaving the screen. */
export class ContactForm extends Component {
    static template = "crm_profiling.ContactForm";
    static components = {CompanyInput};
    static props = {
        /** In which it is kept what was typed; none where one begins. */
        interview: {type: Object, optional: true},
        title: String,
        confirmLabel: String,
        /** What is known already. */
        contact: Object,
        /** Called with what has been changed; returns a promise. */
        onSave: Function,
        onClose: Function,
    };

    setup() {
        this.fields = FIELDS;
        const known = FIELDS.map(({name}) => [name, this.props.contact[name] || ""]);
        this.known = Object.fromEntries(known);
        // what differs: colleagues may correct the rest meanwhile
        this.draft = useFormDraft(this.props.interview, "contact", {});
        this.state = useState({isSaving: false});
        useAutofocus({refName: "name"});
    }

    get changes() {
        const entries = Object.entries(this.draft);
        return Object.fromEntries(
            entries.filter(([name, value]) => value.trim() !== this.known[name])
        );
    }

    getValue({name}) {
        return this.draft[name] ?? this.known[name];
    }

    onInput({name}, value) {
        if (value === this.known[name]) {
            delete this.draft[name];
        } else {
            this.draft[name] = value;
        }
    }

    async save() {
        if (this.state.isSaving) {
            return;
        }
        this.state.isSaving = true;
        try {
            await this.props.onSave(this.changes);
        } finally {
            this.state.isSaving = false;
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

import {Component, onWillStart, useExternalListener, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {KeepLast} from "@web/core/utils/concurrency";
import {user} from "@web/core/user";
import {useAutofocus, useService} from "@web/core/utils/hooks";
import {useDebounced} from "@web/core/utils/timing";
import {explain} from "../catalog/server/failures";
import {formatMoment} from "../catalog/server/moments";
import {ContactForm} from "./contact_form";
import {MODEL} from "./interview_link";
import {isUnsaved} from "./kept";
import {Whom} from "./whom";

const SHOWN = 20;

/** Milliseconds after the last letter before one looks for a contact. */
const PAUSE = 250;

/** Whom to interview: those one was talking to, one's call lists, or anybody. */
export class InterviewStart extends Component {
    static template = "crm_profiling.InterviewStart";
    static components = {ContactForm, Whom};
    formatMoment = formatMoment;
    static props = {
        /** Called with what an interview begins with. */
        onBegin: Function,
        /** Called without anything: with whom to call now. */
        onCallNext: Function,
        /** Called with the id of an interview that goes on. */
        onResume: Function,
    };

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.notification = useService("notification");
        this.state = useState({
            text: "",
            whom: null,
            ongoing: [],
            queues: [],
            found: null, // contacts, once one has looked
            foundFor: "", // what was typed then
            problem: "", // why it cannot be said whom to call
            isCreating: false,
            isSaving: false,
            twins: null, // contacts like the one that is created
        });
        this.keepLast = new KeepLast();
        this.lookLater = useDebounced(() => this.look(), PAUSE);
        useAutofocus({refName: "text"});
        useExternalListener(window, "online", () => this.state.problem && this.load());
        onWillStart(() => this.load());
    }

    async load() {
        const {state} = this;
        state.problem = "";
        try {
            Object.assign(state, await this.read());
        } catch (error) {
            state.problem = explain(error);
        }
    }

    async read() {
        const [whom, ongoing, queues] = await Promise.all([
            this.orm.call(MODEL, "get_whom", []),
            this.orm.searchRead(
                MODEL,
                [
                    ["state", "=", "ongoing"],
                    ["user_id", "=", user.userId],
                ],
                ["partner_id", "date_start", "questionnaire_id", "queue_id"],
                {limit: SHOWN}
            ),
            this.orm.searchRead(
                "crm.profiling.queue",
                [
                    ["state", "in", ["open"]],
                    "|",
                    "|",
                    ["user_ids", "=", false],
                    ["user_ids", "in", [user.userId]],
                    ["create_uid", "=", user.userId], // for others: how far are they?
                ],
                ["name", "user_ids", "done_count", "total_count", "progress"],
                {limit: SHOWN}
            ),
        ]);
        return {whom, ongoing, queues};
    }

    /** Whether others call those of a list, and the user only made it. */
    isForOthers({user_ids: callerIds}) {
        return Boolean(callerIds.length) && !callerIds.includes(user.userId);
    }

    /** Calls the next one of a list; one that others call is looked at. */
    openQueue(queue) {
        if (!this.isForOthers(queue)) {
            return this.props.onBegin({queue_id: queue.id});
        }
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "crm.profiling.queue",
            res_id: queue.id,
            views: [[false, "form"]],
        });
    }

    isUnsaved({id}) {
        return isUnsaved(id);
    }

    // ------------------------------------------------------------------
    // Find, or create
    // ------------------------------------------------------------------

    onInput(ev) {
        this.state.text = ev.target.value;
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
            state.problem = explain(error);
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
        const {found, foundFor, text, whom} = this.state;
        if (!text.trim()) {
            if (whom?.now.length) {
                this.props.onCallNext();
            }
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

    /** One of those to call: for the list that they are in. */
    beginWith({partner_id: partnerId, queue_id: queueId}) {
        this.props.onBegin({partner_id: partnerId, queue_id: queueId || undefined});
    }

    begin({id}) {
        return this.props.onBegin({partner_id: id});
    }

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
    }

    closeCreate() {
        Object.assign(this.state, {isCreating: false, twins: null});
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

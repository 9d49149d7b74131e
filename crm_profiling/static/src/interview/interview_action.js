import {
    onPatched,
    onWillDestroy,
    onWillStart,
    useExternalListener,
    useRef,
    useState,
} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {pick} from "@web/core/utils/objects";
import {useSetupAction} from "@web/search/action_hook";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useNews} from "../catalog/server/news";
import {ContactForm} from "./contact_form";
import {FinishForm} from "./finish_form";
import {Focus} from "./focus";
import {InterviewHelp} from "./interview_help";
import {InterviewHistory} from "./interview_history";
import {useKeys} from "./interview_keys";
import {makeInterview} from "./interview_model";
import {InterviewNotices} from "./interview_notices";
import {InterviewPanel} from "./interview_panel";
import {InterviewShown} from "./interview_shown";
import {InterviewStart} from "./interview_start";
import {InterviewSummary} from "./interview_summary";
import {ProspectForm, QUICK} from "./prospect_form";
import {QuestionCard} from "./question_card";
import {QuestionOverview} from "./question_overview";
import {QueueEnd} from "./queue_end";
import {makeTyping} from "./typing";
import {useWayBack} from "./way_back";
import {Whom} from "./whom";

const BEGINNINGS = ["partner_id", "lead_id", "questionnaire_id", "queue_id"];

/**
 * The screen of somebody on the phone: one question at a time, and beside it what the
 * answers lead to. With no interview to show it asks whom to interview.
 */
export class InterviewAction extends InterviewShown {
    static template = "crm_profiling.InterviewAction";
    static components = {
        ContactForm,
        FinishForm,
        InterviewHistory,
        InterviewNotices,
        InterviewPanel,
        InterviewStart,
        InterviewSummary,
        Layout,
        ProspectForm,
        QuestionCard,
        QuestionOverview,
        QueueEnd,
        Whom,
    };
    quickOutcomes = QUICK;
    static props = {...standardActionServiceProps};
    static path = "interview";
    static displayName = _t("Interview");

    setup() {
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.orm = useService("orm");
        this.ui = useState(useService("ui"));
        this.interview = useState(makeInterview(this.orm));
        this.typing = makeTyping(this.interview);
        this.root = useRef("root");
        this.focus = new Focus(this.root);
        this.wayBack = useWayBack();
        this.state = useState({
            part: "question", // or "finish", "prospect", "contact", "history"
            isListOpen: false, // on a narrow screen
        });
        useSetupAction({
            getLocalState: () => this.place,
            beforeLeave: () => this.beforeLeave(),
            beforeUnload: (ev) => this.beforeUnload(ev),
        });
        useKeys((key) => this.onKey(key));
        useExternalListener(window, "online", () => this.retry());
        useExternalListener(document, "visibilitychange", () => this.onVisible());
        onWillStart(() => this.start());
        onPatched(() => this.afterDrawing());
        onWillDestroy(() => this.interview.stop());
        useNews("crm_profiling/interview", (news) => this.onNews(news));
    }

    // ------------------------------------------------------------------
    // Beginning
    // ------------------------------------------------------------------

    /** Where the user is: it is in the address, so that a reload comes back to it. */
    get place() {
        const {id, finishedQueue} = this.interview;
        return {
            resId: id,
            queue_id: (!id && finishedQueue.id) || undefined,
            call_next: this.interview.isCallingNext ? 1 : undefined,
        };
    }

    async start() {
        const {resId, state, action} = this.props;
        const params = {...action.context, ...action.params};
        const interviewId = state?.resId || resId || Number(params.interview_id);
        const beginning = pick(params, ...BEGINNINGS);
        this.interview.isCallingNext = Boolean(state?.call_next || params.call_next);
        if (interviewId) {
            await this.resume(interviewId);
        } else if (this.interview.isCallingNext) {
            await this.beginNext();
        } else if (state?.queue_id) {
            await this.begin({queue_id: state.queue_id});
        } else if (Object.values(beginning).some(Boolean)) {
            await this.begin(beginning);
        }
    }

    async begin(params) {
        if (await this.interview.begin(params)) {
            this.onLoaded();
        }
    }

    async beginNext() {
        if (await this.interview.beginNext()) {
            this.onLoaded();
        }
    }

    /** Begins with one of those to call, for the reason that they are among them. */
    beginWith({partner_id: partnerId, queue_id: queueId}) {
        return this.begin({partner_id: partnerId, queue_id: queueId || undefined});
    }

    async resume(interviewId) {
        if (await this.interview.resume(interviewId)) {
            this.onLoaded();
        }
    }

    onLoaded() {
        this.state.part = "question";
        this.props.updateActionState(this.place);
        this.onRenamed();
    }

    onRenamed() {
        const {partner} = this.interview.screen || {};
        this.env.config.setDisplayName(
            partner ? _t("Interview: %s", partner.name) : _t("Interview")
        );
    }

    // ------------------------------------------------------------------
    // What the user does
    // ------------------------------------------------------------------

    onKey(key) {
        const {interview} = this;
        if (key === "n" && ["finished", "left"].includes(this.stage)) {
            this.beginNext();
            return true;
        }
        if (this.stage !== "interview") {
            return false;
        }
        const isDecided = this.part === "decided";
        const back = isDecided && (() => interview.back());
        const finish = interview.canWrite && (() => this.showPart("finish"));
        const actions = {
            "?": () => this.openHelp(),
            b: back,
            backspace: back,
            escape: () => this.showPart("question"),
            // what is typed next is meant as a comment: the note takes it
            c: isDecided && finish,
            e: interview.canWrite && (() => this.showPart("contact")),
            f: finish,
            h: !interview.isDone && (() => this.showPart("history")),
            l: () => this.focusPart(".o_crm_profiling_list", "isListOpen"),
            p: () => this.focusPart(".o_crm_profiling_panel"),
            r:
                this.part === "decided" &&
                interview.rest.length &&
                (() => this.askAll()),
            x: interview.canWrite && (() => this.showPart("prospect")),
            n: interview.isDone && (() => this.nextProspect()),
        };
        const action = actions[key];
        if (!action) {
            return false;
        }
        action();
        return true;
    }

    afterDrawing() {
        if (this.part !== "question") {
            this.typing.onNothingShown();
        }
        this.focus.now();
        this.scrollToPart();
    }

    /** On a phone what is shown anew is seen from its head on, wherever one was. */
    scrollToPart() {
        const shown = `${this.part} ${this.interview.visit}`;
        if (shown === this.partInView) {
            return;
        }
        this.partInView = shown;
        if (this.isNarrow && this.stage === "interview") {
            this.root.el.querySelector(".o_crm_profiling_main").scrollIntoView();
        }
    }

    openHelp() {
        this.dialog.add(InterviewHelp);
    }

    showPart(part) {
        const isShown = this.state.part === part;
        this.state.part = part;
        if (part !== "question") {
            return;
        }
        this.focus.later(() => this.focus.toQuestion());
        if (isShown) {
            this.focus.now();
        }
    }

    /** Moves the focus to a part of the screen, to read or to click there. */
    focusPart(selector, flag) {
        if (flag && !this.state[flag]) {
            this.state[flag] = true;
            this.focus.later(() => this.focus.toPart(selector)); // once it is unfolded
        }
        this.focus.toPart(selector);
    }

    showQuestion(questionId) {
        if (this.interview.isDone) {
            return;
        }
        this.state.part = "question";
        this.interview.show(questionId);
        if (this.isNarrow) {
            this.state.isListOpen = false;
            this.partInView = undefined; // the list is below it
        }
    }

    async saveContact(values) {
        if (await this.interview.writeContact(values)) {
            this.showPart("question");
            this.onRenamed();
        }
    }

    askAll() {
        this.state.part = "question";
        this.interview.askAll();
    }

    async reopen() {
        this.state.part = "question";
        await this.interview.reopen();
    }

    async nextProspect() {
        if (await this.interview.nextProspect()) {
            this.onLoaded();
        }
    }

    async skipProspect(reason, refuses, activity) {
        const {lead, queue} = this.screen;
        if (!(await this.interview.skipProspect(reason, refuses, activity))) {
            return;
        }
        const {left} = this.interview;
        const goBack = left && !lead && !queue && this.wayBack.find(left.partner_id);
        if (goBack) {
            await goBack();
        } else {
            this.onLoaded();
        }
    }

    retry() {
        if (this.interview.outbox.length) {
            this.interview.sendAndGoOn();
        }
    }

    /** Somebody may have answered while another tab was looked at. */
    onVisible() {
        if (document.visibilityState === "visible") {
            this.interview.catchUp();
        }
    }

    /** A colleague has noted something on the same contact. */
    onNews({ids}) {
        if (ids.includes(this.interview.id)) {
            this.interview.catchUp();
        }
    }

    // ------------------------------------------------------------------
    // Leaving
    // ------------------------------------------------------------------

    async beforeLeave() {
        const {interview} = this;
        if (await interview.flush()) {
            return;
        }
        const kept =
            interview.outbox.length &&
            _t(
                "Answers that are not saved yet are kept in this browser. Open the interview again to save them."
            );
        for (const words of [interview.refusal, kept]) {
            if (words) {
                this.notification.add(words, {type: "warning", sticky: true});
            }
        }
    }

    beforeUnload(ev) {
        if (this.interview.outbox.length) {
            ev.preventDefault();
        }
    }

    openContact() {
        const {lead, partner, queue} = this.screen;
        return this.openPartner(partner.id, {isBack: !lead && !queue});
    }

    openPartner(partnerId, {isBack}) {
        return this.wayBack.open("res.partner", partnerId, {isBack});
    }

    /** Back to where the interview was begun, a contact or an opportunity. */
    leave() {
        const {lead} = this.screen;
        return lead
            ? this.wayBack.open("crm.lead", lead.id, {isBack: true})
            : this.openContact();
    }

    startAgain() {
        this.interview.isCallingNext = false;
        this.interview.forget();
        this.onLoaded();
    }
}

registry.category("actions").add("crm_profiling.interview", InterviewAction);

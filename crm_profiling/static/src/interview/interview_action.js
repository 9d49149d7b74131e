import {
    Component,
    onPatched,
    onWillDestroy,
    onWillStart,
    useRef,
    useState,
} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {useSetupAction} from "@web/search/action_hook";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useCaughtUp} from "./caught_up";
import {ContactForm} from "./contact_form";
import {FinishForm} from "./finish_form";
import {InterviewDecided} from "./interview_decided";
import {InterviewHeader} from "./interview_header";
import {InterviewHelp} from "./interview_help";
import {InterviewHistory} from "./interview_history";
import {useKeys} from "./interview_keys";
import {makeInterview} from "./interview_model";
import {InterviewNotices} from "./interview_notices";
import {InterviewPanel} from "./interview_panel";
import {getBeginning, getPlace} from "./interview_place";
import {InterviewStart} from "./interview_start";
import {InterviewSummary} from "./interview_summary";
import {NoInterview} from "./no_interview";
import {ProspectForm, QUICK} from "./prospect_form";
import {QuestionCard} from "./question_card";
import {QuestionOverview} from "./question_overview";
import {useSavedBeforeLeaving} from "./saved_before_leaving";
import {useScreenParts} from "./screen_parts";
import {makeTyping} from "./typing";
import {useWayBack} from "./way_back";

/**
 * The screen of somebody on the phone: one question at a time, and beside it what the
 * answers lead to. With no interview to show it asks whom to interview.
 */
export class InterviewAction extends Component {
    static template = "crm_profiling.InterviewAction";
    static components = {
        ContactForm,
        FinishForm,
        InterviewDecided,
        InterviewHeader,
        InterviewHistory,
        InterviewNotices,
        InterviewPanel,
        InterviewStart,
        InterviewSummary,
        Layout,
        NoInterview,
        ProspectForm,
        QuestionCard,
        QuestionOverview,
    };
    quickOutcomes = QUICK;
    static props = {...standardActionServiceProps};
    static path = "interview";
    static displayName = _t("Interview");

    setup() {
        this.dialog = useService("dialog");
        this.interview = useState(makeInterview(useService("orm")));
        this.typing = makeTyping(this.interview);
        onPatched(() => this.afterDrawing());
        this.parts = useScreenParts(this.interview, useRef("root"));
        this.wayBack = useWayBack();
        useSetupAction({getLocalState: () => getPlace(this.interview)});
        useSavedBeforeLeaving(this.interview);
        useCaughtUp(this.interview);
        useKeys((key) => this.onKey(key));
        onWillStart(() => this.start());
        onWillDestroy(() => this.interview.stop());
    }

    // ------------------------------------------------------------------
    // What is shown
    // ------------------------------------------------------------------

    get screen() {
        return this.interview.screen;
    }

    get stage() {
        const {fatal, finishedQueue, left, nobody, screen} = this.interview;
        if (fatal || finishedQueue || nobody || left) {
            return "none";
        }
        return screen ? "interview" : "start";
    }

    // ------------------------------------------------------------------
    // Beginning
    // ------------------------------------------------------------------

    async start() {
        const {interviewId, isCallingNext, params} = getBeginning(this.props);
        this.interview.isCallingNext = isCallingNext;
        if (interviewId) {
            await this.resume(interviewId);
        } else if (isCallingNext) {
            await this.beginNext();
        } else if (params) {
            await this.begin(params);
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
        this.parts.reset();
        this.props.updateActionState(getPlace(this.interview));
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
        if (this.stage !== "interview") {
            return false;
        }
        const {interview, parts} = this;
        const isDecided = parts.current === "decided";
        const back = isDecided && (() => interview.back());
        const finish = interview.canWrite && (() => parts.show("finish"));
        const actions = {
            "?": () => this.openHelp(),
            b: back,
            backspace: back,
            escape: () => parts.show("question"),
            // what is typed next is meant as a comment: the note takes it
            c: isDecided && finish,
            e: interview.canWrite && (() => parts.show("contact")),
            f: finish,
            h: !interview.isDone && (() => parts.show("history")),
            l: () => parts.focusList(),
            p: () => parts.focusProfiles(),
            r: isDecided && interview.rest.length && (() => this.askAll()),
            x: interview.canWrite && (() => parts.show("prospect")),
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
        if (this.parts.current !== "question") {
            this.typing.onNothingShown();
        }
    }

    openHelp() {
        this.dialog.add(InterviewHelp);
    }

    showQuestion(questionId) {
        if (this.interview.isDone) {
            return;
        }
        this.parts.reset();
        this.interview.show(questionId);
        this.parts.leaveList();
    }

    async saveContact(values) {
        if (await this.interview.writeContact(values)) {
            this.parts.show("question");
            this.onRenamed();
        }
    }

    askAll() {
        this.parts.reset();
        this.interview.askAll();
    }

    async reopen() {
        this.parts.reset();
        await this.interview.reopen();
    }

    async nextProspect() {
        if (await this.interview.nextProspect()) {
            this.onLoaded();
        }
    }

    async skipProspect(reason, refuses, activity) {
        const {screen} = this;
        if (!(await this.interview.skipProspect(reason, refuses, activity))) {
            return;
        }
        const {left} = this.interview;
        const goBack = left && this.wayBack.find(screen, left.partner_id);
        if (goBack) {
            await goBack();
        } else {
            this.onLoaded();
        }
    }

    openContact() {
        return this.wayBack.toContact(this.screen, this.screen.partner.id);
    }

    leave() {
        return this.wayBack.toBeginning(this.screen);
    }

    startAgain() {
        this.interview.isCallingNext = false;
        this.interview.forget();
        this.onLoaded();
    }
}

registry.category("actions").add("crm_profiling.interview", InterviewAction);

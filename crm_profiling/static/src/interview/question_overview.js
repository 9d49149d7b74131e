import {Component, onWillRender, toRaw, useRef} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {formatList} from "@web/core/l10n/utils";
import {quoted} from "../catalog/questions/wording";
import {formatDay} from "../catalog/server/moments";
import {useStateLater} from "./later";

/** An icon and a word for each status: a colour alone would not do. */
const STATUSES = {
    answered: {icon: "fa-check text-success", label: _t("Answered")},
    stale: {icon: "fa-clock-o text-warning", label: _t("Out of date")},
    to_ask: {icon: "fa-circle-o text-primary", label: _t("To ask")},
    skipped: {icon: "fa-share text-muted", label: _t("Skipped")},
    declined: {icon: "fa-ban text-muted", label: _t("Does not want to answer")},
    not_needed: {icon: "fa-minus text-muted", label: _t("Not needed")},
    found: {icon: "fa-database text-success", label: _t("Known without asking")},
    not_found: {icon: "fa-database text-muted", label: _t("Not known")},
};
const UNSAVED = {icon: "fa-exclamation-triangle text-danger", label: _t("Not saved")};

/** All questions of the interview, with where they stand; a click goes to one. */
export class QuestionOverview extends Component {
    static template = "crm_profiling.QuestionOverview";
    static props = {interview: Object, onShow: Function};
    quoted = quoted;

    setup() {
        this.interview = useStateLater(this.props.interview, ({screen}) =>
            Boolean(screen)
        );
        this.list = useRef("list");
        onWillRender(() => (this.lines = this.getLines()));
    }

    /** Arrows move in the list while the focus is there, and not among the answers. */
    onKeydown(ev) {
        const lines = [...this.list.el.querySelectorAll("button:not(:disabled)")];
        const index = lines.indexOf(ev.target.closest("button"));
        const wanted = {
            ArrowDown: Math.min(index + 1, lines.length - 1),
            ArrowUp: Math.max(index - 1, 0),
            Home: 0,
            End: lines.length - 1,
        }[ev.key];
        if (wanted !== undefined && !ev.ctrlKey && !ev.altKey && !ev.metaKey) {
            ev.preventDefault();
            lines[wanted]?.focus();
        }
    }

    /** All that the lines are drawn anew by: looked at once, not for each of them. */
    watch() {
        const {drafts, outbox, questionId, screen} = this.interview;
        const {failure, operations} = outbox;
        return [
            ...Object.values(drafts),
            operations.length,
            failure,
            questionId,
            screen,
        ];
    }

    getLines() {
        this.watch();
        const interview = toRaw(this.interview);
        return interview.questions.map((question) => {
            const status = interview.getStatus(question);
            const isUnread = interview.isUnread(question);
            const isUnsaved =
                isUnread ||
                (interview.outbox.failure && interview.getUnsaved(question.id));
            return {
                id: question.id,
                name: question.name,
                status,
                look: isUnsaved ? UNSAVED : STATUSES[status],
                answers: isUnread
                    ? interview.getTyped(question)
                    : this.describe(interview, question, status),
                comment: interview.getComment(question),
                isCurrent: question.id === interview.questionId,
                isAsked: question.active && !question.found,
                evidence: question.evidence || "",
            };
        });
    }

    /** The answers, with the number that was said, and of those out of date since when. */
    describe(interview, question, status) {
        const ids =
            status === "stale"
                ? question.given.map(({answer_id: id}) => id)
                : interview.getConfirmedIds(question);
        const names = question.answers
            .filter(({id}) => ids.includes(id))
            .map(({name}) => name);
        // what puts several together is made anew by each call: not for one
        const said = names[1] ? formatList(names, {style: "unit"}) : names[0];
        const answers = [said, interview.getNumber(question)]
            .filter(Boolean)
            .join(" · ");
        const [given] = question.given;
        if (status !== "stale" || !given?.date) {
            return answers;
        }
        const date = formatDay(given.date);
        return _t("%(answers)s, on %(date)s", {answers, date});
    }

    get questionnaires() {
        return this.interview.screen.questionnaires;
    }

    onOrderChange(ev) {
        const {screen} = this.interview;
        this.interview.setOrder(ev.target.value, screen.questionnaire_id);
    }

    onQuestionnaireChange(ev) {
        const {screen} = this.interview;
        this.interview.setOrder(screen.ask_order, Number(ev.target.value) || false);
    }
}

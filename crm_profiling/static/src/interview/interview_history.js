import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {useAutofocus} from "@web/core/utils/hooks";
import {quoted} from "../catalog/questions/wording";
import {formatDay, formatMoment} from "../catalog/server/moments";

/** What was said before: earlier interviews, answers that are no more, and notes. */
export class InterviewHistory extends Component {
    static template = "crm_profiling.InterviewHistory";
    static props = {interview: Object, onClose: Function};
    quoted = quoted;
    formatMoment = formatMoment;

    setup() {
        this.interview = useState(this.props.interview);
        useAutofocus({refName: "close", mobile: true});
        this.state = useState({history: null}); // until it is there
        this.load();
    }

    async load() {
        this.state.history = await this.interview.getHistory();
    }

    get history() {
        return this.state.history;
    }

    /** Comments on what counts now: they may have been noted long ago. */
    get comments() {
        return this.interview.questions.flatMap(({id, name, given}) => {
            const said = given.find(({comment}) => comment);
            return said ? [{id, name, ...said}] : [];
        });
    }

    get isEmpty() {
        const {interviews, answers, notes} = this.history;
        return ![interviews, answers, notes, this.comments].some((list) => list.length);
    }

    describe({user: name, date}) {
        return [name, date && formatDay(date)].filter(Boolean).join(", ");
    }

    describePast({user: name, date, until}) {
        return _t("%(user)s, from %(from)s to %(until)s", {
            user: name,
            from: date ? formatDay(date) : "",
            until: until ? formatDay(until) : "",
        });
    }

    countAnswers({answered}) {
        return _t("Answers: %s", answered);
    }
}

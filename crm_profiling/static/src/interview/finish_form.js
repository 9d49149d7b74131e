import {Component, markup, useRef, useState} from "@odoo/owl";
import {formatDate} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {formatList} from "@web/core/l10n/utils";
import {useAutofocus} from "@web/core/utils/hooks";
import {useFormDraft} from "./form_draft";
import {parseWhen, serializeWhen} from "./when";
import {sayWhen} from "./when_words";

const {DateTime} = luxon;

/** Before the end: what to propose, a note, and what happens next. */
export class FinishForm extends Component {
    static template = "crm_profiling.FinishForm";
    static props = {interview: Object, onClose: Function};

    setup() {
        this.interview = useState(this.props.interview);
        this.root = useRef("root");
        this.whenInput = useRef("when");
        useAutofocus({refName: "note"});
        const isCall = ({is_call: isOne}) => isOne;
        const type = this.activityTypes.find(isCall) || this.activityTypes[0];
        this.draft = useFormDraft(this.interview, "finish", {
            note: this.interview.screen.note || "", // of before it was opened again
            when: "",
            activityTypeId: type?.id,
            summary: "",
            isRefusing: false,
            reason: "",
        });
        this.state = useState({isFinishing: false});
    }

    /** It is said, and could not be saved yet. */
    get isWaiting() {
        return this.interview.isWaiting("finish");
    }

    get activityTypes() {
        return this.interview.screen.activity_types;
    }

    get offers() {
        return this.interview.matched
            .filter(({offer}) => offer)
            .map(({id, name, offer}) => ({id, profile: name, offer: markup(offer)}));
    }

    /** What a click writes: a day and a time as anybody might. */
    get quickWords() {
        const now = DateTime.now();
        const day = (span) => formatDate(now.plus(span));
        const hour = now.plus({hours: 1, minutes: 4 - ((now.minute + 4) % 5)});
        return [
            {
                label: _t("In an hour"),
                words: formatDate(hour) + hour.toFormat(" HH:mm"),
            },
            {label: _t("Tomorrow"), words: day({days: 1})},
            {label: _t("In a week"), words: day({weeks: 1})},
            {label: _t("In a month"), words: day({months: 1})},
        ];
    }

    get looseLabel() {
        const {looseComments} = this.interview;
        return looseComments.length
            ? _t("Added to the note: %s", formatList(looseComments, {style: "unit"}))
            : "";
    }

    get isPlanning() {
        return Boolean(this.draft.when.trim());
    }

    get when() {
        return parseWhen(this.draft.when);
    }

    get whenLabel() {
        return sayWhen(this.draft.when);
    }

    get activity() {
        const {when} = this;
        if (!when) {
            return null;
        }
        const {activityTypeId, summary} = this.draft;
        return {
            activity_type_id: activityTypeId,
            ...serializeWhen(when),
            summary: summary.trim(),
        };
    }

    putWhen(words) {
        this.draft.when = words;
        this.whenInput.el.focus();
    }

    onTypeChange(ev) {
        this.draft.activityTypeId = Number(ev.target.value);
    }

    onKeydown(ev) {
        if (ev.key === "Enter" && (ev.ctrlKey || ev.metaKey)) {
            this.finish();
        } else if (ev.key === "Escape" && !ev.defaultPrevented) {
            this.props.onClose();
        } else {
            return;
        }
        ev.preventDefault();
        ev.stopPropagation();
    }

    async finish() {
        if (this.state.isFinishing || this.isWaiting) {
            return;
        }
        if (this.isPlanning && !this.when) {
            this.whenInput.el.focus(); // what was promised is not to be lost
            return;
        }
        this.state.isFinishing = true;
        try {
            await this.say();
        } finally {
            this.state.isFinishing = false;
        }
    }

    /** Says one thing after the other; what is refused keeps the rest from being said. */
    async say() {
        const {interview} = this;
        const {isRefusing, note, reason} = this.draft;
        if (isRefusing) {
            await interview.refuseCalls(reason.trim() || _t("asked not to be called"));
            if (interview.refusal) {
                return;
            }
        }
        await interview.finish(note.trim(), this.activity);
    }
}

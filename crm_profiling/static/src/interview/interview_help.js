import {Component} from "@odoo/owl";
import {Dialog} from "@web/core/dialog/dialog";
import {_t} from "@web/core/l10n/translation";
import {areSingleKeysOn, setSingleKeys} from "./single_keys";

const KEYS = [
    [["1", "9"], _t("Choose that answer; with ten answers or more type both digits")],
    [["↑", "↓"], _t("Go to another answer")],
    [["Enter"], _t("Choose the answer; where several are possible, confirm them")],
    [["Space"], _t("Choose the answer, or take it off again")],
    [["/"], _t("Find an answer by its words")],
    [["S"], _t("Skip the question")],
    [["D"], _t("The contact does not want to answer it")],
    [["B"], _t("Back to the question before")],
    [["C"], _t("Write a comment; Enter closes it")],
    [["Delete"], _t("Take the answer back")],
    [["L"], _t("Go to the list of questions")],
    [["P"], _t("Go to the profiles")],
    [["R"], _t("Once all is decided: ask the other questions as well")],
    [["H"], _t("What was said before: notes, interviews, earlier answers")],
    [["E"], _t("Correct the contact")],
    [["F"], _t("Finish the interview")],
    [
        ["X"],
        _t(
            "Not reached, busy, wrong number…: say how the call went, go to the next one"
        ),
    ],
    [["N"], _t("After finishing: the next one to call")],
    [["M"], _t("After finishing: e-mail the offer")],
    [["O"], _t("After finishing: create an opportunity")],
    [["A"], _t("After finishing: book a meeting")],
    [["Esc"], _t("Back to the question")],
    [["?"], _t("This help")],
];

/** What each key does, and whether those that are no more than a letter do it. */
export class InterviewHelp extends Component {
    static template = "crm_profiling.InterviewHelp";
    static components = {Dialog};
    static props = {close: Function};

    setup() {
        this.title = _t("Keyboard");
        this.areSingleKeysOn = areSingleKeysOn();
        this.keys = KEYS.map(([keys, label]) => ({keys, label}));
    }

    onSwitch(ev) {
        setSingleKeys(ev.target.checked);
    }
}

import {Component} from "@odoo/owl";
import {getToAsk} from "../matching/result/groups";
import {ResultPanel} from "../matching/result/result_panel";
import {useStateLater} from "./later";

/** What the answers of an interview lead to, beside the question. */
export class InterviewPanel extends Component {
    static template = "crm_profiling.InterviewPanel";
    static components = {ResultPanel};
    static props = {interview: Object, onAsk: Function};

    setup() {
        this.interview = useStateLater(this.props.interview, ({screen}) =>
            Boolean(screen)
        );
        this.setHand = this.setHand.bind(this);
    }

    get profiles() {
        return this.interview.screen.profiles;
    }

    /** Tells of a profile whether it waits for what is not in the questionnaire. */
    get isBeyond() {
        const {questions, screen} = this.interview;
        if (!screen.questionnaire_id) {
            return undefined;
        }
        const asked = new Set(questions.map(({id}) => id));
        return (profile) =>
            getToAsk(profile).some(({question_id: id}) => !asked.has(id));
    }

    get onSetHand() {
        return this.interview.canWrite ? this.setHand : undefined;
    }

    setHand(profile, hand) {
        return this.interview.setHand(profile, hand);
    }
}

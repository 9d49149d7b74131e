import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";
import {useSetupAction} from "@web/search/action_hook";

/** Saves an interview before its screen is left; what cannot be saved is told of. */
export function useSavedBeforeLeaving(interview) {
    const notification = useService("notification");

    async function beforeLeave() {
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
                notification.add(words, {type: "warning", sticky: true});
            }
        }
    }

    function beforeUnload(ev) {
        if (interview.outbox.length) {
            ev.preventDefault();
        }
    }

    useSetupAction({beforeLeave, beforeUnload});
}

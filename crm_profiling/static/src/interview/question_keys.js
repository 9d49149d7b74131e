import {onMounted} from "@odoo/owl";
import {getMoment, useKeys} from "./interview_keys";

/**
 * Calls back for each key that is meant for the question of a card.
 *
 * A key counts for the question that was on the screen when it was pressed. On a paper
 * form the next one is known: it is this one, though it came a moment later.
 *
 * @param {{
 *  interview: Interview,
 *  questionId: number,
 *  typing: Typing,
 *  root: { el: HTMLElement },
 *  onKey: (key: string, ev: { target: EventTarget }) => boolean,
 * }} card `root`: of the card; `onKey` returns whether the key was for it
 */
export function useQuestionKeys({interview, questionId, typing, root, onKey}) {
    let shownAt = Infinity;

    function onPressed(key, ev) {
        const at = getMoment(ev);
        if (typing.isAnswering(key)) {
            const isBefore = ev.isTrusted && ev.timeStamp < shownAt;
            if (!typing.isCurrent(questionId)) {
                typing.onEarly(key, at, questionId);
                return true;
            }
            if (isBefore && !interview.isForm) {
                typing.refuse(key);
                return true;
            }
        }
        return typing.as(at, () => onKey(key, ev));
    }

    useKeys(onPressed);
    onMounted(() => {
        shownAt = performance.now();
        typing.onShown(questionId, (key) => onKey(key, {target: root.el}));
    });
}

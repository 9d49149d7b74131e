import {useEffect, useState} from "@odoo/owl";

/**
 * What is typed into a form: it stays until it is saved, whatever else is shown
 * meanwhile, in the browser as well.
 *
 * @param {Interview | undefined} interview none: it goes with the form
 * @param {string} name of the form
 * @param {Object} empty what the form begins with
 * @returns {Object} for which the component looks out
 */
export function useFormDraft(interview, name, empty) {
    const untouched = JSON.stringify(empty);
    const draft = useState(interview?.forms[name] || empty);
    useEffect(
        (said) => {
            interview?.keepForm(name, said === untouched ? null : draft);
        },
        () => [JSON.stringify(draft)]
    );
    return draft;
}

/** A profile as the result of a contact has it. */
export function profile(id, name, state, values = {}) {
    return {
        id,
        name,
        state,
        hand: false,
        hand_note: "",
        tag: "",
        color: 0,
        offer: "",
        criteria: [],
        ...values,
    };
}

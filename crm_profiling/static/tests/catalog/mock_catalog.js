/** Questions and answers as the server tells them, for whatever asks for the catalog. */

export function answer(id, name, values = {}) {
    return {id, name, color: 0, active: true, ...values};
}

export function question(id, name, answers, values = {}) {
    return {
        id,
        name,
        answers,
        hint: "",
        mode: "single",
        level: "contact",
        active: true,
        ...values,
    };
}

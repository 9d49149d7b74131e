import {describe, expect, test} from "@odoo/hoot";
import {wrap} from "@crm_profiling/insight/decision_tree/tree_text";

describe("lines of text", () => {
    const measure = (text) => text.length;

    test("break between words, and inside those that are too long", () => {
        expect(wrap("a few words", 6, measure)).toEqual(["a few", "words"]);
        expect(wrap("Спецификация есть", 8, measure)).toEqual([
            "Спецификац".slice(0, 8),
            "ация",
            "есть",
        ]);
        expect(wrap("", 6, measure)).toEqual([]);
    });
});

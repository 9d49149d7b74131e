import {describe, expect, test} from "@odoo/hoot";
import {makeMockEnv, makeServerError} from "@web/../tests/web_test_helpers";
import {explain, isRefusal} from "@crm_profiling/catalog/server/failures";
import {ConnectionLostError} from "@web/core/network/rpc";

describe.current.tags("headless");

test("a refusal says what the server says, a failure never its own words", async () => {
    await makeMockEnv();
    const refused = makeServerError({type: "UserError", message: "Not you."});
    expect(isRefusal(refused)).toBe(true);
    expect(explain(refused)).toBe("Not you.");
    for (const [error, words] of [
        [new ConnectionLostError("/"), /no connection/],
        [
            makeServerError({errorName: "odoo.http.SessionExpiredException"}),
            /logged out/,
        ],
        [
            makeServerError({errorName: "builtins.KeyError", message: "'name'"}),
            /could not/,
        ],
    ]) {
        expect(isRefusal(error)).toBe(false);
        expect(String(explain(error))).toMatch(words);
    }
    const lost = new ConnectionLostError("/");
    expect(explain(lost, {connection: "Go on later."})).toBe("Go on later.");
    expect(() => explain(new TypeError("ours"))).toThrow(/ours/);
});

import {describe, expect, test} from "@odoo/hoot";
import {advanceTime, mockDate} from "@odoo/hoot-mock";
import {makeServerError, patchWithCleanup} from "@web/../tests/web_test_helpers";
import {Outbox, sayHowLongAgo} from "@crm_profiling/interview/outbox";
import {isUnsaved, recall, remember} from "@crm_profiling/interview/kept";
import {ConnectionLostError} from "@web/core/network/rpc";
import {session} from "@web/session";
import {user} from "@web/core/user";

describe.current.tags("headless");

const OPERATION = {method: "skip", args: [1], questionId: 1};
const UNSAVED = {operations: [OPERATION], drafts: {}, forms: {}};

function countKept() {
    const keys = Array.from({length: localStorage.length}, (_, i) =>
        localStorage.key(i)
    );
    return keys.filter((key) => key.startsWith("crm_profiling.outbox/")).length;
}

test("another database under this address does not get it", () => {
    patchWithCleanup(session, {crm_profiling_database: "one"});
    remember(7, UNSAVED);
    expect(isUnsaved(7)).toBe(true);
    patchWithCleanup(session, {crm_profiling_database: "two"});
    expect(isUnsaved(7)).toBe(false);
    expect(recall(7)).toBe(undefined);
    patchWithCleanup(session, {crm_profiling_database: "one"});
    expect(recall(7)).toEqual(UNSAVED);
});

test("neither does another user, nor another interview", () => {
    remember(7, UNSAVED);
    expect(recall(8)).toBe(undefined);
    patchWithCleanup(user, {userId: 99});
    expect(recall(7)).toBe(undefined);
});

test("what an older version kept is left alone", () => {
    const old = JSON.stringify({outbox: [OPERATION], drafts: {}});
    localStorage.setItem("crm_profiling.interview.7", old);
    expect(isUnsaved(7)).toBe(false);
    expect(recall(7)).toBe(undefined);
    expect(localStorage.getItem("crm_profiling.interview.7")).toBe(old);
});

test("nothing is kept of what is saved, and what is damaged is dropped", () => {
    remember(7, UNSAVED);
    remember(7, {operations: [], drafts: {}});
    expect(countKept()).toBe(0);
    for (const value of ["{", "null", "[]", '{"operations": 5}']) {
        remember(7, UNSAVED);
        const [key] = Object.keys(localStorage).filter((one) => one.endsWith("/7"));
        localStorage.setItem(key, value);
        expect(isUnsaved(7)).toBe(false);
        expect(recall(7)).toBe(undefined);
        expect(countKept()).toBe(0);
    }
});

test("one tab does not drop what another one keeps", () => {
    const other = {method: "skip", args: [2], questionId: 2};
    remember(7, UNSAVED, "one");
    remember(7, {operations: [], drafts: {}}, "two");
    expect(isUnsaved(7)).toBe(true);
    remember(7, {operations: [other], drafts: {3: {comment: "x"}}}, "two");
    expect(recall(7, "three")).toEqual({
        operations: [OPERATION, other],
        drafts: {3: {comment: "x"}},
        forms: {},
    });
    // whoever recalls it keeps it from then on
    remember(7, {operations: [], drafts: {}}, "three");
    expect(isUnsaved(7)).toBe(false);
});

test("so many interviews are kept, for so long", () => {
    mockDate("2026-01-01 10:00:00");
    remember(1, UNSAVED);
    mockDate("2026-02-20 10:00:00");
    for (let id = 100; id < 160; id++) {
        mockDate(`2026-02-20 10:${id - 100}:00`);
        remember(id, UNSAVED);
    }
    expect(recall(159)).toEqual(UNSAVED);
    expect(countKept()).toBe(50);
    expect([1, 109, 110].map(isUnsaved)).toEqual([false, false, true]);
});

test("without room in the browser it goes on", () => {
    patchWithCleanup(localStorage, {
        setItem() {
            throw new Error("QuotaExceededError");
        },
    });
    remember(7, UNSAVED);
    expect(recall(7)).toBe(undefined);
});

test("what is lost is sent again, later and later, and in order", async () => {
    const outbox = new Outbox();
    outbox.push({method: "skip", args: [1]});
    outbox.push({method: "skip", args: [2]});
    let isLost = true;
    const deliver = async ({args}) => {
        expect.step(args[0]);
        if (isLost) {
            throw new ConnectionLostError("/web/dataset/call_kw");
        }
        outbox.onDelivered();
        return true;
    };
    const handlers = {onRetry: () => outbox.send(deliver, handlers)};
    expect(await outbox.send(deliver, handlers)).toBe(false);
    expect(outbox.failure).toBe("connection");
    await advanceTime(2000);
    await advanceTime(3900);
    expect.verifySteps([1, 1]);
    isLost = false;
    await advanceTime(200);
    expect.verifySteps([1, 2]);
    expect(outbox.failure).toBe(false);
    expect(outbox.length).toBe(0);
});

test("what is refused is dropped, in the server's words, and the rest is sent", async () => {
    const outbox = new Outbox();
    outbox.push({method: "skip", args: [1]});
    outbox.push({method: "skip", args: [2]});
    const deliver = async ({args}) => {
        if (args[0] === 1) {
            throw makeServerError({
                type: "UserError",
                message: "It is gone.",
            });
        }
        outbox.onDelivered();
        return true;
    };
    const handlers = {
        onRefused: (words) => expect.step(words),
        onRetry: () => outbox.send(deliver, handlers),
    };
    expect(await outbox.send(deliver, handlers)).toBe(false);
    await advanceTime(10);
    expect.verifySteps(["It is gone."]);
    expect(outbox.length).toBe(0);
});

test("what arrives late is told with how long ago it was: answers, and the end", () => {
    const now = Date.now();
    for (const method of ["answer", "finish"]) {
        expect(sayHowLongAgo({method, at: now - 90_000})).toEqual({said_ago: 90});
        expect(sayHowLongAgo({method, at: now})).toEqual({});
    }
    expect(sayHowLongAgo({method: "skip", at: now - 90_000})).toEqual({});
});

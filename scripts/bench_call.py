"""Measures an interview in the browser: `make bench-call`.

A browser without a window asks prospects' questions by keyboard, every request delayed
by LATENCY milliseconds. Measured is the time from a key to the next question painted; a
key waits that takes as long as a request, for what follows it had not been fetched yet.
With some prospects a colleague answers as well, which discards what was fetched. Then
paper forms are typed, a key every 120 ms, and what the database holds is compared with
what was typed.

  FORMS=100        paper forms to type      SIZES="6x4 100x300"   questions x profiles
  LATENCY=200      milliseconds added to each request
  PROSPECTS=3      interviews of each kind; in as many again a colleague answers, too
"""

import json
import os
import random
import statistics
import sys
import time

from bench_call_catalog import SEED, fill
from bench_call_server import Server, prepare
from browser import Browser
from console import say
from dev import environment, unwind_when_terminated
from pg import postgres

LATENCY = int(os.environ.get("LATENCY") or 200)
FORMS = int(os.environ.get("FORMS") or 100)
PROSPECTS = int(os.environ.get("PROSPECTS") or 3)
SIZES = (os.environ.get("SIZES") or "6x4 100x300").split()
EVERY, TYPING = 0.6, 0.12  # seconds between two keys: while one listens, from paper
KEYS = 40  # at the most, of one interview
HEADS = "keys", "median ms", "p95", "most", "over 50 ms", "waited", "refused"

# From a key to the frame that shows another question; the clock is the browser's own.
# Owl changes the page in requestAnimationFrame, and what observes it is called there: a
# message posted then arrives right after that very frame was painted.
WATCH = """
(() => {
    window.bench?.observer.disconnect();
    window.bench = {times: [], pressed: 0};
    const painted = new MessageChannel();
    painted.port1.onmessage = ({data}) => bench.times.push(performance.now() - data);
    const shown = () => {
        const card = document.querySelector(".o_crm_profiling_card");
        return card ? card.dataset.questionId
            : document.querySelector(".o_crm_profiling_decided") ? "end" : "";
    };
    let before = shown();
    if (!window.benchKeys) {
        window.benchKeys = (ev) => { window.bench.pressed = ev.timeStamp; };
        window.addEventListener("keydown", window.benchKeys, true);
    }
    const {bench} = window;
    bench.observer = new MutationObserver(() => {
        const now = shown();
        if (now && now !== before) {
            before = now;
            painted.port2.postMessage(bench.pressed);
        }
    });
    bench.observer.observe(document.body, {
        subtree: true, childList: true, attributes: true,
        attributeFilter: ["data-question-id"],
    });
    return true;
})()
"""
READY = "!!(odoo.__WOWL_DEBUG__?.root && document.querySelector('.o_main_navbar'))"
SHOWN = "document.querySelector('.o_crm_profiling_card')?.dataset.questionId"
DECIDED = "!!document.querySelector('.o_crm_profiling_decided')"
REFUSED = "!!document.querySelector('.o_crm_profiling_refused')"
SAVED = "/^Saved$/.test(document.querySelector('.o_crm_profiling_saving')?.textContent)"


def begin(server, browser, name, order):
    """Open an interview of a new contact; return both ids."""
    partner_id = server.call("res.partner", "create", [{"name": name}])[0]
    interview = "crm.profiling.interview"
    shown = server.call(interview, "begin", partner_id=partner_id)
    server.call(interview, "set_order", [shown["id"]], order)
    params = json.dumps({"interview_id": shown["id"]})
    browser.run(
        "odoo.__WOWL_DEBUG__.root.env.services.action.doAction({type:"
        " 'ir.actions.client', tag: 'crm_profiling.interview', params: "
        f"{params}}}, {{clearBreadcrumbs: true}}).then(() => true)"
    )
    browser.wait(SHOWN)
    return partner_id, shown["id"]


class Colleague:
    """Who answers the same prospect's questions, from the last one."""

    def __init__(self, session, partner_id, answers):
        self._session = session
        self._left = list(answers.items())
        interview = "crm.profiling.interview"
        self._id = session.call(interview, "begin", partner_id=partner_id)["id"]

    def answer(self):
        if len(self._left) < 2:
            return
        question_id, given = self._left.pop()
        args = ([self._id], question_id, given[:1])
        self._session.call("crm.profiling.interview", "answer", *args)


def ask(server, browser, answers, order, seed, together=False):
    """Answer the questions of one interview, a key every 600 ms.

    :param together: whether a colleague answers meanwhile
    :return: the times, and how many keys were refused
    """
    pick = random.Random(seed)
    partner_id, _id = begin(server, browser, f"Prospect {order} {seed}", order)
    colleague = together and Colleague(server.colleague, partner_id, answers)
    time.sleep(1)
    browser.run(WATCH)
    refused = 0
    for number in range(1, KEYS + 1):
        question_id = browser.run(SHOWN)
        if not question_id:
            break
        if colleague and not number % 3:
            colleague.answer()
        began = time.monotonic()
        browser.press(str(pick.randint(1, len(answers[int(question_id)]))))
        time.sleep(max(0, EVERY - (time.monotonic() - began)))
        gone = f"{DECIDED} || ({SHOWN} && {SHOWN} !== '{question_id}')"
        browser.wait(f"{gone} || {REFUSED}")
        refused += not browser.run(gone)  # seen by the caller, who presses again
    return browser.run("bench.times"), refused


def ask_some(server, browser, answers, order, together):
    """Answer the questions of several interviews; return the times and refusals."""
    told = [
        ask(server, browser, answers, order, SEED + number, together)
        for number in range(PROSPECTS)
    ]
    return [one for times, _n in told for one in times], sum(n for _times, n in told)


def type_forms(server, browser, answers):
    """Type paper forms in their order; return how many answers are not as typed."""
    pick, wrong, missing = random.Random(SEED), 0, 0
    for number in range(FORMS):
        partner_id, _id = begin(server, browser, f"Form {number}", "form")
        typed = {q: pick.randrange(len(given)) for q, given in answers.items()}
        for rank in typed.values():
            began = time.monotonic()
            browser.press(str(rank + 1))
            time.sleep(max(0, TYPING - (time.monotonic() - began)))
        browser.wait(f"{DECIDED} && {SAVED}")
        domain = [["partner_id", "=", partner_id]]
        fields = ["question_id", "answer_id"]
        found = server.call("crm.profiling.response", "search_read", domain, fields)
        held = {one["question_id"][0]: one["answer_id"][0] for one in found}
        wrong += sum(answers[q][typed[q]] != answer for q, answer in held.items())
        missing += len(typed.keys() - held.keys())
    return wrong, missing


def report(name, times, refused):
    times.sort()
    late = sum(one > 50 for one in times)
    waited = sum(one > LATENCY for one in times)
    p95 = times[min(len(times) - 1, int(len(times) * 0.95))]
    print(
        f"| {name} | {len(times)} | {statistics.median(times):.0f} | {p95:.0f}"
        f" | {max(times):.0f} | {late / len(times):.0%} | {waited / len(times):.0%}"
        f" | {refused} |",
        flush=True,
    )


def measure_size(server, browser, size):
    """Print the lines of one catalog: in two orders, alone and with a colleague."""
    questions, profiles = map(int, size.split("x"))
    answers = fill(server, questions, profiles)
    for order in ("best", "questionnaire"):
        browser.slow(0)
        # all is loaded, as after a call
        ask(server, browser, answers, order, SEED)
        browser.slow(LATENCY)
        for together in (False, True):
            name = f"{questions} questions, {profiles} profiles, {order}"
            times, refused = ask_some(server, browser, answers, order, together)
            report(name + ", a colleague" * together, times, refused)


def measure_forms(server, browser):
    browser.slow(0)
    answers = fill(server, 6, 4)
    browser.slow(LATENCY)
    wrong, missing = type_forms(server, browser, answers)
    print(
        f"\n{FORMS} paper forms of 6 questions, a key every {1000 * TYPING:.0f} ms:"
        f" {wrong} wrong answers, {missing} missing."
    )


def main():
    with postgres():
        env = environment()
        prepare(env)
        with Server(env) as server, Browser() as browser:
            browser.cookie("session_id", server.session, server.url)
            browser.open(f"{server.url}/odoo")
            browser.wait(READY, 300)
            say(f"{LATENCY} ms are added to each request")
            print(f"| interview | {' | '.join(HEADS)} |")
            print(f"|---|{'---:|' * len(HEADS)}", flush=True)
            for size in SIZES:
                measure_size(server, browser, size)
            if FORMS:
                measure_forms(server, browser)
            for error in browser.errors:
                print("error in the browser:", error.get("text"))
            return bool(browser.errors)


if __name__ == "__main__":
    unwind_when_terminated()
    sys.exit(main())

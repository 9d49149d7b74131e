"""Measures an interview in the browser: `make bench-call`.

A browser without a window asks a prospect's questions by keyboard, every request
delayed by LATENCY milliseconds. Measured is the time from a key to the next question
painted. Then paper forms are typed, a key every 120 ms, and what the database holds is
compared with what was typed.

  FORMS=100        paper forms to type      SIZES="6x4 100x300"   questions x profiles
  LATENCY=200      milliseconds added to each request
"""

import itertools
import json
import os
import random
import statistics
import sys
import time
import urllib.request
from http.cookiejar import CookieJar

from browser import Browser
from dev import (
    ADDON,
    DB,
    LOGS,
    addon_hash,
    environment,
    free_port,
    install,
    start,
    stop,
    unwind_when_terminated,
)
from pg import create_db, db_exists, note, noted, postgres, say

LATENCY = int(os.environ.get("LATENCY") or 200)
FORMS = int(os.environ.get("FORMS") or 100)
SIZES = (os.environ.get("SIZES") or "6x4 100x300").split()
EVERY, TYPING = 0.6, 0.12  # seconds between two keys: while one listens, from paper
KEYS = 40  # at the most, of one interview
SEED = 19
BENCH = f"{DB}-bench-call"

# From a key to the frame that shows another question; the clock is the browser's own.
WATCH = """
(() => {
    window.bench?.observer.disconnect();
    window.bench = {times: [], pressed: 0};
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
            const {pressed} = bench;
            // the frame that is being made is painted right after
            requestAnimationFrame(() => bench.times.push(performance.now() - pressed));
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
SAVED = "/^Saved$/.test(document.querySelector('.o_crm_profiling_saving')?.textContent)"


class Server:
    """Odoo on a free port, and its own calls by HTTP."""

    def __init__(self, env):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._ids = itertools.count(1)
        self._jar = CookieJar()
        self._opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}),  # it is this machine
            urllib.request.HTTPCookieProcessor(self._jar),
        )
        self._process = start(
            ["-d", BENCH, "--http-port", self.port, "--log-level=warn"],
            env,
            stdout=open(LOGS / "bench-call.log", "w"),
        )

    def __enter__(self):
        for _ in range(600):
            try:
                self._opener.open(f"{self.url}/web/login", timeout=60).close()
                break
            except OSError:
                time.sleep(0.2)
        self.json(
            "/web/session/authenticate", db=BENCH, login="admin", password="admin"
        )
        return self

    def __exit__(self, *_exc):
        stop(self._process)

    @property
    def session(self):
        return next(cookie.value for cookie in self._jar if cookie.name == "session_id")

    def json(self, path, **params):
        body = {"jsonrpc": "2.0", "id": next(self._ids), "params": params}
        request = urllib.request.Request(
            f"{self.url}{path}",
            json.dumps(body).encode(),
            {"Content-Type": "application/json"},
        )
        with self._opener.open(request, timeout=600) as told:
            answer = json.load(told)
        if "error" in answer:
            raise RuntimeError(answer["error"]["data"]["debug"])
        return answer["result"]

    def call(self, model, method, *args, **kwargs):
        path = f"/web/dataset/call_kw/{model}/{method}"
        return self.json(path, model=model, method=method, args=args, kwargs=kwargs)


def prepare(env):
    """Install the addon, or update it where its files have changed."""
    if not db_exists(BENCH):
        create_db(BENCH)
    if noted(BENCH) != addon_hash():
        install(env, LOGS / "bench-call.log", "-d", BENCH, "-i", ADDON, "-u", ADDON)
        note(BENCH, addon_hash())


def fill(server, questions, profiles):
    """Create a random catalog of single-choice questions; return ``{id: answers}``."""
    pick = random.Random(SEED)
    for model in ("profile", "questionnaire", "question"):
        name = f"crm.profiling.{model}"
        server.call(name, "write", server.call(name, "search", []), {"active": False})
    parameter = "crm_profiling.apply_at_once"
    server.call("ir.config_parameter", "set_param", parameter, "1000000")
    stamp = time.strftime("%H%M%S")
    ids = server.call(
        "crm.profiling.question",
        "create",
        [
            {
                "name": f"{stamp} Question {number}?",
                "sequence": number,
                "answer_ids": [
                    [0, 0, {"name": f"Answer {number}.{rank}", "sequence": rank}]
                    for rank in range(pick.randint(2, 6))
                ],
            }
            for number in range(1, questions + 1)
        ],
    )
    found = server.call("crm.profiling.question", "read", ids, ["answer_ids"])
    answers = {one["id"]: one["answer_ids"] for one in found}
    tag = server.call("res.partner.category", "create", [{"name": f"Bench {stamp}"}])[0]
    vals = []
    for number in range(profiles):
        required = [
            answer
            for q in pick.sample(ids, min(len(ids), pick.randint(1, 3)))
            for answer in pick.sample(answers[q], pick.randint(1, len(answers[q]) - 1))
        ]
        name = f"{stamp} Profile {number}"
        vals.append(
            {
                "name": name,
                "category_id": tag,
                "required_answer_ids": [[6, 0, required]],
            }
        )
    server.call("crm.profiling.profile", "create", vals)
    return answers


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


def ask(server, browser, answers, order):
    """Answer the questions of one interview, a key every 600 ms; return the times."""
    pick = random.Random(SEED)
    begin(server, browser, f"Prospect {order}", order)
    time.sleep(1)
    browser.run(WATCH)
    keys = 0
    while keys < KEYS and not browser.run(DECIDED):
        question_id = int(browser.run(SHOWN))
        began = time.monotonic()
        browser.press(str(pick.randint(1, len(answers[question_id]))))
        keys += 1
        time.sleep(max(0, EVERY - (time.monotonic() - began)))
        browser.wait(f"{DECIDED} || {SHOWN} !== '{question_id}'")
    return browser.run("bench.times")


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


def report(name, times):
    times.sort()
    late = sum(one > 50 for one in times)
    p95 = times[min(len(times) - 1, int(len(times) * 0.95))]
    print(
        f"| {name} | {len(times)} | {statistics.median(times):.0f} | {p95:.0f}"
        f" | {max(times):.0f} | {late / len(times):.0%} |",
        flush=True,
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
            print("| interview | keys | median ms | p95 | most | over 50 ms |")
            print("|---|---:|---:|---:|---:|---:|", flush=True)
            small = None
            for size in SIZES:
                questions, profiles = map(int, size.split("x"))
                answers = fill(server, questions, profiles)
                small = small or answers
                for order in ("best", "questionnaire"):
                    browser.slow(0)
                    ask(
                        server, browser, answers, order
                    )  # all is loaded, as after a call
                    browser.slow(LATENCY)
                    times = ask(server, browser, answers, order)
                    report(
                        f"{questions} questions, {profiles} profiles, {order}", times
                    )
            if FORMS:
                browser.slow(0)
                answers = fill(server, 6, 4)
                browser.slow(LATENCY)
                wrong, missing = type_forms(server, browser, answers)
                print(
                    f"\n{FORMS} paper forms of 6 questions, a key every"
                    f" {1000 * TYPING:.0f} ms: {wrong} wrong answers,"
                    f" {missing} missing."
                )
            for error in browser.errors:
                print("error in the browser:", error.get("text"))
            return bool(browser.errors)


if __name__ == "__main__":
    unwind_when_terminated()
    sys.exit(main())

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
    wait_until_up,
)
from pg import create_db, db_exists, note, noted, postgres, say

LATENCY = int(os.environ.get("LATENCY") or 200)
FORMS = int(os.environ.get("FORMS") or 100)
PROSPECTS = int(os.environ.get("PROSPECTS") or 3)
SIZES = (os.environ.get("SIZES") or "6x4 100x300").split()
EVERY, TYPING = 0.6, 0.12  # seconds between two keys: while one listens, from paper
KEYS = 40  # at the most, of one interview
COLLEAGUE = "bench-colleague"  # their login; they answer after every third key
SEED = 19
BENCH = f"{DB}-bench-call"

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


class Session:
    """Calls by HTTP, as one user."""

    def __init__(self, url):
        self.url = url
        self._ids = itertools.count(1)
        self._jar = CookieJar()
        self._opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}),  # it is this machine
            urllib.request.HTTPCookieProcessor(self._jar),
        )

    def log_in(self, login):
        self.json("/web/session/authenticate", db=BENCH, login=login, password=login)
        return self

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


class Server(Session):
    """Odoo on a free port, called by its administrator and by a colleague."""

    def __init__(self, env):
        port = free_port()
        super().__init__(f"http://127.0.0.1:{port}")
        self._process = start(
            ["-d", BENCH, "--http-port", port, "--log-level=warn"],
            env,
            stdout=open(LOGS / "bench-call.log", "w"),
        )

    def __enter__(self):
        wait_until_up(self._process, self.url, LOGS / "bench-call.log")
        self.log_in("admin")
        self.colleague = Session(self.url).log_in(self._make_colleague())
        return self

    def __exit__(self, *_exc):
        stop(self._process)

    def _make_colleague(self):
        if not self.call("res.users", "search", [["login", "=", COLLEAGUE]]):
            group = self.call(
                "ir.model.data",
                "search_read",
                [["name", "=", "group_sale_salesman_all_leads"]],
                ["res_id"],
            )[0]["res_id"]
            vals = {
                "name": "Colleague",
                "login": COLLEAGUE,
                "password": COLLEAGUE,
                "group_ids": [[4, group]],
            }
            self.call("res.users", "create", [vals])
        return COLLEAGUE


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


def main():
    with postgres():
        env = environment()
        prepare(env)
        with Server(env) as server, Browser() as browser:
            browser.cookie("session_id", server.session, server.url)
            browser.open(f"{server.url}/odoo")
            browser.wait(READY, 300)
            say(f"{LATENCY} ms are added to each request")
            heads = (
                "keys",
                "median ms",
                "p95",
                "most",
                "over 50 ms",
                "waited",
                "refused",
            )
            print(f"| interview | {' | '.join(heads)} |")
            print(f"|---|{'---:|' * len(heads)}", flush=True)
            for size in SIZES:
                questions, profiles = map(int, size.split("x"))
                answers = fill(server, questions, profiles)
                for order in ("best", "questionnaire"):
                    browser.slow(0)
                    # all is loaded, as after a call
                    ask(server, browser, answers, order, SEED)
                    browser.slow(LATENCY)
                    for together in (False, True):
                        name = f"{questions} questions, {profiles} profiles, {order}"
                        times, refused = ask_some(
                            server, browser, answers, order, together
                        )
                        report(name + ", a colleague" * together, times, refused)
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

"""Runs the tests: all steps, or those in STEP; TAGS picks single tests of the addon.

  code     ruff, pylint-odoo, and with node prettier and eslint, over all files
  suite    the addon's own tests, without demo data
  browser  those of them that need a browser: Hoot and tours
  lint     Odoo's own checks (the module test_lint) over the addon
  cycle    install, update, click every menu of its apps, uninstall, and compare
           the database with what it was before; with demo data and without
  beside   the tests of Odoo's CRM with the addon installed beside it
  faults   servers killed and hindered while they do a background run, on a database
           server of its own; one test: FAULTS=killed_ten_times
  companions  install, test, update and uninstall each addon that comes with it; those
           that read other addons where these are there, beside them as well, and with
           demo data; who may do what, with all of them
  upgrade  a database of the last version, updated to this one, stays itself
  fuzz     random histories for MINUTES, which `make fuzz` runs and a usual run does not

A step has one part or several. Parts do not disturb each other and run side by side,
JOBS at a time (one more than there are cores, as each waits for its database or its
browser a third of the time): each has a database, ports, a lock and a log of its own,
and runs in a process of its own. What a part says is printed as it
comes, with the part's name before it.

The numbers are those of Odoo's own log; an ERROR in it fails the part as well. One to
three tests that fail are tried once more: those that pass then are named at the end as
unsteady, and fail nothing. The whole logs are in .data/logs.
"""

import concurrent.futures
import contextlib
import fcntl
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from typing import NamedTuple

from dev import (
    ADDON,
    COMPANIONS,
    LOGS,
    ROOT,
    environment,
    unwind_when_terminated,
)
from pg import DATA, die, drop_db, postgres
from step import Aborted, Step
from steps import STEPS, ways_of

TIMES = DATA / "test-times.json"


# ---------------------------------------------------------------- parts

# In the order in which they begin until it is known how long they take
USUAL = (
    "cycle",
    "faults",
    "companions",
    "suite",
    "browser",
    "beside",
    "code",
    "upgrade",
    "lint",
)


class Part(NamedTuple):
    """What runs by itself: a step, and what of it."""

    name: str
    step: str
    argument: str = ""

    @property
    def demo(self):
        """Whether it wants the template with demo data."""
        return self.argument.endswith("demo")


def parts_of(step, jobs, times):
    """Return the parts of a step."""
    tags = os.environ.get("TAGS")
    if step == "suite" and not tags:
        shards = shares_of(jobs, times.get("modules", {}))
        return [Part(f"suite-{n}", step, share) for n, share in enumerate(shards, 1)]
    return {
        "code": [
            Part(f"code-{tool}", step, tool)
            for tool in ("ruff", "pylint", "node-lint", "readme")
        ],
        "suite": [Part("suite", step, tags)],
        "browser": [Part("browser", step, f"browser/{ADDON}")],
        "cycle": [Part("cycle-demo", step, "demo"), Part("cycle-bare", step)],
        "companions": [
            Part(f"companions-{name.removeprefix(ADDON).strip('_')}", step, name)
            for addon in COMPANIONS
            for name in ways_of(addon)
        ],
    }.get(step, [Part(step, step)])


def shares_of(jobs, seconds):
    """Return the tests of the suite in as many shares, which take about equally long.

    :param dict seconds: what modules of tests took the last time
    """
    weights = {}
    for path in (ROOT / ADDON / "tests").rglob("test_*.py"):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        guess = path.stat().st_size / 1000
        weights[f"/{path.relative_to(ROOT)}"] = seconds.get(module, guess)
    shares = [[0, "-browser"] for _job in range(jobs)]
    for path in sorted(weights, key=weights.get, reverse=True):
        lightest = min(shares, key=lambda share: share[0])
        lightest[0] += weights[path]
        lightest.append(path)
    return [",".join(share[:0:-1]) for share in shares]


def run_part(part):
    """Run a part in this process; how it went is left in a file for the other one."""
    with postgres(), open(DATA / f"test-{part.name}.lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            die(f"another command runs {part.name}: wait, or name a DB of your own")
        step = Step(part.name, environment())
        with contextlib.suppress(Aborted):
            STEPS[part.step](step, part.argument)
        result = step.result()
        if not result["failed"]:
            drop_db(step.db)
        result_of(part).write_text(json.dumps(result))


def result_of(part):
    return LOGS / f"test-{part.name}.json"


# ---------------------------------------------------------------- side by side


class Runner:
    """Runs parts in processes of their own, several at a time.

    :param int jobs: how many
    """

    def __init__(self, jobs):
        self.jobs = jobs
        self.running = set()
        self.stopped = False
        self.printing = threading.Lock()

    def run(self, parts):
        """Return the results of the parts; each begins as soon as there is room."""
        width = max(len(part.name) for part in parts)
        with concurrent.futures.ThreadPoolExecutor(self.jobs) as pool:
            tasks = [pool.submit(self._run, part, width) for part in parts]
            try:
                return [task.result() for task in tasks]
            except BaseException:
                self.stopped = True
                pool.shutdown(wait=False, cancel_futures=True)
                self.stop()
                raise

    def _run(self, part, width):
        if self.stopped:
            return None
        result_of(part).unlink(missing_ok=True)
        process = subprocess.Popen(
            [sys.executable, __file__, "--part", *part],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            # Ctrl-C in the terminal is for us; we tell it
            start_new_session=True,
        )
        self.running.add(process)
        for line in process.stdout:
            with self.printing:
                print(f"{part.name:{width}} | {line}", end="", flush=True)
        status = process.wait()
        self.running.discard(process)
        return self._result(part, status)

    def _result(self, part, status):
        try:
            return json.loads(result_of(part).read_text())
        except FileNotFoundError:
            return {
                "name": part.name,
                "passed": 0,
                "failed": 1,
                "skipped": 0,
                "problems": [f"it ended with status {status}, see above"],
                "unsteady": [],
                "db": "none",
                "log": f".data/logs/test-{part.name}.log",
                "seconds": 0,
                "work": 0,
                "times": {},
            }

    def stop(self):
        """End all parts: each ends its servers and browsers, which takes a moment."""
        running = list(self.running)
        for process in running:
            process.terminate()
        end = time.monotonic() + 45
        for process in running:
            try:
                process.wait(max(0.1, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)


def wanted_parts(jobs, times):
    """Return the parts that STEP and TAGS ask for, the longest first."""
    default = "suite" if os.environ.get("TAGS") else " ".join(USUAL)
    wanted = re.split(r"[ ,]+", os.environ.get("STEP") or default)
    if unknown := set(wanted) - set(STEPS):
        die(f"no step {unknown.pop()}: the steps are {', '.join(sorted(STEPS))}")
    parts = [part for step in wanted for part in parts_of(step, jobs, times)]
    known = times.get("parts", {})
    return sorted(parts, key=lambda part: -known.get(part.name, 1000))


def report(results):
    """Print how it went; return whether anything failed."""
    print()
    for result in results:
        skipped = f", {result['skipped']} skipped" if result["skipped"] else ""
        print(
            f"{result['name']}: {result['passed']} passed, {result['failed']} failed"
            f"{skipped} in {result['seconds']:.0f} s ({result['work']:.0f} s of work)"
        )
        for problem in result["problems"]:
            print(f"   {problem} (database {result['db']}, {result['log']})")
        for test in result["unsteady"]:
            print(f"   UNSTEADY {test} failed and passed the second time: find out why")
    passed, failed = (sum(r[what] for r in results) for what in ("passed", "failed"))
    print(f"{passed} passed, {failed} failed", flush=True)
    return bool(failed)


def main():
    jobs = int(os.environ.get("JOBS") or len(os.sched_getaffinity(0)) + 1)
    times = json.loads(TIMES.read_text()) if TIMES.exists() else {}
    parts = wanted_parts(jobs, times)
    LOGS.mkdir(parents=True, exist_ok=True)
    with postgres():
        runner = Runner(jobs)
        demo = {part.demo for part in parts if part.step != "code"}
        templates = [
            Part("template-demo" if demo else "template", "template", "demo" * demo)
            for demo in sorted(demo, reverse=True)
        ]
        results = runner.run(templates) if templates else []
        if not any(result["failed"] for result in results):
            results = runner.run(parts)
    for result in results:
        times.setdefault("modules", {}).update(result["times"])
        times.setdefault("parts", {})[result["name"]] = result["seconds"]
    TIMES.write_text(json.dumps(times, indent=1))
    return report(results)


if __name__ == "__main__":
    unwind_when_terminated()
    with contextlib.suppress(KeyboardInterrupt):
        if sys.argv[1:2] == ["--part"]:
            run_part(Part(*sys.argv[2:]))
            sys.exit()
        sys.exit(main())
    sys.exit(130)

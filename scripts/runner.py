"""Runs parts of the tests, several at a time: each in a process of its own."""

import concurrent.futures
import contextlib
import fcntl
import json
import os
import signal
import subprocess
import sys
import threading
import time

from console import die
from db import drop_db
from dev import environment
from pg import postgres
from project import DATA, LOGS, ROOT
from step import Aborted, Step
from steps import STEPS


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
            [sys.executable, ROOT / "scripts" / "test.py", "--part", *part],
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

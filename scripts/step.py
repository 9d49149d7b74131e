"""One step of the tests: its database, and its runs of Odoo."""

import os
import resource
import time

from console import say
from db import create_db, drop_db
from dev import DB, free_port, lines
from odoo_log import Reading
from project import ADDON, LOGS, ROOT
from stamps import installed_hash
from templates import base, kept

CI = os.environ.get("CI") == "true"
# How many errors are named at the end of a run
TOLD = 10


class Aborted(Exception):
    """The step cannot go on."""


class Step:
    """A step: its database, its runs of Odoo, what they counted and what went wrong.

    :param str name: of the step; its database and its log are named after it
    :param dict env: the variables that Odoo runs with
    """

    def __init__(self, name, env):
        self.name, self.env = name, env
        self.db = f"{DB}-test-{name}"
        self.log = LOGS / f"test-{name}.log"
        self.log.write_text("")
        self.passed = self.failed = self.skipped = 0
        self.problems, self.unsteady = [], []
        self.times = {}  # {module of tests: seconds}
        self.begun = time.monotonic()

    def fail(self, problem):
        self.problems.append(problem)
        print(f"   FAILED {problem}", flush=True)

    def fresh(self, demo=False, addon=False, others=()):
        """Begin with a new database, with the addon installed if wanted.

        :param others: addons of Odoo's that are there as well
        """
        self._copy(self.template(demo, others) if addon else base(self.env, demo))

    def fresh_from(self, name, stamp, fill):
        """Begin with a copy of a database with demo data that `fill` has filled.

        :param str stamp: what it is made of; kept as long as it is the same
        """
        self._copy(self._kept(name, stamp, base(self.env, demo=True), fill))

    def template(self, demo=False, others=()):
        """Return the database with the addon installed, made if need be.

        What it and others bring comes with them. An error, or a warning about the
        addon, ends the step.
        """
        how = "with demo data" if demo else "without demo data"
        args = ["--with-demo"] if demo else []
        addons = ",".join(others or [ADDON])

        def fill():
            self.odoo(f"install {addons} {how}", "-i", addons, "--no-http", *args)

        made_of = self.template(demo) if others else base(self.env, demo)
        name = "-".join([DB, "test-addon", *(["demo"] if demo else []), *others])
        return self._kept(name, installed_hash(), made_of, fill)

    def _copy(self, template):
        drop_db(self.db)
        create_db(self.db, template=template)

    def _kept(self, name, stamp, made_of, fill):
        """Return a database that is kept, which the step's own runs fill."""

        def filled(draft):
            own, self.db = self.db, draft
            fill()
            self.db = own

        return kept(name, stamp, filled, made_of)

    def odoo(self, what, *args, tests=None, **kwargs):
        """One run of Odoo on the step's database.

        Without tests, an error or a warning about the addon ends the step. A few tests
        that fail are tried once more; those that pass then are named at the end.
        """
        status, log = self._run(what, args, tests, **kwargs)
        if again := log.failing():
            _status, second = self._run(f"{what}, again", (), ",".join(again))
            if second.counted and not second.wrong:
                self._add(log, log.passed + log.failed, 0)
                self.unsteady += again
                return
        self._add(log, log.passed, log.failed)
        if log.wrong:
            self.fail(f"{what}: {len(log.wrong)} errors in the log")
            # said again at the end, which may be all that is kept of a long run
            self.problems += [f"{said[1]}: {said[-1]}" for said in log.wrong[:TOLD]]
        elif status:
            self.fail(f"{what}: Odoo ended with status {status}")
        elif tests and not log.counted:
            self.fail(f"{what}: no test ran")
        if not tests and (log.wrong or status):
            raise Aborted

    def _run(self, what, args, tests, **kwargs):
        """Return its status, and what was read in its log."""
        say(f"{self.name}: {what}")
        args = [*args, "-d", self.db, "--http-port", free_port()]
        if tests:
            args += ["--test-tags", tests, "--screenshots", LOGS / "screenshots"]
        if args[0] != "shell":
            args.append("--stop-after-init")
        reading = Reading(bool(tests))
        with open(self.log, "a") as log:
            log.write(f"\n##### {what}\n")
            for line in lines(args, self.env, log, **kwargs):
                if isinstance(line, int):
                    status = line
                else:
                    reading.take(line)
        reading.end()
        return status, reading

    def _add(self, log, passed, failed):
        """Add what was read in a run's log to what is told of the step."""
        self.passed += passed
        self.failed += failed
        self.skipped += log.skipped
        for module, seconds in log.times.items():
            self.times[module] = self.times.get(module, 0) + seconds
        if CI and log.without_browser:
            self.fail("a browser test was skipped: Chromium did not start")

    def shell(self, what, script, *args):
        """Have Odoo's shell run a script on the step's database."""
        path = self.log.with_suffix(".py")
        path.write_text(script)
        with open(path) as stdin:
            self.odoo(what, "shell", "--no-http", *args, stdin=stdin)

    def result(self):
        """What is to be told of the step, as JSON has it."""
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return {
            "name": self.name,
            "passed": self.passed,
            "failed": self.failed or int(bool(self.problems)),
            "skipped": self.skipped,
            "problems": self.problems,
            "unsteady": self.unsteady,
            "db": self.db,
            "log": str(self.log.relative_to(ROOT)),
            "seconds": time.monotonic() - self.begun,
            "work": used.ru_utime + used.ru_stime,
            "times": self.times,
        }

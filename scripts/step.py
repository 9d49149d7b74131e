"""One step of the tests: its database, its runs of Odoo, and what came of them.

Databases are copied from templates, which are kept: what the addon depends on, and the
addon itself installed on top of it, each with demo data and without. A template is made
anew when what it is made of changes.
"""

import ast
import hashlib
import os
import re
import resource
import time

from dev import (
    ADDON,
    DB,
    LOGS,
    ROOT,
    addon_hash,
    free_port,
    install,
    lines,
    odoo_path,
)
from pg import create_db, drop_db, locked, note, noted, rename_db, say

CI = os.environ.get("CI") == "true"

ENTRY = re.compile(r"[\d-]{10} [\d:,]+ \d+ ([A-Z]+) \S+ (\S+): (.*)")
RESULT = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests when loading")
STARTING = re.compile(r"Starting (\w+)\.\w+ \.\.\.")

# What a warning about one of the addons here names
OURS = re.compile(
    r"(crm_profiling|report_invoice_salesman)\w*[./]|crm\.profiling|invoice\.salesman"
)

FAILING = re.compile(r"(?:FAIL|ERROR): (?:Subtest )?(\w+\.test_\w+)")
# How many errors are named at the end of a run
TOLD = 10
# How many tests are tried once more: where more fail it is not by chance
AGAIN = 3

# Parts of an addon that leave no trace in a database
NOT_INSTALLED = {"tests", "readme", "src"}


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
        self.begun, self._module = time.monotonic(), ("", 0)

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
        """Return a database that is kept, made of another one and filled if need be."""
        with locked(f"{name}.lock"):
            stamp = f"{noted(made_of)} {stamp}"
            if noted(name) != stamp:
                own, self.db = self.db, f"{name}-draft"
                drop_db(name)
                self._copy(made_of)
                fill()
                rename_db(self.db, name)
                note(name, stamp)
                self.db = own
        return name

    def odoo(self, what, *args, tests=None, **kwargs):
        """One run of Odoo on the step's database.

        Shows the classes of tests as they begin, and each error with what follows it.
        Without tests, an error or a warning about the addon ends the step. A few tests
        that fail are tried once more; those that pass then are named at the end.
        """
        before = self.failed
        status, counted, wrong = self._run(what, args, tests, **kwargs)
        if again := failing(wrong):
            passed, failed = self.passed, self.failed
            _status, ran, still = self._run(f"{what}, again", (), ",".join(again))
            self.passed, self.failed = passed, failed
            if ran and not still:
                self.passed, self.failed = passed + failed - before, before
                self.unsteady += again
                return
        if wrong:
            self.fail(f"{what}: {len(wrong)} errors in the log")
            # said again at the end, which may be all that is kept of a long run
            self.problems += [f"{said[1]}: {said[-1]}" for said in wrong[:TOLD]]
        elif status:
            self.fail(f"{what}: Odoo ended with status {status}")
        elif tests and not counted:
            self.fail(f"{what}: no test ran")
        if not tests and (wrong or status):
            raise Aborted

    def _run(self, what, args, tests, **kwargs):
        """Return its status, how many tests there were, and what each error said.

        Of each error the logger, the text and the lines that follow it.
        """
        say(f"{self.name}: {what}")
        args = [*args, "-d", self.db, "--http-port", free_port()]
        if tests:
            args += ["--test-tags", tests, "--screenshots", LOGS / "screenshots"]
        if args[0] != "shell":
            args.append("--stop-after-init")
        begun, counted, wrong, show = set(), 0, [], 0
        with open(self.log, "a") as log:
            log.write(f"\n##### {what}\n")
            for line in lines(args, self.env, log, **kwargs):
                if isinstance(line, int):
                    status, show = line, 0
                elif entry := ENTRY.match(line):
                    show = 60 if self._is_wrong(*entry.groups(), tests) else 0
                    wrong += [[entry[2], entry[3]]] if show else []
                    counted += self._count(*entry.groups()[1:], begun)
                if show:
                    print(f"   {line}", end="", flush=True)
                    wrong[-1] += [line.strip()] if line.strip() else []
                    show -= 1
        self._clock("")
        return status, counted, wrong

    def shell(self, what, script, *args):
        """Have Odoo's shell run a script on the step's database."""
        path = self.log.with_suffix(".py")
        path.write_text(script)
        with open(path) as stdin:
            self.odoo(what, "shell", "--no-http", *args, stdin=stdin)

    def _is_wrong(self, level, logger, text, tests):
        if level == "WARNING" and not tests:
            said = f"{logger} {text}".replace(str(ROOT), "")
            return bool(OURS.search(said))
        # The last one says again what was counted
        return level in ("ERROR", "CRITICAL") and not RESULT.match(text)

    def _count(self, logger, text, begun):
        if result := RESULT.match(text):
            failed, errors, total = map(int, result.groups())
            self.failed += failed + errors
            self.passed += max(0, total - failed - errors)
            return total
        if text.startswith("skipped "):
            print(f"   {text}")
            self.skipped += 1
            self.passed -= 1
            if CI and "hrome" in text:
                self.fail("a browser test was skipped: Chromium did not start")
        elif starting := STARTING.match(text):
            self._clock(logger)
            if starting[1] not in begun:
                begun.add(starting[1])
                print(f"   {starting[1]}", flush=True)
        return 0

    def _clock(self, logger):
        """Note how long the tests of a module take."""
        module, since = self._module
        now = time.monotonic()
        if module:
            self.times[module] = self.times.get(module, 0) + now - since
        self._module = (logger.removeprefix("odoo.addons."), now) if logger else ("", 0)

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


def failing(wrong):
    """Return the tests to try once more, as Odoo's tags: of a few errors, all tests."""
    found = {
        f"/{logger.split('.')[2]}:{test[1]}" if test else None
        for logger, text, *_lines in wrong
        for test in [FAILING.match(text)]
    }
    return [] if None in found or len(found) > AGAIN else sorted(found)


# ---------------------------------------------------------------- templates


def installed_hash():
    """One value for what of the addons here a database may hold after installing."""

    def is_installed(path):
        return NOT_INSTALLED.isdisjoint(path.parts[:2])

    return addon_hash(is_installed)


def base(env, demo):
    """The database with what the addon depends on.

    Kept for the next time, and made anew when the dependencies, the addons here or
    Odoo change.
    """
    manifest = ast.literal_eval((ROOT / ADDON / "__manifest__.py").read_text())
    depends = ",".join(manifest["depends"])
    release = odoo_path() / "odoo" / "release.py"
    # it lists the addons that there are, whatever of them is installed
    here = ",".join(sorted(path.parent.name for path in ROOT.glob("*/__manifest__.py")))
    made_of = f"{depends} {here} {release} {release.stat().st_mtime_ns}"
    stamp = hashlib.sha256(made_of.encode()).hexdigest()
    name = f"{DB}-test-base" + ("-demo" if demo else "")
    with locked(f"{name}.lock"):
        if noted(name) != stamp:
            draft = f"{name}-draft"
            drop_db(draft)
            drop_db(name)
            create_db(draft)
            say(f"creating a database of {depends}{' with demo data' if demo else ''}")
            demo = ["--with-demo"] if demo else []
            log = LOGS / f"{name.removeprefix(f'{DB}-')}.log"
            install(env, log, "-d", draft, "-i", depends, *demo)
            rename_db(draft, name)
            note(name, stamp)
    return name

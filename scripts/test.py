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

import ast
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

import pot
from dev import (
    ADDON,
    COMPANIONS,
    LOGS,
    ROOT,
    environment,
    unwind_when_terminated,
)
from faults import Faults, own_server
from pg import DATA, die, drop_db, postgres, sql
from step import Aborted, Step
from upgrade import upgrade

LINT = ("TestIndex", "TestLintOverrideSignatures", "TestTestHoles", "ManifestLinter")
# These tests of crm fail in the same way in a database that has never seen the addon:
# this build of Odoo wraps what they merge in one more <span>
FAILING_WITHOUT_US = (
    "TestLeadMerge.test_lead_merge_address_not_propagated",
    "TestLeadMerge.test_lead_merge_address_propagated",
    "TestLeadMerge.test_lead_merge_internals",
    "TestLeadMerge.test_merge_method",
    "TestLeadMerge.test_merge_method_propagate_lost_reason",
)
# This tour of crm leaves the form 0.1 s after it clicked Won there: whether that was
# sent by then hangs on how busy the machine is, without the addon as well
RACING = ("TestUi.test_03_crm_tour_forecast",)
# Look at all models, methods and fields there are, those of addons beside it as well
WALLS = ",".join(
    f"/{ADDON}:{test}"
    for test in (
        "TestHostile.test_a_few_calls",
        "TestORM",
        "TestRightsMatrix",
        "TestRules",
        "TestSealed",
    )
)
# What an addon reads where it is installed, without depending on it
READ_BY = {
    "report_invoice_salesman": ("sale_management", "sale_margin", "stock_account"),
}
# The addons of Odoo that bring a companion, or that it stands on
WANTED_BY = {
    "crm_profiling_account": ("account",),
    "crm_profiling_mass_mailing": ("mass_mailing",),
    "report_invoice_salesman": ("account",),
}
UNINSTALL = """
module = env["ir.module.module"].search([("name", "=", "{addon}")])
module.button_immediate_uninstall()
"""
TIMES = DATA / "test-times.json"
WEB_CLIENT = "/web:TestMenusAdminLight"


# ---------------------------------------------------------------- the steps


def template(step, demo):
    """Make the database that parts copy, if need be."""
    step.template(bool(demo))


def code(step, tool):
    done = subprocess.run(["make", "-s", tool], cwd=ROOT, env=step.env)
    if done.returncode:
        step.fail(f"make {tool}")
    else:
        step.passed += 1


def suite(step, tests):
    step.fresh(addon=True)
    step.odoo("the addon's own tests", tests=tests)


def lint(step, _):
    step.fresh(addon=True)
    tests = ",".join(f"/test_lint:{name}" for name in LINT)
    step.odoo("Odoo's own lint", "-i", "test_lint", tests=tests)


def cycle(step, demo):
    step.fresh(demo)
    before = snapshot(step.db)
    how = "with demo data" if demo else "without demo data"
    step.fresh(demo, addon=True)
    step.odoo("update", "-u", ADDON)
    if demo:
        for problem in pot.problems(step.env, step.db):
            step.fail(problem)
        step.odoo("click every menu", tests=f"menus/{ADDON}")
    uninstall(step)
    compare(step, before, how)
    if not demo:
        step.odoo("the web client afterwards", tests=WEB_CLIENT)


def beside(step, _):
    step.fresh(addon=True)
    tests = ",".join(
        ["/crm", *(f"-/crm:{name}" for name in FAILING_WITHOUT_US + RACING)]
    )
    step.odoo("crm's own tests", "-u", "crm", tests=tests)


def companions(step, argument):
    addon, _, beside = argument.partition("+")
    demo = beside == "demo"
    how = ["--with-demo"] if demo else []
    manifest = ast.literal_eval((ROOT / addon / "__manifest__.py").read_text())
    others = WANTED_BY[addon]
    step.fresh(demo, addon=True, others=others)
    if manifest.get("auto_install"):
        # what installs itself cannot be told apart from what brought it: it is there
        step.odoo(f"update {addon}, its tests", "-u", addon, tests=f"/{addon}")
        check_texts(step, addon)
        uninstall(step, addon)
        return
    if more := more_of(addon, beside):
        step.odoo("what is beside it", "-i", ",".join(more), "--no-http")
    before = snapshot(step.db)
    if demo:
        step.odoo(f"{addon} with demo data", "-i", addon, *how)
        # people, invoices: there is no taking back what was posted
        before.pop("contacts")
    elif beside:
        tests = f"/{addon},goods/{addon},-browser"
        step.odoo(f"the tests of {addon}, beside goods", "-i", addon, tests=tests)
    else:
        step.odoo(f"the tests of {addon}", "-i", addon, tests=f"/{addon}")
        step.odoo("rights and hostile calls, all addons", tests=WALLS)
        check_texts(step, addon)
    step.odoo(f"update {addon}", "-u", addon, *how)
    uninstall(step, addon)
    compare(step, before, addon)


def more_of(addon, beside):
    """Return what is installed beside a companion before it comes."""
    if beside == "goods":
        return READ_BY[addon]
    return [] if beside else sorted(set(COMPANIONS) - {addon})


def check_texts(step, addon):
    for problem in pot.problems(step.env, step.db, addon):
        step.fail(problem)


def ways_of(addon):
    """Return in which ways a companion is tried."""
    return [addon, *(f"{addon}+{way}" for way in ("goods", "demo") if addon in READ_BY)]


def faults(step, _):
    with own_server(step) as server:
        step.fresh(addon=True)
        Faults(step, server).all(os.environ.get("FAULTS", ""))


def fuzz(step, _):
    """Random histories, also with invoices and targets, and hostile calls: not usual.

    Each for MINUTES.
    """
    step.fresh(addon=True)
    step.env = dict(step.env)
    step.env["FUZZ_MINUTES"] = os.environ.get("MINUTES") or "10"
    step.env["FUZZ_SEED"] = os.environ.get("SEED") or ""
    step.odoo("random histories", tests=f"/{ADDON}:TestHistories.test_many_histories")
    step.odoo("hostile calls", tests=f"/{ADDON}:TestHostile.test_many_calls")
    invoices = f"{ADDON}_account"
    step.odoo(f"install {invoices}", "-i", invoices, "--no-http")
    tests = f"/{invoices}:TestInvoiceHistories.test_many_histories"
    step.odoo("random histories with invoices", tests=tests)
    targets = "report_invoice_salesman"
    step.odoo(f"install {targets}", "-i", targets, "--no-http")
    tests = f"/{targets}:TestHistories.test_many_histories"
    step.odoo("random histories of sales targets", tests=tests)


def uninstall(step, addon=ADDON):
    """As the Apps screen does it, in Odoo's shell."""
    script = LOGS / f"uninstall-{step.name}.py"
    script.write_text(UNINSTALL.format(addon=addon))
    with open(script) as stdin:
        step.odoo(f"uninstall {addon}", "shell", "--no-http", stdin=stdin)


def compare(step, before, what_of):
    """Say what uninstalling left behind, or took along."""
    after = snapshot(step.db)
    for what, names in before.items():
        if left := after[what] - names:
            step.fail(f"uninstall {what_of} left {what}: {some(left)}")
        if lost := names - after[what]:
            step.fail(f"uninstall {what_of} took away {what}: {some(lost)}")


def some(names):
    return ", ".join(sorted(names)[:20])


def snapshot(db):
    """What a database is made of. An addon once uninstalled leaves all as it was."""
    name = "COALESCE(name->>'en_US', '')"
    queries = {
        "columns": "SELECT table_name || '.' || column_name || ' ' || data_type"
        " FROM information_schema.columns WHERE table_schema = 'public'",
        "constraints": "SELECT conrelid::regclass || ' ' || conname || ' '"
        " || pg_get_constraintdef(oid) FROM pg_constraint",
        "indexes": "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
        "sequences": "SELECT sequencename FROM pg_sequences",
        "triggers": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
        "models": "SELECT model FROM ir_model",
        "fields": "SELECT model || '.' || name FROM ir_model_fields",
        "relations": "SELECT name FROM ir_model_relation",
        "access rights": "SELECT name FROM ir_model_access",
        "rules": "SELECT name FROM ir_rule",
        "groups": f"SELECT {name} FROM res_groups",
        "views": "SELECT name || ' of ' || COALESCE(model, '') FROM ir_ui_view",
        "menus": f"SELECT parent_path || ' ' || {name} FROM ir_ui_menu",
        "actions": f"SELECT type || ' ' || {name} FROM ir_actions",
        "jobs": "SELECT cron_name FROM ir_cron",
        "settings": "SELECT key FROM ir_config_parameter",
        "contacts": "SELECT COALESCE(complete_name, '') FROM res_partner",
        "contact tags": f"SELECT {name} FROM res_partner_category",
        # without those by which Odoo's own addons note what they add to a model with a
        # chatter: they stay when any such model goes
        "external ids": "SELECT module || '.' || name FROM ir_model_data"
        " WHERE module LIKE 'crm_profiling%' OR module LIKE 'report_invoice%'"
        " OR model NOT IN ('ir.model.inherit', 'ir.model.fields.selection')",
    }
    return {
        what: {row[0] for row in sql(query, db=db)} for what, query in queries.items()
    }


# ---------------------------------------------------------------- parts

STEPS = {
    function.__name__: function
    for function in (
        code,
        suite,
        lint,
        cycle,
        beside,
        companions,
        faults,
        upgrade,
        fuzz,
        template,
    )
}
STEPS["browser"] = suite
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

"""Runs the tests: all steps, or those named in STEP; TAGS picks single tests of the suite (Odoo's --test-tags).

  suite    install the addon without demo data and run its own tests, browser tests included
  lint     Odoo's own checks (module test_lint) over the addon
  cycle    install, update, click every menu, uninstall, and compare the database with what it was before; with demo
           data and without
  beside   the tests of Odoo's CRM, with the addon installed beside it

Each step has a fresh database of its own, copied from one that holds what the addon depends on. The numbers are those
of Odoo's own log; an ERROR in a log fails the step too. Whole logs are in .data/logs.
"""

import ast
import contextlib
import fcntl
import hashlib
import os
import re
import shutil
import socket
import subprocess
import sys
import time

from dev import (
    ADDON, DATA, DB, LOGS, ROOT, command, create_db, db_exists, die, drop_db, environment, odoo_path, postgres, say,
    sql, stop, terminate_like_ctrl_c,
)

CI = os.environ.get("CI") == "true"
FILES = DATA / "filestore" / "filestore"
LINT_TESTS = ("TestIndex", "TestLintOverrideSignatures", "TestTestHoles", "ManifestLinter")
# Tests of crm that fail in the same way in a database without our addon (how its HTML is wrapped in a span)
FAILS_WITHOUT_US = [
    f"/crm:TestLeadMerge.{test}"
    for test in (
        "test_lead_merge_address_not_propagated", "test_lead_merge_address_propagated", "test_lead_merge_internals",
        "test_merge_method", "test_merge_method_propagate_lost_reason",
    )
]

LOGGED = re.compile(r"^\d{4}-\d\d-\d\d [\d:,]+ \d+ (?P<level>[A-Z]+) \S+ (?P<logger>\S+): (?P<text>.*)")
RESULT = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests when loading database")


class Failed(Exception):
    """The step cannot go on."""


class Step:
    """One step: its database, its runs of Odoo, what they counted and what went wrong."""

    def __init__(self, name, env):
        self.name, self.env = name, env
        self.db = f"{DB}-test-{name}"
        self.log = LOGS / f"test-{name}.log"
        self.log.write_text("")
        self.passed = self.failed = self.skipped = 0
        self.problems = []

    def fail(self, problem):
        self.problems.append(problem)
        print(f"   FAILED {problem}", flush=True)

    def odoo(self, what, *args, tests=None, at_least=1, script=None):
        """One run of Odoo on the step's database: shows the tests' classes and every error as they come."""
        say(f"{self.name}: {what}")
        args = [*args, "-d", self.db, "--http-port", free_port()]
        if tests:
            args += ["--test-tags", tests, "--screenshots", LOGS / "screenshots"]
        if not script:
            args += ["--stop-after-init"]
        counted = errors = shown = 0
        seen = set()
        process = subprocess.Popen(
            command(*args), env=self.env, cwd=ROOT, text=True, errors="replace",
            stdin=open(script) if script else subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )
        try:
            with open(self.log, "a") as log:
                log.write(f"\n##### {what}\n")
                for line in process.stdout:
                    log.write(line)
                    entry = LOGGED.match(line)
                    if not entry:
                        if shown:
                            print("   " + line, end="")
                            shown -= 1
                        continue
                    text, shown = entry["text"], 0
                    if result := RESULT.search(text):
                        failures, test_errors, total = map(int, result.groups())
                        counted += total
                        self.failed += failures + test_errors
                        self.passed += max(0, total - failures - test_errors)
                    elif entry["level"] in ("ERROR", "CRITICAL"):
                        errors += 1
                        shown = 60
                        print("   " + line, end="")
                    elif text.startswith("skipped "):
                        self.skipped += 1
                        print("   " + text)
                        if CI and "hrome" in text:
                            self.fail("a browser test was skipped: Chromium did not start")
                    elif (started := re.match(r"Starting (\w+)\.\w+ \.\.\.", text)) and started[1] not in seen:
                        seen.add(started[1])
                        print("   " + started[1], flush=True)
            status = process.wait()
        except BaseException:
            stop(process)
            raise
        if errors:
            self.fail(f"{what}: {errors} errors in the log")
        elif status:
            self.fail(f"{what}: Odoo ended with status {status}")
        if tests and counted < at_least:
            self.fail(f"{what}: no test ran")
        if not tests and (errors or status):
            raise Failed

    def fresh(self, demo=False):
        """The step's database, new, holding what the addon depends on."""
        template = base(self.env, demo)
        drop_db(self.db)
        sql(f'CREATE DATABASE "{self.db}" TEMPLATE "{template}"')
        if (FILES / template).exists():
            shutil.copytree(FILES / template, FILES / self.db)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def base(env, demo):
    """The database the steps copy: the addon's dependencies. Kept, and made anew when they or Odoo change."""
    depends = ",".join(ast.literal_eval((ROOT / ADDON / "__manifest__.py").read_text())["depends"])
    release = odoo_path() / "odoo" / "release.py"
    stamp = hashlib.sha256(f"{depends} {release} {release.stat().st_mtime_ns} {demo}".encode()).hexdigest()
    name = f"{DB}-test-base" + ("-demo" if demo else "")
    with open(DATA / "test-base.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if sql("SELECT 1 FROM pg_database WHERE datname = %s AND shobj_description(oid, 'pg_database') = %s", name, stamp):
            return name
        say(f"creating a database with {depends}{' and demo data' if demo else ''}")
        draft = f"{name}-draft"
        for db in (draft, name):
            drop_db(db)
        create_db(draft)
        args = ["-d", draft, "-i", depends, "--stop-after-init", "--no-http", *(["--with-demo"] if demo else [])]
        done = subprocess.run(command(*args), env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode or " ERROR " in done.stdout:
            print(done.stdout[-5000:])
            die("Odoo could not create a database")
        if (FILES / draft).exists():
            (FILES / draft).rename(FILES / name)
        sql(f'ALTER DATABASE "{draft}" RENAME TO "{name}"')
        sql(f"COMMENT ON DATABASE \"{name}\" IS '{stamp}'")
    return name


# ---------------------------------------------------------------- the steps


def suite(step):
    step.fresh()
    step.odoo("the addon's own tests", "-i", ADDON, tests=os.environ.get("TAGS") or f"/{ADDON}")


def lint(step):
    step.fresh()
    step.odoo("installing test_lint", "-i", f"{ADDON},test_lint")
    # Of the other addons' findings none is ours: the tests look at all of them
    step.odoo("Odoo's own lint", "-u", "test_lint", tests=",".join(f"/test_lint:{name}" for name in LINT_TESTS))


def cycle(step):
    for demo in (True, False):
        step.fresh(demo)
        before = snapshot(step.db)
        words = "with demo data" if demo else "without demo data"
        step.odoo(f"install {words}", "-i", ADDON, *(["--with-demo"] if demo else []))
        step.odoo("update", "-u", ADDON)
        if demo:
            step.odoo("click every menu", tests="click_all")
        step.odoo("uninstall", "shell", script=ROOT / "scripts" / "uninstall.py")
        after = snapshot(step.db)
        for what, rows in before.items():
            if left := after[what] - rows:
                step.fail(f"uninstall {words} left {what}: {', '.join(sorted(left)[:20])}")
            if lost := rows - after[what]:
                step.fail(f"uninstall {words} took away {what}: {', '.join(sorted(lost)[:20])}")
        step.odoo("the web client after uninstalling", tests="/web:TestMenusAdminLight")


def beside(step):
    step.fresh()
    step.odoo("install", "-i", ADDON)
    step.odoo("crm's own tests", "-u", "crm", tests=",".join(["/crm", *(f"-{test}" for test in FAILS_WITHOUT_US)]))


def snapshot(db):
    """What a database is made of: kind -> names. An addon once uninstalled must have changed none of it."""
    schema = "table_schema = 'public'"
    name = "COALESCE(name->>'en_US', '')"
    queries = {
        "columns": f"SELECT table_name || '.' || column_name || ' ' || data_type FROM information_schema.columns WHERE {schema}",
        "constraints": "SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint",
        "indexes": "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
        "sequences": "SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'",
        "triggers": "SELECT tgrelid::regclass || ' ' || tgname FROM pg_trigger WHERE NOT tgisinternal",
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
        "external ids": "SELECT module || '.' || name FROM ir_model_data",
    }
    return {what: {row[0] for row in sql(query, db=db)} for what, query in queries.items()}


STEPS = {step.__name__: step for step in (suite, lint, cycle, beside)}


def main():
    wanted = (os.environ.get("STEP") or ("suite" if os.environ.get("TAGS") else " ".join(STEPS))).replace(",", " ").split()
    if unknown := [name for name in wanted if name not in STEPS]:
        die(f"no step {unknown[0]}: the steps are {', '.join(STEPS)}")
    done = []
    with postgres(), contextlib.ExitStack() as locks:
        env = environment()
        for name in wanted:
            lock = locks.enter_context(open(DATA / f"test-{name}.lock", "w"))
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                die(f"another command is running the step {name}: wait for it, or use other databases with DB=name")
            step, begun = Step(name, env), time.monotonic()
            with contextlib.suppress(Failed):
                STEPS[name](step)
            if step.problems:
                step.failed = step.failed or 1
                say(f"{name}: its database {step.db} is kept; its log is {step.log.relative_to(ROOT)}")
            else:
                drop_db(step.db)
            done.append((step, time.monotonic() - begun))
    print()
    for step, seconds in done:
        skipped = f", {step.skipped} skipped" if step.skipped else ""
        print(f"{step.name}: {step.passed} passed, {step.failed} failed{skipped} in {seconds:.0f} s")
        print(*(f"   {problem}" for problem in step.problems), sep="\n", end="\n" if step.problems else "")
    failed = sum(step.failed for step, _ in done)
    print(f"{sum(step.passed for step, _ in done)} passed, {failed} failed", flush=True)
    return bool(failed)


if __name__ == "__main__":
    terminate_like_ctrl_c()
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main())
    sys.exit(130)

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

import contextlib
import json
import os
import sys

from dev import unwind_when_terminated
from parts import Part, wanted_parts
from pg import postgres
from project import DATA, LOGS
from runner import Runner, run_part

TIMES = DATA / "test-times.json"


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

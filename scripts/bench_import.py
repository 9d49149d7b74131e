"""Measures the import of prospects beside Odoo's own: `make bench-import`.

Ours reads a file, previews it and imports it batch by batch: contacts with phones and
notes, companies, and six answers a line, with the tags that follow, and what is kept of
each contact to take it back. Odoo's `load` gets the same contacts and companies, notes
and phones included, as lists and without answers, in the batches and with the context
that its screen uses; companies by their ids, for by their names it creates line by
line, several times slower. All that follows from the contacts is computed and written
in both. They run in one process on one database, `load` before and after ours; what
counts is the ratio of the work to the mean of both: the processor time of Odoo and of
the database's process.
Afterwards the tags are compared with a plain evaluation of the file.

`make bench-import SIZES=1000` takes another number of prospects. Odoo's shell runs this
file, with `env`; nothing is committed.
"""

import os
import sys
import time

sys.path.append("scripts")

from bench.meters import Meter  # noqa: E402 (found there)
from bench_import_data import (  # noqa: E402 (found there)
    CONTACT,
    PROFILES,
    QUESTIONS,
    Prospects,
)

LOADED = [
    "name",
    "parent_id/.id",
    "email",
    "phone",
    "function",
    "city",
    "country_id",
    "comment",
]
LOAD_BATCH = 2000  # lines that Odoo's screen sends at once


class Bench(Prospects):
    """A file of prospects, imported in two ways."""

    # What is measured

    def load(self):
        """Load companies and contacts as Odoo's import screen does."""
        Partner = self.env["res.partner"].with_context(
            import_file=True, tracking_disable=True, name_create_enabled_fields={}
        )
        companies = sorted({row[1] for row in self.rows if row[1]})
        rows = [[company, "1"] for company in companies]
        ids = self.load_rows(Partner, ["name", "is_company"], rows)
        by_name = dict(zip(companies, map(str, ids), strict=True))
        rows = [row[: len(LOADED)] for row in self.rows]
        rows = [[name, by_name.get(c, ""), *more] for name, c, *more in rows]
        self.load_rows(Partner, LOADED, rows)

    def load_rows(self, Partner, fields, rows):
        ids = []
        for start in range(0, len(rows), LOAD_BATCH):
            result = Partner.load(fields, rows[start : start + LOAD_BATCH])
            assert result["ids"], result["messages"][:3]
            ids += result["ids"]
            self.env.flush_all()
        return ids

    def imported(self, content):
        """Import the file as our screen does; return the seconds of each part."""
        Import = self.env["crm.profiling.import"]
        start = time.perf_counter()
        record = Import.browse(Import.upload("bench.csv", content)["id"])
        read = time.perf_counter()
        progress = record.begin()
        while progress["state"] == "running":
            progress = record.run_batch()
            self.env.flush_all()
        end = time.perf_counter()
        return progress, read - start, end - read

    # Whether it is right

    def wrong(self):
        """Return how many prospects have other tags than the file says."""
        partners = self.env["res.partner"].search([("email", "like", "@bench.example")])
        tags = {p.name: set(p.category_id.mapped("name")) for p in partners}
        wrong = 0
        for row in self.rows:
            given = dict(zip(QUESTIONS, row[len(CONTACT) :], strict=True))
            expected = {
                tag
                for tag, rule in self.profiles
                if all(given[question] in names for question, names in rule.items())
            }
            wrong += tags[row[0]] != expected
        return wrong


def apart(env, run, meter=None):
    """Run something on the database as it is; return what undoes it, too."""
    env.flush_all()
    savepoint = env.cr.savepoint()
    env.invalidate_all()
    result = []

    def flushed():
        result.append(run())
        env.flush_all()

    cost = (meter or Meter(env.cr)).measure(flushed)
    return result[0], cost, savepoint


def main(env):
    for size in map(int, os.environ.get("SIZES", "10000").split()):
        bench = Bench(env, size)
        _none, loaded, savepoint = apart(env, bench.load)
        savepoint.close(rollback=True)
        content = bench.file()
        meter = Meter(env.cr)
        before = meter.megabytes()["Odoo"]
        with meter.watch_memory() as peaks:
            (progress, read, written), ours, savepoint = apart(
                env, lambda content=content, bench=bench: bench.imported(content), meter
            )
        wrong = bench.wrong()
        (again, *_times), second, _savepoint = apart(
            env, lambda content=content, bench=bench: bench.imported(content)
        )
        savepoint.close(rollback=True)
        _none, later, savepoint = apart(env, bench.load)
        savepoint.close(rollback=True)
        loaded = (loaded + later) * 0.5
        print(f"{size} prospects, {len(QUESTIONS)} answers each, {PROFILES} profiles")
        print(f"  imported: {progress}")
        print(f"  prospects with wrong tags: {wrong}")
        print(
            f"  load, without answers: {loaded.seconds:.2f} s, work {loaded.work:.2f} s"
        )
        print(
            f"  import: {ours.seconds:.2f} s = {read:.2f} (read, preview)"
            f" + {written:.2f}, work {ours.work:.2f} s;"
            f" ratio of work {ours.work / loaded.work:.2f}, of what passed"
            f" {ours.seconds / loaded.seconds:.2f}"
        )
        print(
            f"  the same file again: {second.seconds:.2f} s,"
            f" {again['unchanged']} unchanged"
        )
        print(f"  memory of Odoo at its peak: {peaks['Odoo']} MB, {before} before")
        env.cr.rollback()
        env.invalidate_all()
        env.registry.clear_cache()


if "env" in globals():
    main(env)  # noqa: F821 (of Odoo's shell)

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

import base64
import csv
import io
import os
import random
import sys
import time

from odoo.fields import Command

sys.path.append("scripts")

from bench.meters import Meter  # noqa: E402 (found there)

SEED = 19
QUESTIONS = {
    "Bench journalist?": ["Yes", "No"],
    "Bench sector?": ["IT", "ERP consultant", "Services", "Industry", "Others"],
    "Bench staff?": ["1", "2-20", "21-50", "51-100", "101-500", "500+"],
    "Bench function?": ["Decision-maker", "Not decision-maker"],
    "Bench specification?": ["Yes", "Soon", "No"],
    "Bench budget?": ["Unknown", "<100k", "101-300k", ">300k"],
}
PROFILES = 20
CONTACT = [
    "Name",
    "Company",
    "E-mail",
    "Phone",
    "Job position",
    "City",
    "Country",
    "Notes",
]
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
NOTES = ["", "", "Met at the stand.", "Wants an offer by Friday; call after ten."]
LOAD_BATCH = 2000  # lines that Odoo's screen sends at once


class Bench:
    """A file of prospects, imported in two ways."""

    def __init__(self, env, size):
        self.env, self.size = env, size
        self.pick = random.Random(SEED)
        self.questions = self.create_questions()
        self.profiles = self.create_profiles()
        self.rows = self.make_rows()

    # Data

    def create_questions(self):
        return self.env["crm.profiling.question"].create(
            [
                {
                    "name": name,
                    "answer_ids": [Command.create({"name": a}) for a in answers],
                }
                for name, answers in QUESTIONS.items()
            ]
        )

    def create_profiles(self):
        """Profiles that ask two or three questions; return them in words."""
        profiles = []
        for number in range(PROFILES):
            rule = {}
            for question in self.pick.sample(self.questions, self.pick.choice((2, 3))):
                answers = question.answer_ids
                rule[question] = self.pick.sample(answers, (len(answers) + 1) // 2)
            tag = self.env["res.partner.category"].create({"name": f"Bench {number}"})
            self.env["crm.profiling.profile"].create(
                {
                    "name": tag.name,
                    "category_id": tag.id,
                    "required_answer_ids": [
                        Command.link(a.id) for answers in rule.values() for a in answers
                    ],
                }
            )
            names = {q.name: {a.name for a in answers} for q, answers in rule.items()}
            profiles.append((tag.name, names))
        return profiles

    def make_rows(self):
        companies = [f"Bench company {number}" for number in range(self.size // 4)]
        rows = []
        for number in range(self.size):
            company = self.pick.choice(companies) if self.pick.random() < 0.7 else ""
            contact = (
                f"Bench prospect {number}",
                company,
                f"prospect.{number}@bench.example.com",
                # numbers that there may be, for others are read in several ways
                f"+44 20 {7900 + number // 10_000} {number % 10_000:04}",
                self.pick.choice(("Buyer", "Head of IT", "Owner")),
                "" if company else "Leeds",
                "" if company else "United Kingdom",
                self.pick.choice(NOTES),
            )
            answers = [self.pick.choice(answers) for answers in QUESTIONS.values()]
            rows.append([*contact, *answers])
        return rows

    def file(self):
        file = io.StringIO()
        writer = csv.writer(file)
        writer.writerow([*CONTACT, *QUESTIONS])
        writer.writerows(self.rows)
        return base64.b64encode(file.getvalue().encode()).decode()

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

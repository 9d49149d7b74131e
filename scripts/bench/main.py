"""Measures the addon beside its floors and its peers: `make bench`.

    SIZES="10000 100000"  contacts        SCHEMAS="q6 q30"   questions
    PROFILES="10 100"     profiles        REPEAT=3           runs, of which the median
    PEERS=100000          no peers where there are more contacts than that
    PARTS="rule requests data"  what is measured; PARTS=found: the figures of what is
                          found alone, which take a fifth of the time

For every schema and size a database is made, filled, measured and dropped again; as in
real life each batch is committed.  With `--load` the data is put, and left, in the
database DB instead: to look at it in the browser (`make bench-data`).

Ratios compare processor time, Odoo's and the database's together, where the server is
on this machine: other work beside it does not change them.  Otherwise, and in the
column "s", it is the time that passed.
"""

import os
import sys
from collections import defaultdict
from contextlib import nullcontext
from functools import partial
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent))

import found
import heavy
import ours
import peers
import rule
from data import SCHEMAS, Data
from dev import ADDON, DB, LOGS, addon_hash, environment, install
from meters import Meter, at_most, median
from pg import create_db, db_exists, die, drop_db, note, noted, rename_db, say

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tools import config

TEMPLATE = "crm_profiling-bench"
HEAD = "| data | what | s | work s | compared with | s | work s | ratio |"


def chosen(name, default):
    return os.environ.get(name) or default


SIZES = [int(size) for size in chosen("SIZES", "10000 100000").split()]
PROFILES = [int(count) for count in chosen("PROFILES", "10 100").split()]
REPEAT = int(chosen("REPEAT", "3"))
MOST_FOR_PEERS = int(chosen("PEERS", "100000"))
PARTS = chosen("PARTS", "rule requests data").split()
MOST_RULES = 10  # a hundred automation rules do not end


class Bench:
    """One set of data and number of profiles, and the lines of its table."""

    def __init__(self, data, smallest):
        self.data = data
        self.meter = Meter(data.cr)
        self.smallest = smallest
        self.costs = defaultdict(list)
        self.peaks = {}  # megabytes of each process, in what the addon does
        self.answers = [ours.choose(data, rank) for rank in range(2 * REPEAT + 1)]
        self.name = (
            f"{data.contacts:,} contacts, {data.schema}, {len(data.profiles)} profiles"
        )

    def __getitem__(self, name):
        return median(self.costs[name])

    def take(self, name, run, *args):
        cost = self.meter.measure(lambda: run(self.data, *args))
        self.costs[name].append(cost)
        say(f"{self.name}: {name} {cost.seconds:.2f} s, work {cost.work:.2f} s")

    def line(self, what, cost, other_name, other):
        print(
            f"| {self.name} | {what} | {cost.seconds:.3f} | {cost.work:.3f} |"
            f" {other_name} | {other.seconds:.3f} | {other.work:.3f} |"
            f" {cost.work / max(other.work, 0.001):.4g} |",
            flush=True,
        )

    def say(self, text):
        print(f"| {self.name} | {text} ||||||", flush=True)

    # ------------------------------------------------------------------
    # Runs
    # ------------------------------------------------------------------

    def measure_runs(self):
        """Interleave runs and floors, so that what else goes on meets all alike."""
        for _ in range(REPEAT):
            self.measure_once()
        floor = self["scan"] + self["insert"]
        self.line("nothing changed", self["again"], "bare scan", self["scan"])
        self.line("first run", self["first"], "bare scan + insert", floor)
        self.line("preview", self["preview"], "bare scan", self["scan"])
        self.line("health check", self["health"], "bare scan", self["scan"])
        self.say(
            "peak memory, MB: "
            + ", ".join(f"{name} {size}" for name, size in self.peaks.items())
        )

    def measure_once(self):
        data = self.data
        data.forget_results()
        # before the floors, which take more, and keep it
        with nullcontext() if self.peaks else self.meter.watch_memory() as peaks:
            self.take("first", ours.run)
            data.commit("crm_profiling_state", "crm_profiling_membership")
            self.take("again", ours.run)
            self.take("preview", ours.preview)
            self.take("health", ours.check_health)
        self.peaks = self.peaks or peaks
        for _ in range(3):
            self.take("scan", ours.scan)
            self.take("again", ours.run)
            self.take("preview", ours.preview)
        rows = ours.keep_results(data)
        if len(self.costs["first"]) == 1:
            self.say(
                "a first run writes {:,} memberships, {:,} tags, {:,} states".format(
                    *rows
                )
            )
        data.forget_results()
        self.take("insert", ours.insert)

    # ------------------------------------------------------------------
    # Saving
    # ------------------------------------------------------------------

    def measure_saving(self):
        Partner = self.data.env["res.partner"]
        for count in (1, 10, min(1000, self.data.contacts)):
            contacts = Partner.browse(self.data.ids[:count])
            for rank in range(2 * REPEAT + 1):
                self.save(f"answers of {count}", ours.answer, contacts, rank)
                self.save(f"comment on {count}", ours.comment, contacts, rank)
            mine, plain = self[f"answers of {count}"], self[f"comment on {count}"]
            self.line(f"answers of {count:,}", mine, "a comment on them", plain)
            self.say(f"queries: {mine.queries:.0f}, for a comment {plain.queries:.0f}")

    def save(self, name, run, contacts, rank):
        """Save in a transaction that is then given up; the first time warms up."""
        contacts.env.invalidate_all()
        answers = self.answers[rank]
        cost = self.meter.measure(lambda: run(self.data, contacts, answers))
        if rank:
            self.costs[name].append(cost)
        self.data.cr.rollback()
        contacts.env.invalidate_all()

    # ------------------------------------------------------------------
    # What is found
    # ------------------------------------------------------------------

    def measure_found(self):
        """Ten questions more whose answers are found, with 16 conditions."""
        data = self.data
        data.forget_results()
        self.take("asked", ours.run)
        questions = found.add(data)
        self.take("found", found.look)
        data.commit("crm_profiling_state", "crm_profiling_membership")
        for _ in range(3):
            self.take("found again", ours.run)
            self.take("scan", ours.scan)
        self.take("night", found.look)
        scan, mine = self["scan"], self["found again"]
        self.line("nothing changed, 10 found questions", mine, "bare scan", scan)
        self.line("nothing new found at night", self["night"], "bare scan", scan)
        contacts = data.env["res.partner"].browse(data.ids[:1])
        for rank in range(2 * REPEAT + 1):
            self.save("a comment, found", ours.comment, contacts, rank)
            self.save("a reference", found.save, contacts, rank)
        mine, plain = self["a reference"], self["a comment, found"]
        self.line("data of 1 contact, 10 found questions", mine, "a comment", plain)
        self.say(f"queries: {mine.queries:.0f}, for a comment {plain.queries:.0f}")
        found.drop(data, questions)

    def measure_found_alone(self):
        """The same figures, where all that was asked is not matched before."""
        data = self.data
        found.add(data)
        self.take("found", found.look)
        data.commit("crm_profiling_state", "crm_profiling_membership")
        for _ in range(3):
            self.take("found again", ours.run)
            self.take("scan", ours.scan)
        self.line(
            "nothing changed, 10 found questions",
            self["found again"],
            "bare scan",
            self["scan"],
        )
        self.take("night", found.look)
        night, first = self["night"], self["found"]
        self.line("nothing new found at night", night, "bare scan", self["scan"])
        self.line("first run, all found", first, "nothing new", night)

    # ------------------------------------------------------------------
    # Peers
    # ------------------------------------------------------------------

    def measure_peers(self):
        data = self.data
        data.forget_results()
        self.take("search", peers.search_per_rule)
        self.take("search again", peers.search_per_rule)
        peer, again = self["search"], self["search again"]
        self.line("first run", self["first"], "one search per rule", peer)
        self.line("nothing changed", self["again"], "one search per rule", again)
        if self.smallest:
            self.measure_original()
        if self.smallest and len(data.profiles) <= MOST_RULES:
            self.measure_automation()

    def measure_original(self):
        data = self.data
        data.forget_results()
        sample = list(data.ids[:1000])
        self.take("original", peers.original, sample)
        other = self["original"] * (data.contacts / len(sample))
        name = f"the original way, from {len(sample)} contacts"
        self.line("first run", self["first"], name, other)
        self.line("nothing changed", self["again"], name, other)

    def measure_automation(self):
        """Save answers where automation rules, and not the profiles, put tags on."""
        data = self.data
        evaluator = data.env["crm.profiling.catalog"]._evaluator()
        matched = evaluator.matched(evaluator.mask(self.answers[0]))
        tags = data.profiles.browse(matched).category_id
        data.forget_results()
        undo = peers.automate(data)
        for count in (1, 10):
            contacts = data.env["res.partner"].browse(data.ids[:count])
            mine = self.save_automated(contacts, tags)
            if mine:
                name = f"answers of {count}"
                self.line(f"{name}, automation rules", mine, "profiles", self[name])
                self.say(f"queries: {mine.queries:.0f}, {len(tags)} tags each")
            else:
                self.say(
                    f"answers of {count}, automation rules: stopped after a minute"
                )
        undo()

    def save_automated(self, contacts, tags):
        """Return the `Cost` of saving, once it did what it should; none if stopped."""
        data, cost = self.data, None
        try:
            with at_most(60):
                for _ in range(2):  # the first time warms up
                    cost = self.meter.measure(
                        lambda: ours.answer(data, contacts, self.answers[0])
                    )
                    contacts.env.invalidate_all()
                    if any(contact.category_id != tags for contact in contacts):
                        raise AssertionError("Automation rules gave other tags")
                    data.cr.rollback()
                    contacts.env.invalidate_all()
        except TimeoutError:
            data.cr.rollback()
            contacts.env.invalidate_all()
            return None
        return cost


def prepare():
    """Have a database with the addon to copy from."""
    if not db_exists(TEMPLATE) or noted(TEMPLATE) != addon_hash():
        say("installing the addon in a database of its own")
        draft = f"{TEMPLATE}-draft"
        drop_db(draft)
        create_db(draft)
        addons = f"{ADDON},base_automation"
        install(environment(), LOGS / "bench.log", "-d", draft, "-i", addons)
        drop_db(TEMPLATE)
        rename_db(draft, TEMPLATE)
        note(TEMPLATE, addon_hash())


def on(database, work, *args):
    """Call something with the environment of a database."""
    config.parse_config(["-d", database, "--log-level=error"], setup_logging=True)
    with Registry(database).cursor() as cr:
        work(api.Environment(cr, SUPERUSER_ID, {}), *args)


def measure(env, schema, size):
    data = Data(env, schema, size)
    data.check_states()
    for count in PROFILES:
        data.create_profiles(count)
        bench = Bench(data, smallest=size == min(SIZES))
        bench.measure_runs()
        bench.measure_saving()
        bench.measure_found()
        if size <= MOST_FOR_PEERS:
            bench.measure_peers()
        data.drop_profiles()


def measure_found(env, schema, size):
    data = Data(env, schema, size)
    data.create_profiles(PROFILES[-1])
    Bench(data, smallest=False).measure_found_alone()


def load(env):
    schema = chosen("SCHEMAS", "q6").split()[0]
    data = Data(env, schema, SIZES[-1])
    data.create_profiles(PROFILES[-1])
    say(f"{SIZES[-1]:,} contacts are in {DB}; a run brings them in line")


def main():
    if "--load" in sys.argv:
        if not db_exists(DB):
            die(f"there is no database {DB}: make run DB={DB} makes one")
        on(DB, load)
        return 0
    if "rule" in PARTS:
        rule.main()
        print()
    prepare()
    if "requests" in PARTS:
        in_its_own(f"{TEMPLATE}-requests", heavy.fill, heavy.measure)
        print()
    if "data" in PARTS:
        measure_data(measure)
    if "found" in PARTS:
        measure_data(measure_found)
    return 0


def in_its_own(database, fill, then=None):
    """Make a database, fill it, measure, and drop it again."""
    drop_db(database)
    create_db(database, template=TEMPLATE)
    try:
        on(database, fill)
        if then:
            Registry.delete(database)
            then(database)
    finally:
        Registry.delete(database)
        drop_db(database)


def measure_data(measure):
    print(HEAD)
    print("|---|---|--:|--:|---|--:|--:|--:|", flush=True)
    for schema in chosen("SCHEMAS", " ".join(SCHEMAS)).split():
        for size in SIZES:
            in_its_own(
                f"{TEMPLATE}-{schema}-{size}",
                partial(measure, schema=schema, size=size),
            )


if __name__ == "__main__":
    sys.exit(main())

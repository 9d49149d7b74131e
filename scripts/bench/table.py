"""One set of data, what was measured with it, and the lines of the table."""

import os
from collections import defaultdict

import ours
from console import say
from meters import Meter, median

HEAD = "| data | what | s | work s | compared with | s | work s | ratio |"
REPEAT = int(os.environ.get("REPEAT") or 3)


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

    def save(self, name, run, contacts, rank):
        """Save in a transaction that is then given up; the first time warms up."""
        contacts.env.invalidate_all()
        answers = self.answers[rank]
        cost = self.meter.measure(lambda: run(self.data, contacts, answers))
        if rank:
            self.costs[name].append(cost)
        self.data.cr.rollback()
        contacts.env.invalidate_all()

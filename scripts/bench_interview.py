"""Measures how many questions an interview takes: `make bench-interview`.

Questions until every profile is either matched or ruled out, on average over all that
can be answered, each answer as likely as the others.

  everything   all questions
  fixed        in the questionnaire's order, until all is decided
  skipping     the same, without the questions that cannot matter any more
  greedy       the question that leaves the fewest profiles open on average
  ours         what interviews ask: greedy, looking one question further ahead
  optimum      the best that any order can do, found by trying all of them with a
               program of its own, which shares nothing with the chooser
"""

import random
import statistics
import time
from functools import lru_cache

from bench_interview_catalogs import example, generated

SEED = 19
TREES, FLAT = 2 / 3, 0  # share of profiles that are part of another one
SMALL = 7  # questions for which all orders are tried
CATALOGS = {
    6: 30,
    7: 30,
    10: 30,
    15: 20,
    20: 15,
    30: 10,
    40: 8,
}  # {questions: how many}
EXACT = 7  # questions up to which all that can be answered is gone through
INTERVIEWS = 60  # drawn at random for each larger catalog
SPEED = (300, 100)  # profiles, questions


class Brute:
    """Counts questions from the rule alone: neither chooser nor evaluator is asked."""

    def __init__(self, catalog):
        self.sizes = catalog.sizes
        wanted = [catalog.allowed(profile) for profile in catalog.profiles]
        self.start = frozenset(
            frozenset((q, frozenset(numbers)) for q, numbers in profile.items())
            for profile in wanted
            if profile and all(profile.values())
        )
        self.optimum = lru_cache(None)(self._optimum)

    def after(self, profiles, question, number):
        """Return what is left of profiles, as ``(question, allowed answers)``."""
        left = set()
        for profile in profiles:
            wanted = dict(profile)
            if number in wanted.pop(question, (number,)) and wanted:
                left.add(frozenset(wanted.items()))
        return frozenset(left)

    def asked(self, profiles):
        return {q for profile in profiles for q, _numbers in profile}

    def _optimum(self, profiles):
        """Return the least number of questions, over all orders, on average."""
        if not profiles:
            return 0
        return 1 + min(
            sum(
                self.optimum(self.after(profiles, question, number))
                for number in range(self.sizes[question])
            )
            / self.sizes[question]
            for question in self.asked(profiles)
        )


# Ways to ask: each returns the next question, given what is known and left


def fixed(catalog, known, left, unanswered):
    return unanswered[0]


def skipping(catalog, known, left, unanswered):
    return next(q for q in unanswered if any(q in dict(profile) for profile in left))


def greedy(catalog, known, left, unanswered):
    return catalog.chooser.choose(known, ahead=0).question_id


def ours(catalog, known, left, unanswered):
    return catalog.chooser.choose(known).question_id


WAYS = {"fixed": fixed, "skipping": skipping, "greedy": greedy, "ours": ours}


class Interviews:
    """Plays interviews on a catalog."""

    def __init__(self, catalog):
        self.catalog, self.brute = catalog, Brute(catalog)

    def average(self, way):
        if len(self.catalog.sizes) <= EXACT:
            return self.exact(way, 0, self.brute.start, tuple(self.catalog.sizes))
        pick = random.Random(SEED)  # the same people for every way
        people = [
            {q: pick.randrange(size) for q, size in self.catalog.sizes.items()}
            for _ in range(INTERVIEWS)
        ]
        return statistics.mean(self.play(way, person) for person in people)

    def exact(self, way, known, left, unanswered):
        """Return the average over all that can be answered."""
        if not left:
            return 0
        question = way(self.catalog, known, left, unanswered)
        others = tuple(q for q in unanswered if q != question)
        size = self.catalog.sizes[question]
        return (
            1
            + sum(
                self.exact(
                    way,
                    known | self.catalog.bits[question, number],
                    self.brute.after(left, question, number),
                    others,
                )
                for number in range(size)
            )
            / size
        )

    def play(self, way, person):
        """Return how many questions one person is asked."""
        known, left, unanswered, count = 0, self.brute.start, tuple(person), 0
        while left:
            question = way(self.catalog, known, left, unanswered)
            known |= self.catalog.bits[question, person[question]]
            left = self.brute.after(left, question, person[question])
            unanswered = tuple(q for q in unanswered if q != question)
            count += 1
        return count

    def figures(self):
        figures = {"everything": len(self.catalog.sizes)}
        figures |= {name: self.average(way) for name, way in WAYS.items()}
        if len(self.catalog.sizes) <= SMALL:
            figures["optimum"] = self.brute.optimum(self.brute.start)
        return figures


def speed(profiles, questions, interviews=5):
    """Return the seconds of each choice in some interviews."""
    catalog, times = generated(SEED, questions, profiles), []
    pick = random.Random(SEED)
    for _ in range(interviews):
        known, choice = 0, True
        while choice:
            start = time.perf_counter()
            choice = catalog.chooser.choose(known)
            times.append(time.perf_counter() - start)
            if choice:
                q = choice.question_id
                known |= catalog.bits[q, pick.randrange(catalog.sizes[q])]
    return times


COLUMNS = ["everything", "fixed", "skipping", "greedy", "ours", "optimum"]


def row(name, figures):
    cells = [f"{figures[c]:.2f}" if c in figures else "" for c in COLUMNS]
    above = figures["ours"] / figures["optimum"] - 1 if "optimum" in figures else None
    cells.append("" if above is None else f"{above:+.1%}")
    for beside in ("skipping", "everything"):
        cells.append(f"{figures['ours'] / figures[beside] - 1:+.0%}")
    return f"| {name} | {' | '.join(cells)} |"


def main():
    start = time.perf_counter()
    heads = [*COLUMNS, "to optimum", "to skipping", "to everything"]
    print(f"| questions until all is decided | {' | '.join(heads)} |")
    print(f"|---|{'---:|' * len(heads)}", flush=True)
    print(row("worked example", Interviews(example()).figures()), flush=True)
    for shape, below in (("trees", TREES), ("no trees", FLAT)):
        for questions, count in CATALOGS.items():
            figures = [
                Interviews(generated(SEED * 1000 + n, questions, below=below)).figures()
                for n in range(count)
            ]
            mean = {c: statistics.mean(f[c] for f in figures) for c in figures[0]}
            name = f"{questions} questions, {shape}, {count} catalogs"
            print(row(name, mean), flush=True)
    times = [1000 * seconds for seconds in speed(*SPEED)]
    print(
        f"\nOne choice among {SPEED[1]} questions for {SPEED[0]} profiles:"
        f" median {statistics.median(times):.1f} ms, at most {max(times):.1f} ms"
        f" ({len(times)} choices)."
    )
    print(f"Measured in {time.perf_counter() - start:.0f} s.")


if __name__ == "__main__":
    main()

"""Times the rule alone: the evaluator beside an earlier one, without a database.

`make bench` begins with it.  The earlier one is that of the revision EVALUATOR (by
default the last with compiled functions), read out of the repository's history; where
there is none the column stays empty.  Both are asked about the same contacts and must
agree; neither may remember combinations, which would time a dictionary.
"""

import importlib.util
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FILE = "crm_profiling/evaluator.py"
EARLIER = os.environ.get("EVALUATOR") or "a82a1a0"
# questions, answers of each, profiles
CATALOGS = ((6, 4, 100), (6, 4, 1000), (30, 5, 100), (30, 5, 1000), (100, 5, 300))
ROUNDS = 5
CONTACTS = 5_000


def imported(source, name):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.py"
        path.write_text(source)
        spec = importlib.util.spec_from_file_location(name, path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    return module


def earlier():
    """Return the earlier evaluator's module, or None without the history."""
    show = ["git", "-C", ROOT, "show", f"{EARLIER}:{FILE}"]
    shown = subprocess.run(show, capture_output=True, text=True)
    return imported(shown.stdout, "earlier") if shown.stdout else None


def catalog(module, questions, answers, profiles):
    """Return an evaluator of profiles in trees up to five deep; see `Profiled`."""
    pick = random.Random(1)
    ids = [range(q * answers, (q + 1) * answers) for q in range(questions)]
    bits = {answer: 1 << answer for some in ids for answer in some}
    rules, depth = [], {0: 0}
    for number in range(1, profiles + 1):
        above = [p for p in depth if p and depth[p] < 5]
        parent = pick.choice(above) if above and pick.random() < 0.6 else 0
        depth[number] = depth[parent] + 1
        criteria = []
        for question in pick.sample(range(questions), 1 if parent else 2):
            wanted = pick.sample(ids[question], max(1, round(0.4 * answers)))
            rest = sorted(set(ids[question]) - set(wanted))
            excluded = [pick.choice(rest)] if pick.random() < 0.3 else []
            masks = (
                sum(bits[answer] for answer in some)
                for some in (ids[question], wanted, excluded)
            )
            criteria.append(module.Criterion(question + 1, number, *masks))
        rules.append(module.Rule(number, parent, True, 0, number, tuple(criteria)))
    return module.Evaluator(rules, bits), ids


def contacts(ids):
    """Return masks: 80 % of the questions answered, by first answers more often."""
    pick, masks = random.Random(2), []
    for _ in range(CONTACTS):
        known = 0
        for some in ids:
            if pick.random() < 0.8:
                known |= 1 << some[int(len(some) * pick.random() ** 1.3)]
            if pick.random() < 0.02:
                known |= 1 << pick.choice(some)
        masks.append(known)
    return masks


def seconds(evaluator, masks):
    begun = time.process_time()
    for known in masks:
        evaluator._matched(known)
    return time.process_time() - begun


def main():
    sys.path.insert(0, str(ROOT))
    now, before = imported((ROOT / FILE).read_text(), "now"), earlier()
    print(f"| catalog | us a contact | at {EARLIER} | ratio |")
    print("|---|--:|--:|--:|", flush=True)
    for questions, answers, profiles in CATALOGS:
        size = (questions, answers, profiles)
        mine, ids = catalog(now, *size)
        other = before and catalog(before, *size)[0]
        masks = contacts(ids)
        if other and any(mine._matched(m) != other._matched(m) for m in masks):
            raise AssertionError("The two evaluators do not agree")
        times = [
            (seconds(mine, masks), seconds(other, masks) if other else 0)
            for _ in range(ROUNDS)
        ]
        us = [
            1e6 * statistics.median(some) / CONTACTS
            for some in zip(*times, strict=True)
        ]
        ratio = f"{statistics.median(a / b for a, b in times):.2f}" if other else ""
        earlier_us = f"{us[1]:.1f}" if other else ""
        print(
            f"| {questions} x {answers} answers, {profiles} profiles | {us[0]:.1f} |"
            f" {earlier_us} | {ratio} |",
            flush=True,
        )


if __name__ == "__main__":
    main()

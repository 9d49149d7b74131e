"""Measures what is found of contacts: ten questions more, with 16 conditions."""

import found
import ours
from table import REPEAT


def measure_found(bench):
    """What it adds to a run, to the night and to saving."""
    data = bench.data
    data.forget_results()
    bench.take("asked", ours.run)
    questions = found.add(data)
    measure_looking(bench)
    contacts = data.env["res.partner"].browse(data.ids[:1])
    for rank in range(2 * REPEAT + 1):
        bench.save("a comment, found", ours.comment, contacts, rank)
        bench.save("a reference", found.save, contacts, rank)
    mine, plain = bench["a reference"], bench["a comment, found"]
    bench.line("data of 1 contact, 10 found questions", mine, "a comment", plain)
    bench.say(f"queries: {mine.queries:.0f}, for a comment {plain.queries:.0f}")
    found.drop(data, questions)


def measure_found_alone(bench):
    """The same figures, where all that was asked is not matched before."""
    found.add(bench.data)
    measure_looking(bench)
    bench.line("first run, all found", bench["found"], "nothing new", bench["night"])


def measure_looking(bench):
    bench.take("found", found.look)
    bench.data.commit("crm_profiling_state", "crm_profiling_membership")
    for _ in range(3):
        bench.take("found again", ours.run)
        bench.take("scan", ours.scan)
    bench.take("night", found.look)
    scan, mine = bench["scan"], bench["found again"]
    bench.line("nothing changed, 10 found questions", mine, "bare scan", scan)
    bench.line("nothing new found at night", bench["night"], "bare scan", scan)

"""Measures what the addon does beside its floors: runs, and saving."""

from contextlib import nullcontext

import ours
from table import REPEAT


def measure_runs(bench):
    """Interleave runs and floors, so that what else goes on meets all alike."""
    for _ in range(REPEAT):
        measure_once(bench)
    floor = bench["scan"] + bench["insert"]
    bench.line("nothing changed", bench["again"], "bare scan", bench["scan"])
    bench.line("first run", bench["first"], "bare scan + insert", floor)
    bench.line("preview", bench["preview"], "bare scan", bench["scan"])
    bench.line("health check", bench["health"], "bare scan", bench["scan"])
    bench.say(
        "peak memory, MB: "
        + ", ".join(f"{name} {size}" for name, size in bench.peaks.items())
    )


def measure_once(bench):
    data = bench.data
    data.forget_results()
    # before the floors, which take more, and keep it
    with nullcontext() if bench.peaks else bench.meter.watch_memory() as peaks:
        bench.take("first", ours.run)
        data.commit("crm_profiling_state", "crm_profiling_membership")
        bench.take("again", ours.run)
        bench.take("preview", ours.preview)
        bench.take("health", ours.check_health)
    bench.peaks = bench.peaks or peaks
    for _ in range(3):
        bench.take("scan", ours.scan)
        bench.take("again", ours.run)
        bench.take("preview", ours.preview)
    rows = ours.keep_results(data)
    if len(bench.costs["first"]) == 1:
        bench.say(
            "a first run writes {:,} memberships, {:,} tags, {:,} states".format(*rows)
        )
    data.forget_results()
    bench.take("insert", ours.insert)


def measure_saving(bench):
    Partner = bench.data.env["res.partner"]
    for count in (1, 10, min(1000, bench.data.contacts)):
        contacts = Partner.browse(bench.data.ids[:count])
        for rank in range(2 * REPEAT + 1):
            bench.save(f"answers of {count}", ours.answer, contacts, rank)
            bench.save(f"comment on {count}", ours.comment, contacts, rank)
        mine, plain = bench[f"answers of {count}"], bench[f"comment on {count}"]
        bench.line(f"answers of {count:,}", mine, "a comment on them", plain)
        bench.say(f"queries: {mine.queries:.0f}, for a comment {plain.queries:.0f}")

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
from functools import partial
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent))

import heavy
import rule
from console import die, say
from data import SCHEMAS
from databases import TEMPLATE, in_its_own, on, prepare
from db import db_exists
from dev import DB
from measure_found import measure_found, measure_found_alone
from measure_ours import measure_runs, measure_saving
from measure_peers import measure_peers
from profiles import Profiled
from table import HEAD, Bench


def chosen(name, default):
    return os.environ.get(name) or default


SIZES = [int(size) for size in chosen("SIZES", "10000 100000").split()]
PROFILES = [int(count) for count in chosen("PROFILES", "10 100").split()]
MOST_FOR_PEERS = int(chosen("PEERS", "100000"))
PARTS = chosen("PARTS", "rule requests data").split()


def measure(env, schema, size):
    data = Profiled(env, schema, size)
    data.check_states()
    for count in PROFILES:
        data.create_profiles(count)
        bench = Bench(data, smallest=size == min(SIZES))
        measure_runs(bench)
        measure_saving(bench)
        measure_found(bench)
        if size <= MOST_FOR_PEERS:
            measure_peers(bench)
        data.drop_profiles()


def measure_alone(env, schema, size):
    data = Profiled(env, schema, size)
    data.create_profiles(PROFILES[-1])
    measure_found_alone(Bench(data, smallest=False))


def load(env):
    schema = chosen("SCHEMAS", "q6").split()[0]
    data = Profiled(env, schema, SIZES[-1])
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
        measure_data(measure_alone)
    return 0


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

"""Measures the sales targets on a million invoice lines: `make bench-targets`.

One invoice and its lines are made by Odoo and copied by SQL: LINES=1000000 of them,
three an invoice, over three years, 50 salespeople, a customer for each ten. Measured is
what the screens ask for, as their users, each the best of several times, in the time
that the whole call takes and in that of its queries alone. Odoo's shell runs this file,
with `env`, on a database of the benchmark's own.
"""

import sys
import time
from functools import partial
from pathlib import Path
from unittest.mock import patch

from odoo import sql_db
from odoo.fields import Command
from odoo.tools import SQL

sys.path.append("scripts")

from bench_targets_data import NAME, prepare, sellers  # noqa: E402 (found there)

TIMES = 9


class Clock:
    """Notes how long queries take: by the clock, and of a processor's time."""

    def __init__(self, cr):
        self.seconds = self.work = self.count = 0
        self.execute = sql_db.Cursor.execute
        self.schedule = Path(f"/proc/{cr._cnx.info.backend_pid}/schedstat")

    def worked(self):
        """Return the seconds a processor has worked for the database, if that is known.

        On a busy machine the clock says how long one waits for the others.
        """
        try:
            return int(self.schedule.read_text().split()[0]) / 1e9
        except OSError:
            return float("nan")  # a server elsewhere

    def __call__(self, cursor, *args, **kwargs):
        begun, before = time.perf_counter(), self.worked()
        try:
            return self.execute(cursor, *args, **kwargs)
        finally:
            self.seconds += time.perf_counter() - begun
            self.work += self.worked() - before
            self.count += 1


def measure(env, what, call):
    """Print how long a call takes at best, and how long its queries."""
    told = []
    for _time in range(TIMES):
        env.invalidate_all()
        clock, begun = Clock(env.cr), time.perf_counter()
        with patch.object(
            sql_db.Cursor, "execute", lambda *a, clock=clock, **k: clock(*a, **k)
        ):
            call()
        whole = time.perf_counter() - begun
        told.append((whole, clock.seconds, clock.work, clock.count))
    whole, seconds, work, count = map(min, zip(*told, strict=True))
    print(
        f"{what:38} {whole * 1000:7.1f} ms, SQL {seconds * 1000:7.1f} ms"
        f" (work {work * 1000:7.1f} ms) in {count} queries",
        flush=True,
    )


def main(env):
    Company = env["res.company"]
    if not Company.search([("name", "=", NAME)]):
        prepare(env)
    company = Company.search([("name", "=", NAME)])
    env = env(context=dict(env.context, allowed_company_ids=company.ids))
    # One process does all of it, and is the one that is watched
    env.cr.execute("SET max_parallel_workers_per_gather = 0")
    users = sellers(env)
    plans = env["invoice.salesman.plan"].search([("company_id", "=", company.id)])
    plans = plans.sorted(lambda plan: ("user", "industry", "categ").index(plan.held_by))
    board = env["invoice.salesman.board"].with_user(users[0])
    measure(env, "my board", board.get_board)
    compare = env["invoice.salesman.comparison"].get_comparison
    for plan in plans:
        measure(env, f"comparison, {plan.held_by} x months", partial(compare, plan.id))
    fill_from = partial(plans[0]._year_ago, plans[0]._months())
    measure(env, "last year, to fill a plan", fill_from)
    invoice = env["account.move"].search([("company_id", "=", company.id)], limit=1)
    answer_by_turnover(env, company, invoice.commercial_partner_id)


def answer_by_turnover(env, company, buyer):
    """Measure a question that a turnover answers, and what it adds to posting."""
    question = env["crm.profiling.question"].create(
        {
            "name": "Bench turnover?",
            "origin": "turnover",
            "level": "company",
            "by_number": True,
            "company_id": company.id,
            "answer_ids": [
                Command.create({"name": str(start), "value_from": start})
                for start in (-1000000, 1, 1000, 10000)
            ],
        }
    )
    source = env["crm.profiling.source.turnover"]
    for what, ids in (("one customer", buyer.ids), ("everybody", None)):
        for told, told_sql in (
            ("turnover of a year of", source._amounts_sql),
            ("the answer of", source._told_sql),
        ):
            sql = told_sql(ids, tuple(question.ids))
            call = partial(env.execute_query, SQL("SELECT * FROM %s told", sql))
            measure(env, f"{told} {what}", call)
    sql = source._tonight_sql(tuple(question.ids))
    call = partial(env.execute_query, SQL("SELECT * FROM %s tonight", sql))
    measure(env, "whom the night looks at", call)
    note = partial(env["crm.profiling.invoiced"]._note, buyer.ids)
    measure(env, "what posting adds", note)


if "env" in globals():
    main(env)  # noqa: F821 (of Odoo's shell)

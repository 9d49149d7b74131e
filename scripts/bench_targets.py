"""Measures the sales targets on a million invoice lines: `make bench-targets`.

One invoice and its lines are made by Odoo and copied by SQL: LINES=1000000 of them,
three an invoice, over three years, 50 salespeople and 100,000 customers. Measured is
what the screens ask for, as their users, each the best of several times, in the time
that the whole call takes and in that of its queries alone. Odoo's shell runs this file,
with `env`; nothing is committed.
"""

import os
import time
from datetime import date
from functools import partial
from unittest.mock import patch

from odoo import sql_db
from odoo.fields import Command

from odoo.addons.crm_profiling_account.tests.common import InvoicingCase

LINES = int(os.environ.get("LINES") or 1000000)
SELLERS, CUSTOMERS, CATEGORIES = 50, 100000, 12
TIMES = 5


class Case(InvoicingCase):
    """A company with accounts, as the tests make it."""

    @classmethod
    def build(cls, env):
        cls.env = env(context=dict(env.context, tracking_disable=True))
        cls.euro, cls.dollar = cls._currency("EUR"), cls._currency("USD")
        cls.company = cls._company("Bench Ltd")
        cls.env.user.company_ids |= cls.company
        cls.env = cls.env(
            context=dict(cls.env.context, allowed_company_ids=cls.company.ids)
        )
        cls.customer = cls.env["res.partner"].create({"name": "Bench"})
        cls.product = cls._product("Bench", 4.0)
        self = cls()
        return self, self._invoice(10)


def fill(env, move):
    """Copy the invoice, and give the copies to salespeople, customers, days."""
    cr = env.cr
    users = env["res.users"].create(
        [
            {
                "name": f"Seller {number}",
                "login": f"seller-{number}",
                "company_id": move.company_id.id,
                "company_ids": [Command.set(move.company_id.ids)],
                "group_ids": [
                    Command.set(env.ref("sales_team.group_sale_salesman").ids)
                ],
            }
            for number in range(SELLERS)
        ]
    )
    industries = env["res.partner.industry"].search([]).ids
    env.flush_all()
    cr.execute(
        """INSERT INTO res_partner (name, complete_name, type, active, is_company,
                                    industry_id, autopost_bills)
           SELECT 'Customer ' || n, 'Customer ' || n, 'contact', TRUE, TRUE,
                  (%s::int[])[1 + n %% %s], 'ask'
             FROM generate_series(1, %s) n RETURNING id""",
        [industries, len(industries), CUSTOMERS],
    )
    first = min(row[0] for row in cr.fetchall())
    cr.execute(
        "UPDATE res_partner SET commercial_partner_id = id WHERE id >= %s", [first]
    )
    products = []
    for number in range(CATEGORIES):
        categ = env["product.category"].create({"name": f"Bench {number}"})
        values = {"name": f"Bench {number}", "categ_id": categ.id, "taxes_id": False}
        products.append(env["product.product"].create(values).id)
    env.flush_all()
    copy(cr, "account_move", "id = %s", [move.id], LINES // 3)
    cr.execute("SELECT MIN(id) FROM account_move WHERE name LIKE 'BENCH/%'")
    start = cr.fetchone()[0]
    cr.execute(
        """UPDATE account_move SET
               invoice_user_id = (%(users)s::int[])[1 + (id * 7919) %% %(sellers)s],
               partner_id = %(first)s + (id * 104729) %% %(customers)s,
               commercial_partner_id = %(first)s + (id * 104729) %% %(customers)s,
               invoice_date = DATE '2024-01-01' + ((id * 31) %% 1095)::int,
               amount_untaxed_signed = 10 + id %% 1000, sales_cost = 4 + id %% 300
         WHERE id >= %(start)s""",
        {
            "users": users.ids,
            "sellers": SELLERS,
            "first": first,
            "customers": CUSTOMERS,
            "start": start,
        },
    )
    line = move.invoice_line_ids
    for _number in range(3):
        copy_lines(cr, line, start, products)
    cr.execute("ANALYZE account_move, account_move_line, res_partner")
    env.invalidate_all()
    return users


def columns(cr, table, without):
    cr.execute(
        """SELECT quote_ident(column_name) FROM information_schema.columns
            WHERE table_schema = 'public' AND table_name = %s""",
        [table],
    )
    return [name for (name,) in cr.fetchall() if name not in without]


def copy(cr, table, where, params, number):
    names = columns(cr, table, {"id", "name", "sequence_number", "access_token"})
    listed = ", ".join(names)
    cr.execute(
        f"""INSERT INTO {table} ({listed}, name, sequence_number)
            SELECT {listed}, 'BENCH/' || n, n FROM {table},
                   generate_series(1, %s) n WHERE {where}""",
        [number, *params],
    )


def copy_lines(cr, line, start, products):
    names = columns(cr, "account_move_line", {"id", "move_id", "product_id"})
    listed = ", ".join(f"line.{name}" for name in names)
    cr.execute(
        f"""INSERT INTO account_move_line ({", ".join(names)}, move_id, product_id)
            SELECT {listed}, move.id, (%s::int[])[1 + move.id %% %s]
              FROM account_move_line line, account_move move
             WHERE line.id = %s AND move.id >= %s""",
        [products, len(products), line.id, start],
    )


class Clock:
    """Notes how long queries take."""

    def __init__(self):
        self.seconds = self.count = 0
        self.execute = sql_db.Cursor.execute

    def __call__(self, cursor, *args, **kwargs):
        begun = time.perf_counter()
        try:
            return self.execute(cursor, *args, **kwargs)
        finally:
            self.seconds += time.perf_counter() - begun
            self.count += 1


def measure(env, what, call):
    """Print how long a call takes at best, and how long its queries."""
    best = None
    for _time in range(TIMES):
        env.invalidate_all()
        clock, begun = Clock(), time.perf_counter()
        with patch.object(
            sql_db.Cursor, "execute", lambda *a, clock=clock, **k: clock(*a, **k)
        ):
            call()
        told = (time.perf_counter() - begun, clock.seconds, clock.count)
        best = min(best or told, told)
    print(
        f"{what:44} {best[0] * 1000:7.1f} ms, SQL {best[1] * 1000:7.1f} ms"
        f" in {best[2]} queries",
        flush=True,
    )


def bench_categories(env):
    return env["product.category"].search([("name", "like", "Bench")])


def make_plan(case, held_by, field, refs):
    plan = case.env["invoice.salesman.plan"].create(
        {
            "name": f"Bench {held_by}",
            "held_by": held_by,
            "date_from": "2026-01-01",
            "date_to": "2026-12-31",
            "company_id": case.company.id,
            "holder_ids": [Command.create({field: ref.id}) for ref in refs],
        }
    )
    plan._fill(plan.holder_ids, "evenly", amount=120000)
    plan.action_start()
    return plan


def main(env):
    case, move = Case.build(env)
    users = fill(case.env, move)
    env = case.env
    plans = [
        make_plan(case, "user", "user_id", users),
        make_plan(
            case, "industry", "industry_id", env["res.partner.industry"].search([])
        ),
        make_plan(case, "categ", "categ_id", bench_categories(env)),
    ]
    env.flush_all()
    board = env["invoice.salesman.board"].with_user(users[0])
    measure(env, "my board", board.get_board)
    compare = env["invoice.salesman.comparison"].get_comparison
    for plan in plans:
        measure(env, f"comparison, {plan.held_by} x months", partial(compare, plan.id))
    fill_from = partial(plans[0]._year_ago, plans[0]._months())
    measure(env, "last year, to fill a plan", fill_from)
    since, until = date(2025, 12, 1), date(2026, 11, 30)
    for what, partners in (("one", users[:1].partner_id.ids), ("each", None)):
        sql = env["crm.profiling.turnover"]._totals_sql(
            "turnover", case.company.ids, since, until, partners
        )
        call = partial(env.execute_query, sql)
        measure(env, f"turnover of a year, {what} customer", call)


if "env" in globals():
    main(env)  # noqa: F821 (of Odoo's shell)
    env.cr.rollback()  # noqa: F821

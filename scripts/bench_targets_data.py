"""A company with a million invoice lines, and its plans: one invoice, copied by SQL.

It is kept in the database: the next run with as many lines has it at once.
"""

import contextlib
import os
import time

from console import say

from odoo import sql_db
from odoo.fields import Command

from odoo.addons.crm_profiling_account.tests.common import InvoicingCase

LINES = int(os.environ.get("LINES") or 1000000)
NAME = f"Bench {LINES}"
SELLERS, CUSTOMERS, CATEGORIES = 50, LINES // 10, 12


class Case(InvoicingCase):
    """A company with accounts, as the tests make it."""

    @classmethod
    def build(cls, env):
        cls.env = env(context=dict(env.context, tracking_disable=True))
        cls.euro, cls.dollar = cls._currency("EUR"), cls._currency("USD")
        cls.company = cls._company(NAME)
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
                "login": f"seller-{LINES}-{number}",
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
    products = []
    for number in range(CATEGORIES):
        categ = env["product.category"].create({"name": f"{NAME} {number}"})
        values = {"name": categ.name, "categ_id": categ.id, "taxes_id": False}
        products.append(env["product.product"].create(values).id)
    env.flush_all()
    with bare(cr, "account_move", "account_move_line", "res_partner"):
        first = add_customers(cr, industries)
        start = copy_moves(cr, move, users.ids, first)
        copy_lines(cr, move.invoice_line_ids, start, products)
        say("copied; its indexes are made anew")


@contextlib.contextmanager
def bare(cr, *tables):
    """Fill tables without indexes and foreign keys; the indexes are made afterwards.

    Those of lines are fifty, and twenty foreign keys look into other tables for each
    row: to drop them is the difference between minutes and hours.
    """
    tables = list(tables)
    cr.execute(
        """SELECT conrelid::regclass::text, quote_ident(conname) FROM pg_constraint
            WHERE contype = 'f' AND conrelid = ANY(%s::regclass[])""",
        [tables],
    )
    for table, name in cr.fetchall():
        cr.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    cr.execute(
        """SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
            WHERE indrelid = ANY(%s::regclass[]) AND NOT EXISTS (
                  SELECT FROM pg_constraint WHERE conindid = indexrelid)""",
        [tables],
    )
    indexes = cr.fetchall()
    for name, _definition in indexes:
        cr.execute(f"DROP INDEX {name}")
    yield
    for _name, definition in indexes:
        cr.execute(definition)


def add_customers(cr, industries):
    """Add customers, each a company; return the first id."""
    cr.execute("SELECT nextval('res_partner_id_seq')")
    [first] = cr.fetchone()
    cr.execute("SELECT setval('res_partner_id_seq', %s)", [first + CUSTOMERS])
    cr.execute(
        """INSERT INTO res_partner (id, commercial_partner_id, name, complete_name,
                                    type, active, is_company, industry_id,
                                    autopost_bills)
           SELECT %(first)s + n, %(first)s + n, 'Customer ' || n, 'Customer ' || n,
                  'contact', TRUE, TRUE, (%(industries)s::int[])[1 + n %% %(kinds)s],
                  'ask'
             FROM generate_series(0, %(customers)s - 1) n""",
        {
            "first": first,
            "industries": industries,
            "kinds": len(industries),
            "customers": CUSTOMERS,
        },
    )
    return first


def columns(cr, table, without):
    cr.execute(
        """SELECT quote_ident(column_name) FROM information_schema.columns
            WHERE table_schema = 'public' AND table_name = %s""",
        [table],
    )
    return [name for (name,) in cr.fetchall() if name not in without]


def copy_moves(cr, move, user_ids, first):
    """Copy the invoice, to salespeople, customers and days; return the first id."""
    customer = f"{first} + (n::bigint * 104729) %% {CUSTOMERS}"
    values = {
        "name": "'BENCH/' || n",
        "sequence_number": "n",
        "invoice_user_id": f"(ARRAY{user_ids})[1 + (n::bigint * 7919) %% {SELLERS}]",
        "partner_id": customer,
        "commercial_partner_id": customer,
        "invoice_date": "DATE '2024-01-01' + ((n::bigint * 31) %% 1095)::int",
        "amount_untaxed_signed": "10 + n %% 1000",
        "sales_cost": "4 + n %% 300",
    }
    names = columns(cr, "account_move", {"id", "access_token", *values})
    cr.execute("SELECT MAX(id) + 1 FROM account_move")
    [start] = cr.fetchone()
    cr.execute(
        f"""INSERT INTO account_move ({", ".join([*names, *values])})
            SELECT {", ".join([*names, *values.values()])}
              FROM account_move, generate_series(1, %s) n WHERE id = %s""",
        [LINES // 3, move.id],
    )
    return start


def copy_lines(cr, line, start, products):
    names = columns(cr, "account_move_line", {"id", "move_id", "product_id"})
    listed = ", ".join(f"line.{name}" for name in names)
    cr.execute(
        f"""INSERT INTO account_move_line ({", ".join(names)}, move_id, product_id)
            SELECT {listed}, move.id, (%s::int[])[1 + (move.id + n) %% %s]
              FROM account_move_line line, account_move move, generate_series(1, 3) n
             WHERE line.id = %s AND move.id >= %s""",
        [products, len(products), line.id, start],
    )


def bench_categories(env):
    return env["product.category"].search([("name", "=like", f"{NAME} %")])


def make_plan(case, held_by, field, refs):
    plan = case.env["invoice.salesman.plan"].create(
        {
            "name": f"{NAME} {held_by}",
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


def prepare(env):
    """Make the company, its invoices and its plans; keep them."""
    begun = time.monotonic()
    say(f"copying {LINES} lines")
    case, move = Case.build(env)
    fill(case.env, move)
    users = sellers(case.env)
    make_plan(case, "user", "user_id", users)
    make_plan(case, "industry", "industry_id", env["res.partner.industry"].search([]))
    make_plan(case, "categ", "categ_id", bench_categories(case.env))
    env.cr.commit()
    say(f"{time.monotonic() - begun:.0f} s; vacuuming")
    with contextlib.closing(sql_db.db_connect(env.cr.dbname).cursor()) as cr:
        # not within a transaction
        cr._cnx.autocommit = True
        cr.execute("VACUUM ANALYZE account_move, account_move_line, res_partner")


def sellers(env):
    return env["res.users"].search([("login", "=like", f"seller-{LINES}-%")])

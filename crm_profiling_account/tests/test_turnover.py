from freezegun import freeze_time

from odoo import Command
from odoo.tests import tagged
from odoo.tools import SQL

from .common import InvoicingCase


@tagged("post_install", "-at_install")
class TestTurnover(InvoicingCase):
    """One definition: what counts, whose it is, when, and in which currency."""

    def _known_sql(self, kind, company, months=0, holders=None):
        """What is known of turnover: of a question that asks for it."""
        question = self.env["crm.profiling.question"].create(
            {
                "name": f"{kind} of {company.name}?",
                "origin": kind,
                "level": "company",
                "by_number": True,
                "company_id": company.id,
                "period_months": months,
                "answer_ids": [Command.create({"name": "Any", "value_from": -1e6})],
            }
        )
        source = self.env[f"crm.profiling.source.{kind}"]
        sql = source._amounts_sql(holders, question.ids)
        return SQL("SELECT partner_id, amount FROM %s known", sql)

    def _totals(self, kind="turnover", company=None, months=0):
        sql = self._known_sql(kind, company or self.company, months)
        return dict(self.env.execute_query(sql))

    def test_what_counts(self):
        """Posted, untaxed, signed; a credit note subtracts, a draft is nothing."""
        self._invoice(1000)
        self._invoice(100, move_type="out_receipt")
        self._invoice(300, move_type="out_refund")
        self._invoice(5000, post=False)
        cancelled = self._invoice(7000)
        cancelled.button_cancel()
        self._invoice(900, move_type="in_invoice")
        self.assertEqual(self._totals(), {self.customer.id: 800})
        self.assertEqual(self._totals("purchases"), {self.customer.id: 900})

    def test_in_another_currency(self):
        """500 dollars at half a dollar for a euro are 1000 euros."""
        self._invoice(500, currency_id=self.dollar.id)
        self._invoice(100, currency_id=self.dollar.id, move_type="out_refund")
        self.assertEqual(self._totals(), {self.customer.id: 800})

    def test_of_the_commercial_entity(self):
        """Whichever address stands on the invoice, the company bought."""
        contact = self.customer.create({"name": "Ann", "parent_id": self.customer.id})
        self._invoice(200, partner_id=contact.id)
        self.assertEqual(self._totals(), {self.customer.id: 200})

    @freeze_time("2026-04-15 12:00:00")
    def test_window(self):
        """Of the last month: from the day after that of a month ago up to today."""
        for day in ("2026-03-15", "2026-03-16", "2026-04-15", "2026-04-16"):
            self._invoice(1, day)
        self.assertEqual(self._totals(months=1), {self.customer.id: 2})

    def test_of_one_company(self):
        other = self._company("Other Ltd")
        self.env.user.company_ids |= other
        self._invoice(400)
        self._invoice(70, company_id=other.id)
        self.assertEqual(self._totals(), {self.customer.id: 400})
        self.assertEqual(self._totals(company=other), {self.customer.id: 70})

    def test_read_from_the_index_alone(self):
        """The conditions are those of the partial indexes."""
        holders = SQL("%s", self.customer.ids)
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        for kind in ("turnover", "purchases"):
            sql = self._known_sql(kind, self.company, 12, holders)
            plan = self.env.execute_query(SQL("EXPLAIN %s", sql))
            plan = "\n".join(row[0] for row in plan)
            self.assertRegex(plan, r"Index Only Scan using \w+ on account_move move")

from datetime import date

from odoo.tests import tagged
from odoo.tools import SQL

from .common import InvoicingCase


@tagged("post_install", "-at_install")
class TestTurnover(InvoicingCase):
    """One definition: what counts, whose it is, when, and in which currency."""

    def _totals(self, kind="turnover", company=None, **window):
        companies = (company or self.company).ids
        sql = self.env["crm.profiling.turnover"]._totals_sql(kind, companies, **window)
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

    def test_window(self):
        """Its first and its last day are within."""
        for day in ("2026-02-28", "2026-03-01", "2026-03-31", "2026-04-01"):
            self._invoice(1, day)
        march = {"since": date(2026, 3, 1), "until": date(2026, 3, 31)}
        self.assertEqual(self._totals(**march), {self.customer.id: 2})
        nobody = self._totals(partners=self.env.user.partner_id.ids)
        self.assertEqual(nobody, {})

    def test_of_one_company(self):
        other = self._company("Other Ltd")
        self.env.user.company_ids |= other
        self._invoice(400)
        self._invoice(70, company_id=other.id)
        self.assertEqual(self._totals(), {self.customer.id: 400})
        self.assertEqual(self._totals(company=other), {self.customer.id: 70})

    def test_read_from_the_index_alone(self):
        """The conditions are those of the partial indexes."""
        company = self.company.ids
        Turnover = self.env["crm.profiling.turnover"]
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        for kind in ("turnover", "purchases"):
            sql = Turnover._totals_sql(
                kind, company, date(2026, 1, 1), partners=self.customer.ids
            )
            plan = self.env.execute_query(SQL("EXPLAIN %s", sql))
            plan = "\n".join(row[0] for row in plan)
            self.assertIn("Index Only Scan", plan)

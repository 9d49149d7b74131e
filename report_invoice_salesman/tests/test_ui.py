from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .common import SalesCase


@tagged("post_install", "-at_install", "browser")
class TestUi(SalesCase, HttpCase):
    """Set by last year and ten percent; an invoice is posted; the board moves."""

    def test_targets(self):
        today = fields.Date.context_today(self.env.user)
        self._sell(self.ann, 1000, today - relativedelta(years=1))
        plan = self._plan(year=today.year, name="Tour plan")
        self._holder(plan, self.ann)
        self.start_tour("/odoo", "report_invoice_salesman_set", login="max")
        self.assertEqual(plan.state, "running")
        self.assertEqual(sum(plan._targets().mapped("amount")), 1100)
        self._sell(self.ann, 550, today)
        self.start_tour("/odoo/my-targets", "report_invoice_salesman_look", login="ann")

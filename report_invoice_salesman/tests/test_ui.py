from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .common import SalesCase


@tagged("post_install", "-at_install", "browser")
class TestUi(SalesCase, HttpCase):
    """Set by last year and ten percent; an invoice is posted; the board moves."""

    def _tour(self, *args, **kwargs):
        self.start_tour(*args, timeout=300, **kwargs)

    def test_targets(self):
        today = fields.Date.context_today(self.env.user)
        self._sell(self.ann, 1000, today - relativedelta(years=1))
        plan = self._plan(year=today.year, name="Tour plan")
        self._holder(plan, self.ann)
        self._tour("/odoo", "report_invoice_salesman_set", login="max")
        self.assertEqual(plan.state, "running")
        self.assertEqual(sum(plan._targets().mapped("amount")), 1100)
        self._sell(self.ann, 550, today)
        self._tour("/odoo/my-targets", "report_invoice_salesman_look", login="ann")

    def test_live(self):
        """An invoice is posted elsewhere: both boards move, and open what they sum."""
        today = fields.Date.context_today(self.env.user)
        plan = self._plan(year=today.year, name="Tour plan")
        plan._fill(self._holder(plan, self.ann), "evenly", amount=12000)
        plan.action_start()
        self._sell(self.ann, 550, today)
        for amount in (300, 70):
            self._sell(self.ann, amount, today, post=False, ref=f"tour {amount}")
        self.max.group_ids += self.env.ref("account.group_account_invoice")
        self._tour("/odoo", "report_invoice_salesman_live", login="max")

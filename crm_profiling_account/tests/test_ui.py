from datetime import date

from odoo import Command
from odoo.tests import HttpCase, new_test_user, tagged

from .common import SourceCase


@tagged("post_install", "-at_install", "browser")
class TestUi(SourceCase, HttpCase):
    """What was sold is seen by those who may read the invoices."""

    def test_a_turnover_says_why(self):
        self._sold(12000, date.today())
        for tour, groups in (
            (
                "crm_profiling_turnover_tour",
                "sales_team.group_sale_manager,account.group_account_invoice",
            ),
            (
                "crm_profiling_turnover_hidden_tour",
                "sales_team.group_sale_salesman_all_leads",
            ),
        ):
            user = new_test_user(self.env, tour, f"base.group_user,{groups}")
            user.write(
                {
                    "company_id": self.company.id,
                    "company_ids": [Command.set(self.company.ids)],
                }
            )
            self.start_tour(f"/odoo/res.partner/{self.customer.id}", tour, login=tour)

"""A sales team with invoices, and the sums of them by a loop over move lines."""

from collections import defaultdict
from contextlib import contextmanager

from odoo import Command
from odoo.tests import new_test_user

from odoo.addons.crm_profiling_account.tests.common import InvoicingCase

REFS = {
    "user": "user_id",
    "team": "team_id",
    "industry": "industry_id",
    "profile": "profile_id",
    "categ": "categ_id",
}


class SalesCase(InvoicingCase):
    """Ann and Bob sell, Lea leads Ann, Max is the administrator."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.team"].search([]).active = False
        cls.ann = cls._user("ann", "group_sale_salesman")
        cls.bob = cls._user("bob", "group_sale_salesman")
        cls.lea = cls._user("lea", "group_sale_salesman")
        cls.all = cls._user("all", "group_sale_salesman_all_leads")
        cls.max = cls._user("max", "group_sale_manager")
        # first in order, so that what has no team by Odoo's addon Sales is not Lea's
        cls.env["crm.team"].create(
            {
                "name": "South",
                "sequence": 0,
                "user_id": False,
                "company_id": cls.company.id,
                "member_ids": [Command.set(cls.bob.ids)],
            }
        )
        cls.team = cls.env["crm.team"].create(
            {
                "name": "North",
                "user_id": cls.lea.id,
                "company_id": cls.company.id,
                "member_ids": [Command.set(cls.ann.ids)],
            }
        )
        cls.categ = cls.env["product.category"].create({"name": "Software"})
        cls.licence = cls._product("Licence", 40.0, categ_id=cls.categ.id)

    @classmethod
    def _user(cls, login, group, company=None):
        company = company or cls.company
        return new_test_user(
            cls.env,
            login,
            f"base.group_user,sales_team.{group}",
            name=login.capitalize(),
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )

    @contextmanager
    def _refused(self, error, words):
        """Assert that it is refused, in these words."""
        with self.assertRaises(error) as refused:
            yield
        self.assertIn(words, str(refused.exception))

    def _sell(self, user, amount, date="2026-03-10", **vals):
        return self._invoice(amount, date, invoice_user_id=user.id, **vals)

    def _plan(self, held_by="user", metric="turnover", year=2026, **vals):
        return self.env["invoice.salesman.plan"].create(
            {
                "name": f"{metric} {held_by} {year}",
                "held_by": held_by,
                "metric": metric,
                "date_from": f"{year}-01-01",
                "date_to": f"{year}-12-31",
                "company_id": self.company.id,
                **vals,
            }
        )

    def _holder(self, plan, ref):
        return self.env["invoice.salesman.holder"].create(
            {"plan_id": plan.id, REFS[plan.held_by]: ref.id}
        )

    def _credit(self, move, date="2026-04-01"):
        credit = move._reverse_moves([{"invoice_date": date, "date": date}])
        credit._post(soft=False)
        return credit


def loop(plan, visible=lambda move: True):
    """What a plan has achieved, move line by move line.

    :param visible: which documents count
    :return: ``{(key, first day of a month): amount}``, without nothings
    """
    sums = defaultdict(float)
    env = plan.sudo().env
    moves = env["account.move"].search([("company_id", "=", plan.company_id.id)])
    for move in moves:
        if (
            move.state != "posted"
            or move.move_type not in ("out_invoice", "out_refund", "out_receipt")
            or not plan.date_from <= move.invoice_date <= plan.date_to
            or not visible(move)
        ):
            continue
        month = move.invoice_date.replace(day=1)
        if plan.metric == "number":
            for key in keys(plan, move, None):
                sums[key, month] += move.move_type != "out_refund"
            continue
        for line in move.line_ids:
            rounding = line.display_type == "rounding" and not (
                line.tax_repartition_line_id
            )
            if line.display_type != "product" and not rounding:
                continue
            amount = -line.balance
            if plan.metric == "margin":
                amount -= line.sales_cost_total
            for key in keys(plan, move, line):
                sums[key, month] += amount
    return {at: round(amount, 2) for at, amount in sums.items() if round(amount, 2)}


def keys(plan, move, line):
    """For whom a line counts."""
    partner = move.commercial_partner_id
    if plan.held_by == "user":
        return [move.invoice_user_id.id or 0]
    if plan.held_by == "team":
        has_team = "team_id" in move._fields
        return [
            (move.team_id if has_team else move.invoice_user_id.sale_team_id).id or 0
        ]
    if plan.held_by == "industry":
        return [partner.industry_id.id or 0]
    if plan.held_by == "profile":
        inside = partner.profiling_membership_ids.filtered(
            lambda one: one.state != "barred" and one.profile_id.active
        )
        return inside.profile_id.ids or [0]
    if line.display_type == "rounding":
        return [-1]
    held = plan.holder_ids.categ_id
    categ = line.product_id.categ_id
    while categ and categ not in held:
        categ = categ.parent_id
    return [categ.id or 0]


def told(plan, **window):
    """What the plan says, without nothings."""
    achieved = plan._achieved(**window)
    return {at: round(amount, 2) for at, amount in achieved.items() if round(amount, 2)}


class BoardCase(SalesCase):
    """Ann has a target of 2,200 each month, and sold in January and in June."""

    def setUp(self):
        super().setUp()
        self.plan = self._plan()
        self.holder = self._holder(self.plan, self.ann)
        self.plan.set_cells(
            [[self.holder.id, f"2026-{month:02}-01", 2200] for month in range(1, 13)]
        )
        self.plan.action_start()
        self._sell(self.ann, 5000, "2026-01-20")
        self._sell(self.ann, 800, "2026-06-02")
        self.Board = self.env["invoice.salesman.board"]

    def _board(self, user=None, **kwargs):
        return self.Board.with_user(user or self.ann).get_board(**kwargs)

from odoo import fields
from odoo.tests import tagged

from .common import SalesCase, loop, told


@tagged("post_install", "-at_install")
class TestAchieved(SalesCase):
    """Each number is the sum of what it opens, and all of them are what was sold."""

    def setUp(self):
        super().setUp()
        industry = self.env["res.partner.industry"].create({"name": "Mining"})
        self.customer.industry_id = industry
        self.profile = self.env["crm.profiling.profile"].create({"name": "Large"})
        self.other = self.customer.create({"name": "Deco", "is_company": True})
        self.env["crm.profiling.membership"].create(
            {"partner_id": self.customer.id, "profile_id": self.profile.id}
        )
        first = self._sell(self.ann, 0, lines=[(self.licence, 2, 100.02)])
        self._sell(self.bob, 300, "2026-05-02", partner_id=self.other.id)
        self._sell(self.bob, 70, "2026-05-03", move_type="out_receipt")
        self._invoice(11, "2026-12-31", invoice_user_id=False)
        self._credit(first, "2026-06-01")
        self._sell(self.ann, 45, "2025-12-31")
        rounding = self.env["account.cash.rounding"].create(
            {
                "name": "To the unit",
                "rounding": 1.0,
                "strategy": "add_invoice_line",
                "rounding_method": "HALF-UP",
                "profit_account_id": first.invoice_line_ids.account_id.id,
                "loss_account_id": first.invoice_line_ids.account_id.id,
            }
        )
        self.rounded = self._sell(
            self.ann, 99.7, "2026-07-01", invoice_cash_rounding_id=rounding.id
        )

    def _plans(self):
        refs = {
            "user": self.ann,
            "team": self.team,
            "industry": self.customer.industry_id,
            "profile": self.profile,
            "categ": self.categ,
        }
        for held_by, ref in refs.items():
            for metric in ("turnover", "margin", "number"):
                if (held_by, metric) != ("categ", "number"):
                    plan = self._plan(held_by, metric)
                    self._holder(plan, ref)
                    yield plan

    def test_as_the_loop_says(self):
        for plan in self._plans():
            with self.subTest(plan=plan.name):
                self.assertEqual(told(plan), loop(plan))

    def test_list_behind_a_number(self):
        """Its rows, each counted once, are the number; of whatever holder and month."""
        for plan in self._plans():
            for (key, month), amount in plan._achieved().items():
                with self.subTest(plan=plan.name, key=key, month=month):
                    action = plan.action_view_achieved(
                        key, fields.Date.to_string(month)
                    )
                    rows = self.env[action["res_model"]].search(action["domain"])
                    self.assertEqual(len(rows), len(set(rows.ids)))
                    self.assertAlmostEqual(sum(rows.mapped(plan.metric)), amount, 2)
                    self.assertAlmostEqual(
                        plan._achieved(key=key)[key, month], amount, 2
                    )

    def test_all_of_them_are_what_was_sold(self):
        """People and nobody, industries and none, and Odoo's invoice analysis."""
        report = self.env["account.invoice.report"].search(
            [
                ("company_id", "=", self.company.id),
                ("state", "=", "posted"),
                ("move_type", "in", ("out_invoice", "out_refund", "out_receipt")),
                ("invoice_date", ">=", "2026-01-01"),
            ]
        )
        analysis = sum(report.mapped("price_subtotal"))
        sums = {}
        for plan in self._plans():
            if plan.metric == "turnover" and plan.held_by != "profile":
                achieved = plan._achieved()
                sums[plan.held_by] = sum(achieved.values())
                rounding = sum(v for (key, _m), v in achieved.items() if key == -1)
        for held_by, total in sums.items():
            self.assertAlmostEqual(total, analysis + 0.3, 2, held_by)
        self.assertAlmostEqual(rounding, 0.3, 2)
        comparison = self.env["invoice.salesman.comparison"].with_user(self.all)
        plan = self.env["invoice.salesman.plan"].search(
            [("held_by", "=", "profile"), ("metric", "=", "turnover")], limit=1
        )
        plan.action_start()
        result = comparison.get_comparison(plan.id)
        self.assertAlmostEqual(sum(result["total"]), analysis + 0.3, 2)
        self.assertAlmostEqual(sum(result["rounding"]), 0.3, 2)

    def test_pinned_to_a_profile_out_of_use(self):
        """What such a customer bought is nobody's, and not lost."""
        plan = self._plan("profile")
        before = sum(plan._achieved().values())
        self.profile.active = False
        self.env.invalidate_all()
        achieved = plan._achieved()
        self.assertEqual({key for key, _month in achieved}, {0})
        self.assertAlmostEqual(sum(achieved.values()), before, 2)
        [may] = [month for _key, month in achieved if month.month == 5]
        action = plan.action_view_achieved(0, fields.Date.to_string(may))
        rows = self.env[action["res_model"]].search(action["domain"])
        self.assertAlmostEqual(sum(rows.mapped("turnover")), achieved[0, may], 2)

    def test_category_below_another(self):
        """A line counts for the nearest category above it that has targets."""
        below = self.categ.create({"name": "Add-ons", "parent_id": self.categ.id})
        leaf = self.categ.create({"name": "Themes", "parent_id": below.id})
        addon = self._product("Theme", categ_id=leaf.id)
        self._sell(self.ann, 0, "2026-08-01", lines=[(addon, 1, 500)])
        plan = self._plan("categ")
        self._holder(plan, self.categ)
        august = fields.Date.to_date("2026-08-01")
        self.assertEqual(plan._achieved()[self.categ.id, august], 500)
        self._holder(plan, below)
        self.assertEqual(plan._achieved()[below.id, august], 500)
        self.assertNotIn((self.categ.id, august), plan._achieved())
        self.assertEqual(told(plan), loop(plan))

    def test_changes_hands(self):
        """The number moves; the mark says when, from whom, by whom; both see it."""
        move = self._sell(self.ann, 1000, "2026-09-01")
        move.with_user(
            self.env.ref("base.user_admin")
        ).sudo().invoice_user_id = self.bob
        plan = self._plan()
        september = fields.Date.to_date("2026-09-01")
        achieved = plan._achieved()
        self.assertEqual(achieved[self.bob.id, september], 1000)
        self.assertNotIn((self.ann.id, september), achieved)
        invoice = self.env["invoice.salesman.invoice"].browse(move.id)
        mine = invoice.with_user(self.bob)
        self.assertEqual(mine.moved_from_id, self.ann)
        self.assertEqual(mine.moved_by_id, self.env.ref("base.user_admin"))
        self.assertTrue(mine.moved_on)
        Handover = self.env["invoice.salesman.handover"]
        for user in (self.ann, self.bob, self.lea):
            note = Handover.with_user(user).search([("move_id", "=", move.id)])
            self.assertEqual(note.to_user_id, self.bob)
            self.assertEqual(note.amount, 1000)
        move.invoice_user_id = self.bob
        self.assertEqual(Handover.search_count([("move_id", "=", move.id)]), 1)

    def test_which_documents_change_hands(self):
        """A customer's, of each kind, once it has been posted; bills are nobody's."""
        Handover = self.env["invoice.salesman.handover"]
        for kind, is_noted in (
            ("out_invoice", True),
            ("out_refund", True),
            ("out_receipt", True),
            ("in_invoice", False),
        ):
            with self.subTest(kind):
                move = self._sell(self.ann, 9, "2026-09-01", move_type=kind)
                move.invoice_user_id = self.bob
                noted = Handover.search([("move_id", "=", move.id)])
                self.assertEqual(bool(noted), is_noted)

    def test_one_query_however_many(self):
        """Whatever there is to count."""
        plan = self._plan()
        plan._achieved()
        with self.assertQueryCount(1):
            plan._achieved()
        for number in range(3):
            self._sell(self.bob, 10 + number, "2026-10-01")
        self.env.flush_all()
        with self.assertQueryCount(1):
            plan._achieved()

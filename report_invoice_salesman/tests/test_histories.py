import random
from datetime import date

from odoo.tests import tagged

from .common import SalesCase, loop, told

STEPS = (40, 40, 120)  # of each history
CENTS = 2


@tagged("post_install", "-at_install")
class TestHistories(SalesCase):
    """Whatever happens, the numbers are those of a loop over the lines."""

    def setUp(self):
        super().setUp()
        self.industry = self.env["res.partner.industry"].create({"name": "Mining"})
        self.deco = self.customer.create(
            {"name": "Deco", "is_company": True, "industry_id": self.industry.id}
        )
        self.profiles = self.env["crm.profiling.profile"].create(
            [{"name": "Large"}, {"name": "Small"}]
        )
        below = self.categ.create({"name": "Add-ons", "parent_id": self.categ.id})
        self.theme = self._product("Theme", 7.0, categ_id=below.id)
        self.other = self._company("Other Ltd")
        self.env.user.company_ids |= self.other
        account = self.env["account.account"].search(
            [("account_type", "=", "income"), ("company_ids", "=", self.company.id)]
        )
        self.rounding = self.env["account.cash.rounding"].create(
            {
                "name": "To the unit",
                "rounding": 1.0,
                "strategy": "add_invoice_line",
                "rounding_method": "HALF-UP",
                "profit_account_id": account[:1].id,
                "loss_account_id": account[:1].id,
            }
        )

    def test_random(self):
        for seed, steps in enumerate(STEPS):
            with self.subTest(seed=seed), self.env.cr.savepoint(flush=True):
                self._history(random.Random(seed), steps)

    def _history(self, dice, steps):
        moves = []
        for _step in range(steps):
            action = dice.choice(
                [
                    self._draft,
                    self._draft,
                    self._draft,
                    self._post,
                    self._post,
                    self._credit_one,
                    self._reset,
                    self._cancel,
                    self._reassign,
                    self._change,
                    self._archive,
                ]
            )
            action(dice, moves)
        self._compare(dice)

    def _pick(self, dice, moves, state):
        found = [move for move in moves if move.state == state]
        return dice.choice(found) if found else None

    def _draft(self, dice, moves):
        company = dice.choice([self.company, self.company, self.other])
        kind = dice.choice(
            ["out_invoice"] * 3 + ["out_refund", "out_receipt", "in_invoice"]
        )
        # those that mind have an account in the first company alone
        rounded = company == self.company and kind == "out_invoice"
        rounding = dice.choice([self.rounding, self.rounding.browse()])
        move = self._invoice(
            0,
            self._day(dice),
            post=dice.random() < 0.5,
            lines=[
                (
                    dice.choice([self.licence, self.theme, self.product]),
                    dice.randint(1, 5),
                    dice.choice([10, 99.99, 33.335, 1000]),
                )
                for _line in range(dice.randint(1, 3))
            ],
            move_type=kind,
            invoice_cash_rounding_id=rounded and rounding.id,
            partner_id=dice.choice([self.customer, self.deco]).id,
            invoice_user_id=dice.choice([self.ann.id, self.bob.id, False]),
            currency_id=dice.choice([self.euro, self.dollar]).id,
            company_id=company.id,
        )
        moves.append(move)

    def _day(self, dice):
        return date(dice.randint(2025, 2026), dice.randint(1, 12), dice.randint(1, 28))

    def _post(self, dice, moves):
        if move := self._pick(dice, moves, "draft"):
            move._post(soft=False)

    def _credit_one(self, dice, moves):
        move = self._pick(dice, moves, "posted")
        if move and move.move_type == "out_invoice":
            moves.append(self._credit(move, f"2026-{dice.randint(1, 12):02}-01"))

    def _reset(self, dice, moves):
        if move := self._pick(dice, moves, "posted"):
            move.button_draft()

    def _cancel(self, dice, moves):
        if move := self._pick(dice, moves, "draft"):
            move.button_cancel()

    def _reassign(self, dice, moves):
        if move := self._pick(dice, moves, "posted"):
            move.invoice_user_id = dice.choice([self.ann.id, self.bob.id, False])

    def _change(self, dice, _moves):
        """Of what is today's: costs, sectors, profiles."""
        product = dice.choice([self.licence, self.theme])
        product.with_company(self.company).standard_price = dice.randint(0, 80)
        partner = dice.choice([self.customer, self.deco])
        partner.industry_id = dice.choice([self.industry.id, False])
        membership = self.env["crm.profiling.membership"].search(
            [("partner_id", "=", partner.id)]
        )
        membership.unlink()
        for profile in self.profiles:
            if dice.random() < 0.5:
                membership.create(
                    {
                        "partner_id": partner.id,
                        "profile_id": profile.id,
                        "state": dice.choice(["pinned", "pinned", "barred"]),
                    }
                )

    def _archive(self, dice, _moves):
        """Somebody goes, or comes back."""
        user = dice.choice([self.ann, self.bob])
        user.active = not user.active

    def _is_of_team(self, move):
        """Whether the leader sees it: a member's, or the team's by the addon Sales."""
        is_teams = "team_id" in move._fields and move.team_id == self.team
        return is_teams or move.invoice_user_id == self.ann

    def _compare(self, dice):
        refs = {
            "user": self.ann,
            "team": self.team,
            "industry": self.industry,
            "profile": self.profiles[0],
            "categ": self.categ,
        }
        sums = {}
        for held_by, ref in refs.items():
            for metric in ("turnover", "margin", "number"):
                if (held_by, metric) == ("categ", "number"):
                    continue
                plan = self._plan(held_by, metric)
                self._holder(plan, ref)
                plan.action_start()
                sums[held_by, metric] = self._compare_plan(plan)
                self._compare_lists(plan, dice)
                if held_by == "team":
                    mine = plan.with_context(sales_targets_by="user")
                    self.assertEqual(told(mine), sums["user", metric])
                plan.unlink()
                theirs = self._plan(held_by, metric, company_id=self.other.id)
                self.assertEqual(told(theirs), loop(theirs), theirs.name)
                theirs.unlink()
        self._compare_wholes(sums)

    def _compare_plan(self, plan):
        """Compare what each role is told; return what is so for everybody."""
        whole = loop(plan)
        self.assertEqual(told(plan), whole, plan.name)
        for user in (self.ann, self.bob):
            mine = loop(plan, lambda move, user=user: move.invoice_user_id == user)
            self.assertEqual(told(plan.with_user(user)), mine, plan.name)
        members = told(plan.with_user(self.lea))
        self.assertEqual(members, loop(plan, self._is_of_team))
        self.assertEqual(told(plan.with_user(self.all)), whole)
        return whole

    def _compare_lists(self, plan, dice):
        """The list behind a number sums up to it, whoever opens it."""
        for user in (self.all, self.lea, self.ann):
            mine = plan.with_user(user)
            achieved = sorted(mine._achieved().items())
            for (key, month), amount in dice.sample(achieved, min(4, len(achieved))):
                action = mine.action_view_achieved(key, str(month))
                rows = mine.env[action["res_model"]].search(action["domain"])
                listed = sum(rows.mapped(plan.metric))
                self.assertAlmostEqual(listed, amount, CENTS, (plan.name, key, month))

    def _compare_wholes(self, sums):
        """People and nobody, sectors and none, categories and roundings: the same.

        And the same as Odoo's invoice analysis, which leaves roundings out.
        """
        report = self.env["account.invoice.report"].search(
            [
                ("company_id", "=", self.company.id),
                ("state", "=", "posted"),
                ("move_type", "in", ("out_invoice", "out_refund", "out_receipt")),
                ("invoice_date", ">=", "2026-01-01"),
                ("invoice_date", "<=", "2026-12-31"),
            ]
        )
        analysis = sum(report.mapped("price_subtotal"))
        by_categ = sums["categ", "turnover"]
        rounding = sum(v for (key, _month), v in by_categ.items() if key == -1)
        for held_by in ("user", "team", "industry", "categ"):
            whole = sum(sums[held_by, "turnover"].values())
            self.assertAlmostEqual(whole, analysis + rounding, CENTS, held_by)
            margin = sum(sums[held_by, "margin"].values())
            self.assertAlmostEqual(margin, sum(sums["user", "margin"].values()), CENTS)

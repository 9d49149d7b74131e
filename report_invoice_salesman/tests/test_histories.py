import os
import random
import time
from contextlib import suppress
from datetime import date
from unittest import skipUnless

from odoo import Command
from odoo.tests import tagged

from .common import SalesCase, loop, told

STEPS = (40, 40, 120)  # of each history
CENTS = 2


class Undone(Exception):
    """Raised to take back what a history did."""


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

        self.dozen = self.env.ref("uom.product_uom_dozen")

    def test_random(self):
        for seed, steps in enumerate(STEPS):
            with self.subTest(seed=seed):
                self._try(seed, range(steps))

    @skipUnless(os.environ.get("FUZZ_MINUTES"), "make fuzz tries more histories")
    def test_many_histories(self):
        seed = int(os.environ.get("FUZZ_SEED") or time.time())
        end = time.monotonic() + 60 * float(os.environ["FUZZ_MINUTES"])
        while time.monotonic() < end:
            steps = range(random.Random(seed).choice([15, 40, 80, 150]))
            try:
                self._try(seed, steps)
            except AssertionError as error:
                if os.environ.get("FUZZ_SHRINK"):
                    error, steps = self._shortest(seed, list(steps), error)
                self.fail(f"SEED={seed}, steps {list(steps)}:\n{error}")
            seed += 1

    def _shortest(self, seed, steps, error):
        """Leave out what is not needed for it to fail."""
        size = len(steps) // 2
        while size:
            at = 0
            while at < len(steps):
                fewer = steps[:at] + steps[at + size :]
                try:
                    self._try(seed, fewer)
                    at += size
                except AssertionError as less:
                    steps, error = fewer, less
            size //= 2
        return f"{error}\n" + "\n".join(self.story), steps

    def _try(self, seed, steps):
        """Go through some steps of a history, compare, and take all of it back."""
        with suppress(Undone), self.env.cr.savepoint(flush=True):
            self._history(seed, steps)
            raise Undone
        self.env.invalidate_all()

    def _history(self, seed, steps):
        """Each step has dice of its own: others can be left out."""
        moves, self.story, self.frozen = [], [], {}
        for step in steps:
            dice = random.Random(f"{seed} {step}")
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
                    self._edit,
                    self._edit,
                    self._reassign,
                    self._change,
                    self._archive,
                ]
            )
            self.story.append(f"{step}. {action.__name__}")
            action(dice, moves)
            self._freeze(moves)
        self._compare_costs(moves)
        self._compare(random.Random(seed))

    def _freeze(self, moves):
        """Note what the lines posted just now cost from now on."""
        for move in moves:
            if move.state != "posted" or not move.is_sale_document(True):
                continue
            twins = list(move.reversed_entry_id.invoice_line_ids)
            for line in move.invoice_line_ids:
                what = (line.product_id, line.product_uom_id)
                if self.frozen.get(line, [None])[0] == what:
                    continue
                self.frozen[line] = (what, self._cost(line, what, twins))

    def _cost(self, line, what, twins):
        """Of a unit: as in the credited invoice, else what it costs today."""
        same = [one for one in twins if self._what(one) == what]
        for twin in same:
            if twin.quantity == line.quantity:
                twins.remove(twin)
                return self.frozen[twin][1]
        if quantity := sum(one.quantity for one in same):
            return sum(self.frozen[one][1] * one.quantity for one in same) / quantity
        if same:
            return self.frozen[same[0]][1]
        product = line.product_id.with_company(line.company_id)
        dozen = line.product_uom_id == self.dozen
        return product.standard_price * (12 if dozen else 1)

    def _what(self, line):
        return self.frozen.get(line, [None])[0]

    def _compare_costs(self, moves):
        """What is stored on lines and documents is what they cost when posted."""
        for move in moves:
            if move.state != "posted" or not move.is_sale_document(True):
                continue
            sign = -1 if move.move_type == "out_refund" else 1
            whole = 0
            for line in move.invoice_line_ids:
                _noted_for, cost = self.frozen[line]
                total = sign * cost * line.quantity
                self.assertAlmostEqual(line.sales_cost_total, total, CENTS, move.name)
                whole += total
            self.assertAlmostEqual(move.sales_cost, whole, CENTS, move.name)

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
        move = self._pick(dice, moves, "draft")
        if move and move.amount_total >= 0:  # others Odoo refuses
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

    def _edit(self, dice, moves):
        """Other quantities, units, products or days while it is a draft."""
        move = self._pick(dice, moves, "draft")
        if not move or not move.invoice_line_ids:
            return
        line = dice.choice(move.invoice_line_ids)
        how = dice.choice(["quantity", "unit", "product", "more", "less", "day"])
        product = dice.choice([self.licence, self.theme, self.product])
        if how == "quantity":
            line.quantity = dice.randint(-2, 6)
        elif how == "unit":
            line.product_uom_id = dice.choice([self.dozen, line.product_id.uom_id])
        elif how == "product":
            line.product_id = product
        elif how == "more":
            vals = {"product_id": product.id, "quantity": 2, "price_unit": 70}
            move.invoice_line_ids = [Command.create({**vals, "tax_ids": False})]
        elif how == "less" and len(move.invoice_line_ids) > 1:
            line.unlink()
        elif how == "day" and not move.posted_before:
            move.invoice_date = self._day(dice)

    def _reassign(self, dice, moves):
        if move := self._pick(dice, moves, "posted"):
            move.invoice_user_id = dice.choice([self.ann.id, self.bob.id, False])

    def _change(self, dice, _moves):
        """Of what is today's: costs, sectors, profiles."""
        product = dice.choice([self.licence, self.theme])
        company = dice.choice([self.company, self.company, self.other])
        product.with_company(company).standard_price = dice.randint(0, 80)
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
                    mine = plan._counted_by("user")
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

from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.crm_profiling import names

from .common import SalesCase


@tagged("post_install", "-at_install")
class TestGrid(SalesCase):
    """Typed, pasted, from last year, spread: all of it, or nothing."""

    def setUp(self):
        super().setUp()
        self.plan = self._plan()
        self.holder = self._holder(self.plan, self.ann)

    def _cells(self, holder=None):
        targets = (holder or self.holder).target_ids
        return {target.month.month: target.amount for target in targets}

    def _fill(self, method, plan=None, **vals):
        self.env["invoice.salesman.fill"].create(
            {"plan_id": (plan or self.plan).id, "method": method, **vals}
        ).action_fill()

    def test_typed(self):
        cells = [
            [self.holder.id, "2026-01-01", "1,200"],
            [self.holder.id, "2026-02-01", 50],
        ]
        grid = self.plan.set_cells(cells)
        self.assertEqual(self._cells(), {1: 1200, 2: 50})
        self.assertEqual(grid["holders"][0]["cells"][:3], [1200, 50, None])
        self.plan.set_cells([[self.holder.id, "2026-01-01", ""]])
        self.assertEqual(self._cells(), {2: 50})

    def test_nothing_half_written(self):
        with self._refused(UserError, "much"):
            self.plan.set_cells(
                [
                    [self.holder.id, "2026-01-01", 5],
                    [self.holder.id, "2026-02-01", "much"],
                ]
            )
        self.assertEqual(self._cells(), {})
        for cells in (
            "x",
            [1],
            [[self.holder.id, "2027-01-01", 5]],
            [[self.holder.id + 1000, "2026-01-01", 5]],
            [[self.holder.id, None, 5]],
            [[None, "2026-01-01", 5]],
        ):
            with self.assertRaises(ValidationError):
                self.plan.set_cells(cells)
        for amount in (-1, True, 1e15, float("nan"), float("inf"), [], "1e9", 10**400):
            with self.assertRaises(UserError):
                self.plan.set_cells([[self.holder.id, "2026-01-01", amount]])

    def test_what_is_no_target(self):
        """By no way: neither written at once, nor worked out."""
        Target = self.env["invoice.salesman.target"]
        self.plan.set_cells([[self.holder.id, "2026-03-01", 7]])
        for amount in (float("nan"), float("inf"), -1, 1e300, 10**400, "seven", [7]):
            for write in (
                lambda amount: self.holder.target_ids.write({"amount": amount}),
                lambda amount: Target.create(
                    {
                        "holder_id": self.holder.id,
                        "month": "2026-04-01",
                        "amount": amount,
                    }
                ),
            ):
                with (
                    self.subTest(amount=amount),
                    self._refused(ValidationError, "no target"),
                ):
                    write(amount)
        self._sell(self.ann, 100, "2025-03-01")
        for percent in (1e300, -300, float("nan")):
            with (
                self.subTest(percent=percent),
                self._refused(ValidationError, "no target"),
            ):
                self._fill("last_year", percent=percent)
        self.assertEqual(self._cells(), {3: 7})

    def test_pasted(self):
        self.plan.paste(
            "\tJan\tFebruary 2026\t2026-03\nann\t100\t200\t\nBob\t1\t2\t3\n"
        )
        self.assertEqual(self._cells(), {1: 100, 2: 200})
        bob = self.plan.holder_ids - self.holder
        self.assertEqual(bob.user_id, self.bob)
        self.assertEqual(self._cells(bob), {1: 1, 2: 2, 3: 3})

    def test_pasted_without_months(self):
        self.plan.paste("Ann\t" + "\t".join(["10"] * 12))
        self.assertEqual(self._cells(), {month: 10 for month in range(1, 13)})

    def test_pasted_with_sums(self):
        """The grid as it stands on the screen, its sums among it."""
        self.plan.paste("\tJan\tFeb\tSum\nAnn\t1\t2\t3\nBob\t4\t5\t9\nSum\t5\t7\t12")
        self.assertEqual(self._cells(), {1: 1, 2: 2})
        self.assertEqual(self.plan.holder_ids.user_id, self.ann | self.bob)
        with self._refused(UserError, "Sum"):
            self.plan.paste("Sum\t5\t7\nAnn\t1\t2")

    def test_pasted_sums_alone(self):
        for text in ("Sum", "Sum\t5\t7", "Sum\nSum", "Sum\nAnn\t1"):
            with self.subTest(text), self.assertRaises(UserError):
                self.plan.paste(text)
        with self._refused(UserError, "2 amounts"):
            self.plan.paste("\tJan\tSum\nAnn\t1\t1\t9")
        self.assertEqual(self._cells(), {})

    def test_who_is_pasted_stands_last(self):
        self.holder.sequence = 40
        self.plan.paste("Max\t1\nBob\t2\nAnn\t3")
        order = self.plan.holder_ids.sorted().user_id
        self.assertEqual(order.ids, (self.ann + self.max + self.bob).ids)

    def test_what_is_wrong_is_told_at_once(self):
        text = "\tJan\tSmarch\nAnn\t1\t2\nAnn\t3\t4\nNobody\tmuch\t5"
        with self.assertRaises(UserError) as refused:
            self.plan.paste(text)
        self.assertEqual(str(refused.exception).count("twice"), 1)
        for word in ("Smarch", "Ann", "twice", "Nobody", "much"):
            self.assertIn(word, str(refused.exception))
        self.assertEqual(self._cells(), {})
        self.assertEqual(self.plan.holder_ids, self.holder)
        for text in ("", "Ann\t" + "\t".join(["10"] * 13)):
            with self.assertRaises(UserError):
                self.plan.paste(text)

    def test_why_nobody_is_meant_by_a_name(self):
        """Nobody is called so, or more than one."""
        self._user("other_ann", "group_sale_salesman").name = "Ann"
        with self.assertRaises(UserError) as refused:
            self.plan.paste("Ann\t1\nNobody\t2\nBob\t3")
        self.assertEqual(
            str(refused.exception).splitlines()[1:],
            ["There are several with the name “Ann”.", "“Nobody” is not known."],
        )

    def test_a_heading_that_is_none(self):
        """Names of months are looked up for as many columns as there are months."""
        with patch.object(names, "key", wraps=names.key) as looked:
            with self.assertRaises(UserError):
                self.plan.paste("Ann\t" + "\t".join(["x" * 150] * 1000))
        letters = [len(call.args[0]) for call in looked.call_args_list]
        self.assertEqual(letters.count(100), 13)
        self.assertLessEqual(letters.count(150), 1)  # the last, which may be a sum

    def test_last_year_and_ten_percent(self):
        self._sell(self.ann, 1000, "2025-03-31")
        self._sell(self.ann, 400, "2025-04-01")
        self._sell(self.ann, 500, "2025-05-01", move_type="out_refund")
        self._sell(self.bob, 70, "2025-03-01")
        self._fill("last_year", percent=10)
        cells = self._cells()
        self.assertEqual((cells[3], cells[4], cells[5]), (1100, 440, 0))
        self.assertEqual(len(cells), 12)

    def test_a_year_ago_february_had_a_day_more(self):
        plan = self._plan(year=2024, date_from="2024-03-01", date_to="2025-02-28")
        holder = self._holder(plan, self.ann)
        self._sell(self.ann, 29, "2024-02-29")
        self._sell(self.ann, 1, "2024-03-01")  # of the first month of the plan
        self._sell(self.ann, 3, "2023-03-01")
        self._fill("last_year", plan, percent=0)
        cells = self._cells(holder)
        self.assertEqual((cells[2], cells[3]), (29, 3))

    def test_a_sum_for_the_year(self):
        self._sell(self.ann, 3000, "2025-03-31")
        self._sell(self.ann, 1000, "2025-04-01")
        for method in ("evenly", "by_days", "by_last_year"):
            self._fill(method, amount=120000.01)
            cells = self._cells()
            self.assertAlmostEqual(sum(cells.values()), 120000.01, 2)
        self.assertAlmostEqual(cells[3], 90000.01, 2)
        self._fill("evenly", amount=120000)
        self.assertEqual(set(self._cells().values()), {10000})
        self._fill("evenly", amount=12, replace=False)
        self.assertEqual(set(self._cells().values()), {10000})

    def test_who_joins_and_leaves(self):
        """Has the share of their working days."""
        self.holder.write({"date_from": "2026-07-01", "date_to": "2026-09-15"})
        self._fill("by_days", amount=120000)
        cells = self._cells()
        self.assertEqual(sum(cells[month] for month in (1, 6, 10, 12)), 0)
        self.assertLess(cells[9], cells[8])
        days = self.env["invoice.salesman.days"]
        whole = sum(days._by_month(self.company, self.plan._months()).values())
        there = 23 + 21 + 11  # working days of July, August, half of September 2026
        self.assertAlmostEqual(sum(cells.values()), 120000 * there / whole, 2)

    def test_a_month_in_which_nobody_works(self):
        """Has nothing, and nothing is divided by it."""
        calendar = self.company.resource_calendar_id
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Closed",
                "calendar_id": calendar.id,
                "company_id": self.company.id,
                "date_from": "2026-07-31 00:00:00",
                "date_to": "2026-09-01 00:00:00",
            }
        )
        for date in ("2025-05-10", "2025-08-10"):
            self._sell(self.ann, 1000, date)
        for method in ("evenly", "by_days", "by_last_year", "last_year"):
            self._fill(method, amount=120000)
            self.assertEqual(self._cells()[8], 0, method)
        self.plan.action_start()
        Comparison = self.env["invoice.salesman.comparison"].with_user(self.all)
        for day, over in (("2026-07-31", 0), ("2026-08-30", 0), ("2026-08-31", 1)):
            with self.subTest(day), freeze_time(f"{day} 12:00:00"):
                shares = Comparison.get_comparison(self.plan.id)["shares"]
                self.assertEqual(shares[7], over)
                self.env["invoice.salesman.board"].with_user(self.ann).get_board()

    def test_who_joins_has_a_share_of_last_year(self):
        """Nothing of the months before, of the month itself that of their days."""
        for date, amount in (("2025-06-10", 500), ("2025-07-10", 2300)):
            self._sell(self.ann, amount, date)
        self.holder.date_from = "2026-07-16"  # the last 12 of 23 working days
        self._fill("last_year", percent=10)
        cells = self._cells()
        self.assertEqual((cells[6], cells[7]), (0, 1320))

    def test_team_to_its_members(self):
        teams = self._plan("team")
        team = self._holder(teams, self.team)
        teams.set_cells([[team.id, "2026-01-01", 900], [team.id, "2026-02-01", 100]])
        lea = self._holder(self.plan, self.lea)
        self.team.member_ids |= self.lea
        self.plan.set_cells(
            [[self.holder.id, "2026-01-01", 200], [lea.id, "2026-01-01", 100]]
        )
        grid = teams.get_grid()
        self.assertEqual(grid["holders"][0]["members"][:2], [300, 0])
        grid = teams.spread_team(team.id)
        self.assertEqual(grid["holders"][0]["members"][:2], [900, 100])
        self.assertEqual(self._cells(), {1: 600, 2: 50})
        with self.assertRaises(UserError):
            teams.spread_team(lea.id)

    def test_team_to_members_who_are_there(self):
        """Where nobody has anything, who has left gets nothing, either."""
        teams = self._plan("team")
        team = self._holder(teams, self.team)
        months = ("2026-05-01", "2026-06-01", "2026-07-01")
        teams.set_cells([[team.id, month, 900] for month in months])
        self.team.member_ids |= self.lea
        lea = self._holder(self.plan, self.lea)
        lea.date_to = "2026-06-15"
        teams.spread_team(team.id)
        cells = self._cells()
        self.assertEqual((cells[5], cells[7]), (450, 900))
        self.assertEqual(self._cells(lea)[5], 450)
        self.assertEqual(round(self._cells(lea)[6]), 300)  # 11 days of 22, by Ann's 22
        self.assertEqual(self._cells(lea)[7], 0)

    def test_team_and_its_members_in_another_company(self):
        """Their targets there are neither counted nor changed here."""
        other = self._company("Other Ltd")
        (self.env.user | self.ann).company_ids |= other
        both = (self.company | other).ids
        theirs = self._plan(company_id=other.id).with_context(allowed_company_ids=both)
        there = self._holder(theirs, self.ann)
        theirs.set_cells([[there.id, "2026-01-01", 5]])
        teams = self._plan("team").with_context(allowed_company_ids=both)
        team = self._holder(teams, self.team)
        teams.set_cells([[team.id, "2026-01-01", 900]])
        self.plan.set_cells([[self.holder.id, "2026-01-01", 100]])
        members = teams.get_grid()["holders"][0]["members"]
        self.assertEqual(members[:2], [100, 0])
        members = teams.spread_team(team.id)["holders"][0]["members"]
        self.assertEqual(members[:2], [900, 0])
        self.assertEqual((self._cells(), self._cells(there)), ({1: 900}, {1: 5}))

    def test_a_closed_plan(self):
        self.plan.action_start()
        self.plan.action_close()
        for change in (
            lambda: self.plan.paste("Ann\t1"),
            lambda: self._fill("evenly", amount=12),
        ):
            with self._refused(UserError, "closed"):
                change()

from freezegun import freeze_time

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import BoardCase


@tagged("post_install", "-at_install")
class TestBoard(BoardCase):
    """Where one stands, where one should be, what each day has to bring."""

    @freeze_time("2026-06-10 12:00:00")
    def test_figures(self):
        """June 2026 has 22 working days; on the 10th, 8 of them are over."""
        board = self._board()
        month = board["month"]
        self.assertEqual(month["target"], 2200)
        self.assertEqual(month["achieved"], 800)
        self.assertAlmostEqual(month["should"], 800)
        self.assertEqual(month["days_left"], 14)
        self.assertAlmostEqual(month["per_day"], 100)
        year = board["year"]
        self.assertEqual((year["target"], year["achieved"]), (26400, 5800))
        self.assertAlmostEqual(year["should"], 5 * 2200 + 800)
        self.assertEqual(board["now"], 5)
        self.assertEqual([one["turnover"] for one in board["newest"]], [800, 5000])

    @freeze_time("2026-06-10 12:00:00")
    def test_leave(self):
        """A week off, and the days that are left have to bring more."""
        resource = self.env["resource.resource"].create(
            {
                "name": "Ann",
                "user_id": self.ann.id,
                "company_id": self.company.id,
                "calendar_id": self.company.resource_calendar_id.id,
                "tz": "UTC",
            }
        )
        self.env["resource.calendar.leaves"].create(
            {
                "resource_id": resource.id,
                "calendar_id": resource.calendar_id.id,
                "company_id": self.company.id,
                "date_from": "2026-06-15 00:00:00",
                "date_to": "2026-06-19 23:00:00",
            }
        )
        month = self._board()["month"]
        self.assertEqual(month["days_left"], 9)
        self.assertAlmostEqual(month["per_day"], 1400 / 9)

    @freeze_time("2026-06-10 12:00:00")
    def test_whose(self):
        """One's own; a leader's members; everybody's for who sees all."""
        self.assertFalse(self._board(self.bob)["choices"])
        for user in (self.lea, self.all, self.max):
            [choice] = self._board(user)["choices"]
            self.assertEqual(choice["name"], "Ann")
        with self.assertRaises(UserError):
            self._board(self.bob, holder_id=self.holder.id)
        with self.assertRaises(ValidationError):
            self._board(holder_id="x")

    def test_today_is_over_on_the_board_and_in_the_comparison(self):
        """The same day by day: the last of a month's working days makes it whole."""
        Comparison = self.env["invoice.salesman.comparison"].with_user(self.all)
        for day, over in (
            ("2026-06-01", 1 / 22),
            ("2026-06-10", 8 / 22),
            ("2026-06-30", 1),
        ):
            with self.subTest(day=day), freeze_time(f"{day} 12:00:00"):
                shares = Comparison.get_comparison(self.plan.id)["shares"]
                self.assertAlmostEqual(shares[5], over)
                self.assertEqual(shares[4:7:2], [1, 0])
                month = self._board()["month"]
                self.assertAlmostEqual(month["should"], over * month["target"])

    def test_a_month_without_a_working_day_counts_once_it_is_over(self):
        """Of who left in March and has targets still, as in the comparison."""
        self.holder.date_to = "2026-03-31"
        for day, months in (("2026-04-29", 3), ("2026-04-30", 4), ("2026-06-10", 5)):
            with self.subTest(day=day), freeze_time(f"{day} 12:00:00"):
                board = self._board()
                self.assertEqual(board["year"]["should"], months * 2200)
                self.assertEqual(board["month"]["days_left"], 0)

    def test_of_today(self):
        """The plan's last day is one of its days, and so is its first."""
        drafts = self._plan("team")
        self._holder(drafts, self.team)
        for day, count in (
            ("2025-12-31", 0),
            ("2026-01-01", 1),
            ("2026-12-31", 1),
            ("2027-01-01", 0),
        ):
            with self.subTest(day=day), freeze_time(f"{day} 12:00:00"):
                self.assertEqual(len(self._board(self.max)["choices"]), count)

    @freeze_time("2026-06-10 12:00:00")
    def test_ones_own_before_the_teams(self):
        """Whichever is found first; and nobody else's."""
        teams = self._plan("team", name="A")
        self._holder(teams, self.team)
        teams.action_start()
        lea = self._holder(self.plan, self.lea)
        board = self._board(self.lea)
        self.assertEqual(board["holder_id"], lea.id)
        self.assertEqual(board["choices"][-1]["plan"], "A")
        self.assertEqual([one["mine"] for one in board["choices"]].count(True), 1)
        self.assertFalse(board["manager"])
        self.assertTrue(self._board(self.max)["manager"])

    def test_nothing_is_left_to_do(self):
        """The target is reached, or the month has no working day any more."""
        with freeze_time("2026-01-30 12:00:00"):
            month = self._board()["month"]
            self.assertEqual((month["days_left"], month["per_day"]), (0, None))
        with freeze_time("2026-01-29 12:00:00"):
            month = self._board()["month"]
            self.assertEqual((month["days_left"], month["per_day"]), (1, 0))

    @freeze_time("2026-06-10 12:00:00")
    def test_the_newest_are_a_few(self):
        for number in range(1, 10):
            self._sell(self.ann, number, f"2026-05-0{number}")
        newest = [one["turnover"] for one in self._board()["newest"]]
        self.assertEqual(newest, [800, 9, 8, 7, 6, 5, 4, 3])

    @freeze_time("2026-06-10 12:00:00")
    def test_ranking_of_those_who_should_have_something(self):
        """By name where they are equal; a plan of teams has none."""
        self.plan.show_ranking = True
        bob, lea, new = (
            self._holder(self.plan, user) for user in (self.bob, self.lea, self.all)
        )
        self.plan.set_cells(
            [
                [lea.id, "2026-01-01", 100],
                [bob.id, "2026-01-01", 100],
                [new.id, "2026-07-01", 100],
            ]
        )
        ranking = self._board(self.bob)["ranking"]
        self.assertEqual([row["name"] for row in ranking], ["Ann", "Bob", "Lea"])
        self.assertEqual([row["mine"] for row in ranking], [False, True, False])
        teams = self._plan("team", show_ranking=True)
        held = self._holder(teams, self.team)
        teams.action_start()
        self.assertIsNone(self._board(self.max, holder_id=held.id)["ranking"])

    @freeze_time("2026-06-10 12:00:00")
    def test_ranking(self):
        """Only where it is switched on, and in percent."""
        self.assertIsNone(self._board()["ranking"])
        bob = self._holder(self.plan, self.bob)
        self.plan.set_cells([[bob.id, "2026-01-01", 100]])
        self.plan.show_ranking = True
        ranking = self._board(self.bob)["ranking"]
        self.assertEqual([row["name"] for row in ranking], ["Ann", "Bob"])
        self.assertEqual(set(ranking[0]), {"name", "percent", "mine"})

    @freeze_time("2026-06-10 12:00:00")
    def test_handed_over(self):
        move = self._sell(self.ann, 90, "2026-06-03")
        move.invoice_user_id = self.bob
        # whose a draft is to be is still to be decided
        draft = self._sell(self.ann, 50, "2026-06-03", post=False)
        draft.invoice_user_id = self.bob
        [note] = self._board()["handed_over"]
        self.assertEqual((note["to"], note["amount"]), ("Bob", 90))

    @freeze_time("2026-06-10 12:00:00")
    def test_handed_over_since_the_plan_began(self):
        """By a team nothing is handed over, and last year is over."""
        with freeze_time("2025-12-31 23:00:00"):
            move = self._sell(self.ann, 90, "2025-12-01")
            move.invoice_user_id = self.bob
        self.assertEqual(self._board()["handed_over"], [])
        with freeze_time("2026-01-01 00:00:00"):
            move.invoice_user_id = self.ann
            move.invoice_user_id = self.bob
        self.assertEqual(len(self._board()["handed_over"]), 1)
        teams = self._plan("team")
        held = self._holder(teams, self.team)
        teams.action_start()
        self.assertEqual(self._board(self.max, holder_id=held.id)["handed_over"], [])

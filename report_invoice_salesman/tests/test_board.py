from contextlib import contextmanager

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import SalesCase


@tagged("post_install", "-at_install")
class TestBoard(SalesCase):
    """Where one stands, where one should be, what each day has to bring."""

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

    @freeze_time("2026-06-10 12:00:00")
    def test_pipeline(self):
        self.env["crm.lead"].create(
            {
                "name": "A deal",
                "type": "opportunity",
                "user_id": self.ann.id,
                "company_id": self.company.id,
                "expected_revenue": 1000,
                "probability": 25,
            }
        )
        self.assertEqual(self._board()["coming"]["pipeline"], 250)

    @freeze_time("2026-06-10 12:00:00")
    def test_pipeline_of_the_plan(self):
        """What may be won until its last day, by whoever holds the targets."""
        Lead = self.env["crm.lead"]

        def worth(**vals):
            """Return what one more deal adds to the pipelines of Ann and her team."""
            before = [self._board(self.max, holder_id=one.id) for one in holders]
            lead = Lead.create(
                {
                    "name": "A deal",
                    "type": "opportunity",
                    "user_id": self.ann.id,
                    "team_id": False,
                    "company_id": self.company.id,
                    "expected_revenue": 1000,
                    "probability": 25,
                    **vals,
                }
            )
            after = [self._board(self.max, holder_id=one.id) for one in holders]
            lead.unlink()
            return [
                two["coming"]["pipeline"] - one["coming"]["pipeline"]
                for one, two in zip(before, after, strict=True)
            ]

        teams = self._plan("team")
        holders = [self.holder, self._holder(teams, self.team)]
        teams.action_start()
        for vals, expected in (
            ({}, [250, 0]),
            ({"date_deadline": "2026-12-31"}, [250, 0]),
            ({"date_deadline": "2027-01-01"}, [0, 0]),
            ({"company_id": False}, [250, 0]),
            ({"type": "lead"}, [0, 0]),
            ({"probability": 100}, [0, 0]),
            ({"user_id": self.bob.id, "team_id": self.team.id}, [0, 250]),
        ):
            with self.subTest(**vals):
                self.assertEqual(worth(**vals), expected)

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

    def test_a_company_without_a_calendar(self):
        """Works from Monday to Friday, the first and the last day included."""
        self.company.resource_calendar_id = False
        Days = self.env["invoice.salesman.days"]
        since, until = map(fields.Date.to_date, ("2026-06-05", "2026-06-09"))
        days = Days._by_day(self.company, since, until)
        self.assertEqual([day.day for day in sorted(days)], [5, 8, 9])
        months = [fields.Date.to_date("2026-06-01")]
        worked = Days._by_month(self.company, months, since=since, until=until)
        self.assertEqual(worked, {months[0]: 3.0})

    def test_a_long_day_is_one_day(self):
        """And a short one a part of one, by the hours of the calendar."""
        calendar = self.company.resource_calendar_id
        monday = calendar.attendance_ids.filtered(lambda one: one.dayofweek == "0")
        monday[1:].unlink()
        monday[0].write({"hour_from": 6, "hour_to": 20})
        tuesday = calendar.attendance_ids.filtered(lambda one: one.dayofweek == "1")
        tuesday[1:].unlink()
        tuesday[0].write({"hour_from": 8, "hour_to": 12})
        calendar.hours_per_day = 8
        days = self.env["invoice.salesman.days"]._by_day(
            self.company, *map(fields.Date.to_date, ("2026-06-08", "2026-06-09"))
        )
        self.assertEqual([days[day] for day in sorted(days)], [1.0, 0.5])

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
    def test_told_once_a_month_and_reason(self):
        """Reached, or behind; and not again before the next month."""
        Notice = self.env["invoice.salesman.notice"]
        self.plan.warn_below = 101
        for _day in range(2):
            Notice._cron_tell()
        self.assertEqual(self.holder.activity_ids.user_id, self.ann)
        self.assertEqual(len(self.holder.activity_ids), 1)
        self._sell(self.ann, 1400, "2026-06-09")
        for _day in range(2):
            Notice._cron_tell()
        self.assertEqual(len(self.holder.activity_ids), 2)

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

    def test_told_at_the_limit(self):
        """Who stands exactly there is not below it; who has just enough has enough."""
        Notice = self.env["invoice.salesman.notice"]
        for reached, warn_below, told in (
            (800, 100, False),  # of 800 that should be
            (799, 100, "behind"),
            (2199, 100, False),
            (2200, 100, "reached"),
        ):
            with self.subTest(reached=reached), freeze_time("2026-06-10 12:00:00"):
                self.plan.warn_below = warn_below
                standing = {"target": 2200, "achieved": reached, "should": 800}
                reason = Notice._reason(self.plan, standing)
                self.assertEqual(reason or False, told)

    def test_who_is_told(self):
        """Those who hold targets of this month, while the plan is on, and are there."""
        Notice = self.env["invoice.salesman.notice"]
        bob = self._holder(self.plan, self.bob)
        self.plan.set_cells([[bob.id, "2026-07-01", 100], [bob.id, "2026-06-01", 0]])
        self.plan.warn_below = 100
        gone = self._user("gone", "group_sale_salesman")
        left = self._holder(self.plan, gone)
        self.plan.set_cells([[left.id, "2026-06-01", 100]])
        gone.active = False

        def told(day):
            with freeze_time(f"{day} 12:00:00"):
                before = Notice.search([])
                Notice._cron_tell()
                return (Notice.search([]) - before).holder_id

        self.assertEqual(told("2026-06-30"), self.holder)
        self.assertEqual(told("2025-12-31"), Notice.holder_id)
        self.assertEqual(told("2027-01-01"), Notice.holder_id)
        self.assertEqual(told("2026-12-31"), self.holder)
        self.assertEqual(told("2026-01-02"), self.holder)  # reached in January
        self.plan.action_draft()
        self.assertEqual(told("2026-07-31"), Notice.holder_id)
        self.plan.action_start()
        self.assertEqual(told("2026-07-31"), self.holder | bob)

    @freeze_time("2026-06-10 12:00:00")
    def test_told_in_their_language(self):
        """It is a job that tells, and that speaks English."""
        self.env["res.lang"]._activate_lang("ru_RU")
        self.ann.lang = "ru_RU"
        self.plan.warn_below = 101
        self.env["invoice.salesman.notice"]._cron_tell()
        self._sell(self.ann, 1400, "2026-06-09")
        self.env["invoice.salesman.notice"]._cron_tell()
        said = self.holder.activity_ids.mapped("summary")
        self.assertEqual(len(said), 2)
        for summary in said:
            self.assertRegex(summary, "[а-я]")

    @freeze_time("2026-08-02 12:00:00")
    def test_not_told_while_nothing_is_to_be_achieved(self):
        """A credit note on a weekend that begins a month; and where nobody is told."""
        Notice = self.env["invoice.salesman.notice"]
        august = self.env["invoice.salesman.target"].search(
            [("holder_id", "=", self.holder.id), ("month", "=", "2026-08-01")]
        )
        august = august or august.create(
            {"holder_id": self.holder.id, "month": "2026-08-01", "amount": 100}
        )
        credit = self._credit(self._sell(self.ann, 50, "2026-07-30"), "2026-08-01")
        credit.invoice_user_id = self.ann
        self.plan.warn_below = 80
        Notice._cron_tell()
        self.assertFalse(self.holder.activity_ids)
        self.plan.warn_below = 0
        with freeze_time("2026-08-20 12:00:00"):
            Notice._cron_tell()
        self.assertFalse(self.holder.activity_ids)
        self.plan.warn_below = 80
        with freeze_time("2026-08-20 12:00:00"):
            Notice._cron_tell()
        self.assertEqual(len(self.holder.activity_ids), 1)

    @freeze_time("2026-06-10 12:00:00")
    def test_digest(self):
        """One's own, in the digest's windows; not without a target."""
        digest = self.env["digest.digest"].create(
            {"name": "Daily", "kpi_sales_targets": True, "company_id": self.company.id}
        )
        self._sell(self.ann, 33, "2026-06-10")
        # of the day on which the window of a day begins: it was told yesterday
        self._sell(self.ann, 44, "2026-06-09")
        kpis = {
            kpi["kpi_name"]: kpi for kpi in digest._compute_kpis(self.company, self.ann)
        }
        columns = [kpis["kpi_sales_targets"][f"kpi_col{n}"]["value"] for n in (1, 2, 3)]
        self.assertIn("33", columns[0])
        self.assertIn("77", columns[1])
        self.assertIn("877", columns[2])
        kpis = digest._compute_kpis(self.company, self.bob)
        self.assertNotIn("kpi_sales_targets", [kpi["kpi_name"] for kpi in kpis])
        bob = digest.with_user(self.bob)
        now = fields.Datetime.now()
        with self.assertRaises(AccessError):
            bob.with_context(start_datetime=now, end_datetime=now).mapped(
                "kpi_sales_targets_value"
            )

    @freeze_time("2026-06-10 12:00:00")
    def test_digest_for_whom_a_plan_is_on(self):
        digest = self.env["digest.digest"].create(
            {"name": "Daily", "kpi_sales_targets": True, "company_id": self.company.id}
        )

        def told():
            kpis = digest._compute_kpis(self.company, self.ann)
            return "kpi_sales_targets" in [kpi["kpi_name"] for kpi in kpis]

        self.assertTrue(told())
        for press, expected in (
            ("action_close", False),
            ("action_reopen", True),
            ("action_draft", False),
        ):
            getattr(self.plan, press)()
            self.assertEqual(told(), expected, press)

    @freeze_time("2026-06-10 12:00:00")
    def test_constant_queries(self):
        """However many invoices, and people, there are."""
        self._board()
        self.env.flush_all()
        self.env.invalidate_all()
        with self._counted() as first:
            self._board()
        for number in range(5):
            self._sell(self.ann, number + 1, "2026-06-04")
        self._holder(self.plan, self.bob)
        self._board()  # what posting made Odoo forget
        self.env.flush_all()
        self.env.invalidate_all()
        with self._counted() as second:
            self._board()
        self.assertLessEqual(second[0], first[0])

    def test_constant_queries_of_the_comparison(self):
        """The same by whatever it is compared, with more of everything."""
        plan = self._plan("categ", name="By category")
        self._holder(plan, self.categ)
        plan.action_start()
        Comparison = self.env["invoice.salesman.comparison"].with_user(self.all)

        def counts():
            found = {}
            for by in ("user", "team", "industry", "profile", "categ"):
                held_by = plan if by == "categ" else self.plan
                Comparison.get_comparison(held_by.id, by)
                self.env.flush_all()
                self.env.invalidate_all()
                with self._counted() as counted:
                    Comparison.get_comparison(held_by.id, by)
                found[by] = counted[0]
            return found

        industries = self.env["res.partner.industry"].search([], limit=4)

        def more(number):
            categs = self.categ.create(
                [{"name": f"Kind {number}"}, {"name": f"Other {number}"}]
            )
            self._holder(plan, categs[0])
            partner = self.customer.create(
                {
                    "name": f"P{number}",
                    "is_company": True,
                    "industry_id": industries[number].id,
                }
            )
            profile = self.env["crm.profiling.profile"].create({"name": f"P{number}"})
            self.env["crm.profiling.membership"].create(
                {"partner_id": partner.id, "profile_id": profile.id}
            )
            lines = [
                (self._product(categ.name, categ_id=categ.id), 1, 100)
                for categ in categs
            ]
            for held in (False, True):
                name = f"seller{number}{held}".lower()
                seller = self._user(name, "group_sale_salesman")
                if held:
                    self._holder(self.plan, seller)
                self._sell(seller, 0, "2026-06-04", lines=lines, partner_id=partner.id)

        more(0)
        first = counts()
        for number in range(1, 4):
            more(number)
        for by, count in counts().items():
            self.assertLessEqual(count, first[by], by)

    @contextmanager
    def _counted(self):
        """Count the queries within, into the list it gives."""
        before, counted = self.env.cr.sql_log_count, []
        yield counted
        counted.append(self.env.cr.sql_log_count - before)

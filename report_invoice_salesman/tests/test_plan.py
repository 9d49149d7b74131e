from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import SalesCase, told


@tagged("post_install", "-at_install")
class TestPlan(SalesCase):
    """Plans: of whole months, one for each thing, closed for good."""

    def test_overlap_is_refused(self):
        self._plan()
        with self._refused(ValidationError, "turnover user 2026"):
            self._plan(date_from="2026-06-01", date_to="2027-05-31")
        self._plan("team")
        self._plan(metric="margin")
        self._plan(year=2027)
        other = self._company("Other Ltd")
        self.env.user.company_ids |= other
        self._plan(company_id=other.id)

    def test_overlap_of_a_month(self):
        """Whichever was there before; beside each other they are let be."""
        self._plan(date_from="2026-06-01", date_to="2027-05-31")
        for since, until in (
            ("2026-01-01", "2026-06-30"),
            ("2027-05-01", "2027-12-31"),
            ("2026-08-01", "2026-08-31"),
            ("2026-06-01", "2027-05-31"),
        ):
            with self._refused(ValidationError, "turnover user 2026"):
                self._plan(date_from=since, date_to=until)
        self._plan(date_from="2026-01-01", date_to="2026-05-31")
        self._plan(date_from="2027-06-01", date_to="2027-12-31")

    def test_years_that_are_none(self):
        for year in ("0001", "9999"):
            with self._refused(ValidationError, "1900"):
                self._plan(year=year)

    def test_dates_as_one_writes_them(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self._plan()
        with self._refused(ValidationError, "01.01.2026"):
            self.env = self.env(context={**self.env.context, "lang": "de_DE"})
            self._plan()

    def test_whole_months(self):
        for since, until in (
            ("2026-01-02", "2026-12-31"),
            ("2026-01-01", "2026-12-30"),
            ("2026-01-01", "2027-12-31"),
        ):
            with self.assertRaises(ValidationError):
                self._plan(date_from=since, date_to=until)

    def test_fiscal_year(self):
        june = {"fiscalyear_last_month": "6", "fiscalyear_last_day": 30}
        self.company.write(june)
        plan = self.env["invoice.salesman.plan"].create({"name": "Default"})
        self.assertEqual((plan.date_from.month, plan.date_to.month), (7, 6))
        self.assertEqual(len(plan._months()), 12)

    def test_holders_of_its_kind(self):
        plan = self._plan()
        with self.assertRaises(ValidationError):
            self.env["invoice.salesman.holder"].create(
                {"plan_id": plan.id, "team_id": self.team.id}
            )
        with self.assertRaises(ValidationError):
            self.env["invoice.salesman.holder"].create({"plan_id": plan.id})
        self._holder(plan, self.ann)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self._holder(plan, self.ann)
            self.env.flush_all()

    def test_invoices_by_category(self):
        with self._refused(ValidationError, "several"):
            self._plan("categ", "number")

    def test_closed(self):
        """Nothing changes any more: neither targets, nor what was achieved."""
        plan = self._plan("industry")
        industry = self.env["res.partner.industry"].create({"name": "Mining"})
        self.customer.industry_id = industry
        self._sell(self.ann, 100)
        self._holder(plan, industry)
        plan.action_start()
        plan.set_cells([[plan.holder_ids.id, "2026-03-01", 500]])
        before = told(plan)
        plan.action_close()
        self.customer.industry_id = False
        self._sell(self.ann, 70)
        self.assertEqual(told(plan), before)
        self.assertEqual(told(plan, key=industry.id), before)
        for change in (
            lambda: plan.set_cells([[plan.holder_ids.id, "2026-03-01", 600]]),
            lambda: plan.target_ids.write({"amount": 1}),
            lambda: plan.target_ids.unlink(),
            lambda: plan.holder_ids.write({"date_to": "2026-06-30"}),
            lambda: plan.write({"metric": "margin"}),
            lambda: plan.unlink(),
            lambda: self._holder(plan, industry.create({"name": "Trade"})),
        ):
            with self._refused(UserError, "closed"):
                change()
        plan.action_reopen()
        self.assertEqual(told(plan), {(0, fields.Date.to_date("2026-03-01")): 170})

    def test_what_is_kept_is_by_what_holds_the_targets(self):
        """Whatever the context says of who closes it."""
        plan = self._plan()
        self._sell(self.ann, 100)
        plan.action_start()
        for by in ("industry", ["industry"], {"by": "team"}, 3):
            with self.subTest(by=by):
                plan.with_context(sales_targets_by=by).action_close()
                self.assertEqual(
                    told(plan), {(self.ann.id, fields.Date.to_date("2026-03-01")): 100}
                )
                plan.action_reopen()

    def test_closed_again(self):
        """What was kept the first time is not there besides."""
        plan = self._plan()
        self._sell(self.ann, 100)
        plan.action_start()
        plan.action_close()
        plan.action_reopen()
        self.assertFalse(
            self.env["invoice.salesman.result"].search([("plan_id", "=", plan.id)])
        )
        self._sell(self.ann, 70)
        plan.action_close()
        march = fields.Date.to_date("2026-03-01")
        self.assertEqual(told(plan), {(self.ann.id, march): 170})

    def test_administrators_close_and_reopen(self):
        """What is kept is written by nobody, and goes by the button alone."""
        plan = self._plan().with_user(self.max)
        self._sell(self.ann, 100)
        plan.action_start()
        plan.action_close()
        results = self.env["invoice.salesman.result"].search(
            [("plan_id", "=", plan.id)]
        )
        self.assertTrue(results)
        with self.assertRaises(AccessError):
            results.with_user(self.max).unlink()
        plan.action_reopen()
        self.assertFalse(results.exists())
        for press in ("start", "draft", "close", "reopen"):
            with self.assertRaises(AccessError):
                getattr(plan.with_user(self.all), f"action_{press}")()

    def test_state_by_the_buttons_alone(self):
        plan = self._plan()
        for context in ({}, {"sales_plan_state": True}):
            with self.assertRaises(UserError):
                plan.with_context(**context).write({"state": "closed"})

    def test_buttons_do_what_they_say_and_nothing_else(self):
        """Pressed for several at once, each changes those that it is about."""
        draft, running, closed = plans = (
            self._plan() | self._plan(year=2027) | self._plan(year=2028)
        )
        for press, states in (
            ("action_start", ("running", "running", "closed")),
            ("action_draft", ("draft", "draft", "closed")),
            ("action_close", ("draft", "closed", "closed")),
            ("action_reopen", ("draft", "running", "running")),
        ):
            with self.subTest(press=press):
                for plan, state in ((draft, "draft"), (running, "running")):
                    plan._set_state(state)
                closed._set_state("closed", "2026-01-31")
                getattr(plans, press)()
                self.assertEqual(tuple(plans.mapped("state")), states)
                day = fields.Date.to_date("2026-01-31")
                kept = day if closed.state == "closed" else False
                self.assertEqual(closed.closed_on, kept)

    def test_nothing_but_a_draft_is_made(self):
        """Nor does what somebody set as a default make another one."""
        for vals in ({"state": "running"}, {"closed_on": "2026-01-31"}):
            with self.assertRaises(UserError):
                self._plan(**vals)

    def test_a_plan_is_as_long_as_its_targets(self):
        """The last month with a target may be its last, and so with the first."""
        plan = self._plan()
        holder = self._holder(plan, self.ann)
        plan.set_cells([[holder.id, f"2026-0{month}-01", 9] for month in (3, 6)])
        for vals in ({"date_from": "2026-04-01"}, {"date_to": "2026-05-31"}):
            with self._refused(ValidationError, "outside this period"):
                plan.write(vals)
                self.env.flush_all()
        plan.write({"date_from": "2026-03-01", "date_to": "2026-06-30"})
        self.assertEqual(len(plan._months()), 4)

    def test_who_left_keeps_their_past(self):
        self._sell(self.ann, 100)
        plan = self._plan()
        self._holder(plan, self.ann)
        plan.action_start()
        self.ann.action_archive()
        march = fields.Date.to_date("2026-03-01")
        self.assertEqual(plan._achieved()[self.ann.id, march], 100)
        rows = self.env["invoice.salesman.comparison"].get_comparison(plan.id)["rows"]
        self.assertEqual(rows[0]["name"], "Ann")
        self.assertEqual(rows[0]["achieved"][2], 100)

    def test_changes_are_told(self):
        """In one note, to who may set targets; to nobody else."""
        plan = self._plan()
        holder = self._holder(plan, self.ann)
        plan.action_start()
        before = plan.message_ids
        plan.set_cells([[holder.id, f"2026-0{month}-01", 100] for month in (1, 2, 3)])
        [note] = plan.message_ids - before
        self.assertIn("Ann", note.body)
        for user, sees in ((self.ann, 0), (self.all, 0), (self.max, 1)):
            Message = self.env["mail.message"].with_user(user)
            self.assertEqual(Message.search_count([("id", "=", note.id)]), sees)

    def test_as_many_changes_are_told_as_one_reads(self):
        """Twenty, and how many more; nothing of what is as it was."""
        plan = self._plan()
        ann, bob = self._holder(plan, self.ann), self._holder(plan, self.bob)
        cells = [
            [holder.id, f"2026-{month:02}-01", 100]
            for holder in (ann, bob)
            for month in range(1, 13)
        ]
        for count, more in ((20, False), (21, "and 1 more")):
            before = plan.message_ids
            plan.set_cells(cells[:count])
            [note] = plan.message_ids - before
            self.assertEqual(note.body.count("<li>"), 20 + bool(more))
            if more:
                self.assertIn(more, note.body)
            plan.target_ids.unlink()
        plan.set_cells(cells[:1])
        before = plan.message_ids
        plan.set_cells(cells[:1])
        self.assertEqual(plan.message_ids, before)

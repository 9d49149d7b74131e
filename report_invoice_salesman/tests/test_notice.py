from freezegun import freeze_time

from odoo.tests import tagged

from .common import BoardCase


@tagged("post_install", "-at_install")
class TestNotice(BoardCase):
    """Who has reached the month's target, or falls behind, is told."""

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

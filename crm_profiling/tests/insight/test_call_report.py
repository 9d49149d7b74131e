"""The report of calls: by caller, call list, hour and day; one's own, or all."""

from freezegun import freeze_time

from odoo.tests import tagged

from ..interview.test_try import TryCase


@tagged("post_install", "-at_install")
class TestCallReport(TryCase):
    def test_by_caller_list_and_hour(self):
        with freeze_time("2026-06-01 09:30:00"):
            self.leave(self.next(), "busy")
            shown = self.say(self.next(), "Sector?", "IT")
        with freeze_time("2026-06-01 09:40:00"):
            self.interview(shown).finish()
        with freeze_time("2026-06-01 10:00:00"):
            self.interview(self.begin(user=self.colleague), self.colleague).finish()
        Report = self.env["crm.profiling.call.report"]
        measures = [
            "tries:sum",
            "reached:sum",
            "reached_share:avg",
            "finished:sum",
            "minutes:sum",
            "entered:sum",
        ]
        self.assertEqual(
            set(Report._read_group([], ["user_id", "queue_id"], measures)),
            {
                (self.colleague, self.queue.browse(), 1, 1, 100, 1, 0, 0),
                (self.salesman, self.queue, 2, 1, 50, 1, 10, 1),
            },
        )
        self.assertEqual(
            Report._read_group([], ["hour"], ["tries:sum"]),
            [("09:00", 2), ("10:00", 1)],
        )

    def test_ones_own_or_all_of_ones_company(self):
        self.leave(self.next(), "busy")
        Report = self.env["crm.profiling.call.report"]
        for user, sees in (
            (self.salesman, True),
            (self.colleague, False),
            (self.manager, True),
        ):
            self.assertEqual(bool(Report.with_user(user).search([])), sees)
        other = self.env["res.company"].sudo().create({"name": "Other"})
        self.manager.sudo().company_ids -= other
        for records in (self.prospects[0], self.queue):
            records.sudo().company_id = other
            self.assertFalse(Report.search([]))
            records.sudo().company_id = False

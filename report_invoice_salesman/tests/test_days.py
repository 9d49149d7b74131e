from odoo import fields
from odoo.tests import tagged

from .common import SalesCase


@tagged("post_install", "-at_install")
class TestDays(SalesCase):
    """Working days, by calendars."""

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

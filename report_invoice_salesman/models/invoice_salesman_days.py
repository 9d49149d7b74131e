from collections import defaultdict
from datetime import datetime, time

import pytz
from dateutil.relativedelta import relativedelta

from odoo import api, models


class InvoiceSalesmanDays(models.AbstractModel):
    """Working days: of somebody's own calendar, without holidays and leaves."""

    _name = "invoice.salesman.days"
    _description = "Working Days"

    @api.model
    def _by_day(self, company, since, until, user=None):
        """Return how much of each day is worked, 1.0 for a whole one.

        :param date since, until: first and last day
        :param user: whose; without one, or without a calendar of theirs, the company's
        :return: ``{date: share}``, days on which nobody works are not in it
        :rtype: dict
        """
        resource = self._resource(company, user)
        calendar = resource.calendar_id or company.sudo().resource_calendar_id
        if not calendar:
            return self._weekdays(since, until)
        zone = pytz.timezone(calendar.tz or "UTC")
        begin = zone.localize(datetime.combine(since, time.min))
        end = zone.localize(datetime.combine(until, time.max))
        intervals = calendar._work_intervals_batch(
            begin, end, resources=resource or None
        )
        hours = defaultdict(float)
        for start, stop, _meta in intervals[resource.id]:
            hours[start.astimezone(zone).date()] += (
                stop - start
            ).total_seconds() / 3600
        whole = calendar.hours_per_day or 8.0
        return {day: min(1.0, worked / whole) for day, worked in hours.items()}

    @api.model
    def _resource(self, company, user):
        """Return who it is for the calendars: nobody, where that is not known."""
        resources = self.env["resource.resource"].sudo()
        if not user:
            return resources
        return resources.search(
            [
                ("user_id", "=", user.id),
                ("company_id", "in", [company.id, False]),
                ("calendar_id", "!=", False),
            ],
            limit=1,
        )

    @api.model
    def _weekdays(self, since, until):
        """Mondays to Fridays, where a company has no calendar at all."""
        days = range(since.toordinal(), until.toordinal() + 1)
        dates = map(type(since).fromordinal, days)
        return {day: 1.0 for day in dates if day.weekday() < 5}

    @api.model
    def _in_months(self, company, months, user=None, since=None, until=None):
        """Return the working days in each month, of those between two days alone.

        :param list months: first days of months
        :param date since, until: when somebody joins and leaves, None for neither
        :rtype: ``{first day: {day: share}}``
        """
        end = months[-1] + relativedelta(day=31)
        found = {month: {} for month in months}
        for day, share in self._by_day(company, months[0], end, user).items():
            if (not since or since <= day) and (not until or day <= until):
                found[day.replace(day=1)][day] = share
        return found

    @api.model
    def _by_month(self, *args, **kwargs):
        """Return how many working days each month has; see `_in_months`.

        :rtype: ``{first day: days}``
        """
        found = self._in_months(*args, **kwargs)
        return {month: sum(days.values()) for month, days in found.items()}

    @api.model
    def _part_over(self, month, days, today):
        """Return which part of a month is over, by its working days, today's included.

        Where nobody works in it: nothing before it ends, then all of it.

        :param date month: its first day
        :param dict days: its working days, as `_in_months` has them
        """
        whole = sum(days.values())
        if not whole:
            return float(month + relativedelta(day=31) <= today)
        return sum(share for day, share in days.items() if day <= today) / whole

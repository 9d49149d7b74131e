"""When days begin where the user is, in UTC: as Odoo keeps moments."""

from datetime import UTC, datetime, timedelta

from odoo import fields


def day_begins(env, day):
    """Return when a day begins where the user is.

    :param day: a date
    :rtype: datetime
    """
    local = env.tz.localize(datetime(day.year, day.month, day.day))
    return local.astimezone(UTC).replace(tzinfo=None)


def today_begins(env):
    """Return when today began where the user is."""
    return day_begins(env, _today(env))


def tomorrow_begins(env):
    """Return when tomorrow begins where the user is."""
    return day_begins(env, _today(env) + timedelta(days=1))


def _today(env):
    return fields.Date.context_today(env["res.users"])

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..catalog.settings import number

# System parameter: a conversation in which nothing happened for so many minutes is
# over, as far as others are concerned.
QUIET_MINUTES = "crm_profiling.quiet_minutes"
DEFAULT_MINUTES = 30


class CrmProfilingInterview(models.Model):
    """Whether somebody is talking just now: an interview may stay open for days."""

    _inherit = "crm.profiling.interview"  # pylint: disable=consider-merging-classes-inherited

    date_active = fields.Datetime(
        string="Last active",
        required=True,
        default=fields.Datetime.now,
        readonly=True,
        copy=False,
        sealed=True,
        help="When something happened in it last. After a while without, what profiles"
        " do on entry no longer waits for its end.",
    )

    _active_idx = models.Index("(date_active) WHERE state = 'ongoing'")

    @api.model
    def _quiet_time(self):
        """Return how long it must be quiet before a conversation is over."""
        year = 366 * 24 * 60
        minutes = number(self.env, QUIET_MINUTES, DEFAULT_MINUTES, 0, year)
        return timedelta(minutes=minutes)

    @api.model
    def _active_domain(self):
        """Return the domain of the interviews in which somebody is talking just now."""
        quiet_since = fields.Datetime.now() - self._quiet_time()
        return Domain("state", "=", "ongoing") & Domain("date_active", ">", quiet_since)

    def _check_ongoing(self):
        result = super()._check_ongoing()
        self._is_active_now()
        return result

    @api.model
    def _begin(self, partner, vals):
        interview = super()._begin(partner, vals)
        interview._is_active_now()
        return interview

    def reopen(self):
        result = super().reopen()
        self._is_active_now()
        return result

    def _is_active_now(self):
        """Note that something is happening: at each answer, so in one short query."""
        self.env.cr.execute(
            SQL(
                """UPDATE crm_profiling_interview SET date_active = %s
                    WHERE id = ANY(%s)""",
                fields.Datetime.now(),
                self.ids,
            )
        )
        self.invalidate_recordset(["date_active"], flush=False)

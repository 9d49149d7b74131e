from odoo import api, fields, models
from odoo.tools import SQL

from ..catalog.days import today_begins
from .crm_profiling_whom_again import PAUSE

# Activities that a call does not do.
NO_CALLS = ("meeting", "upload_file")


class CrmProfilingWhom(models.AbstractModel):
    """Whom to call for an activity: a callback that was promised, or another one."""

    _inherit = "crm.profiling.whom"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _activities_sql(self, contacts, is_callback, due):
        """Return the activities of the user on contacts that can be called.

        :param is_callback: those that were promised in interviews, or all others
        :param due: whether their time has come, else whether it will
        """
        now = fields.Datetime.now()
        return SQL(
            """SELECT %(reason)s AS reason, partner_id, %(shown)s AS moment, has_time,
                      activity_id, NULL::integer AS line_id, 0 AS tries,
                      is_call::integer AS rank
                 FROM (%(activities)s) activity
           CROSS JOIN LATERAL (
                      SELECT COALESCE(max(date) + %(pause)s, moment) AS ready
                        FROM crm_profiling_try try
                       WHERE try.partner_id = activity.partner_id
                         AND try.date >= moment AND try.date > %(now)s - %(pause)s
                      ) tried
                WHERE ready %(compared)s %(now)s AND %(can_be_called)s
                  AND NOT EXISTS (
                      SELECT FROM crm_profiling_try try
                       WHERE try.partner_id = activity.partner_id AND try.is_reached
                         AND try.date >= moment AND try.date >= %(midnight)s)""",
            reason="callback" if is_callback else "activity",
            shown=SQL("moment") if due else SQL("ready"),
            activities=self._promised_sql() if is_callback else self._planned_sql(),
            pause=PAUSE,
            compared=SQL("<=") if due else SQL(">"),
            now=now,
            can_be_called=self._is_among_sql(SQL("activity.partner_id"), contacts),
            midnight=today_begins(self.env),
        )

    @api.model
    def _moment_sql(self):
        """Return when an activity is due: at its time, or as its day begins."""
        return SQL(
            """COALESCE(event.start, activity.date_deadline::timestamp
                        AT TIME ZONE %s AT TIME ZONE 'UTC') AS moment,
               event.id IS NOT NULL AS has_time""",
            str(self.env.tz),
        )

    @api.model
    def _promised_sql(self):
        """Return the callbacks of the user, promised in whoever's interview."""
        return SQL(
            """SELECT DISTINCT ON (activity.id) activity.id AS activity_id,
                      interview.partner_id, TRUE AS is_call, %s
                 FROM mail_activity activity
                 JOIN crm_profiling_interview interview
                   ON interview.callback_activity_id = activity.id
            LEFT JOIN calendar_event event
                   ON event.id = activity.calendar_event_id AND NOT event.allday
                WHERE activity.user_id = %s AND activity.active""",
            self._moment_sql(),
            self.env.uid,
        )

    @api.model
    def _planned_sql(self):
        """Return the other activities of the user on contacts."""
        return SQL(
            """SELECT activity.id AS activity_id, activity.res_id AS partner_id,
                      COALESCE(kind.category, '') = 'phonecall' AS is_call, %s
                 FROM mail_activity activity
            LEFT JOIN mail_activity_type kind ON kind.id = activity.activity_type_id
            LEFT JOIN calendar_event event
                   ON event.id = activity.calendar_event_id AND NOT event.allday
                WHERE activity.user_id = %s AND activity.active
                  AND activity.res_model = 'res.partner'
                  AND COALESCE(kind.category, '') <> ALL(%s)
                  AND NOT EXISTS (
                      SELECT FROM crm_profiling_interview interview
                       WHERE interview.callback_activity_id = activity.id)""",
            self._moment_sql(),
            self.env.uid,
            list(NO_CALLS),
        )

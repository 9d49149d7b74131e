from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..catalog.days import today_begins, tomorrow_begins

# Who was called without a list, and not reached, is called again after so many minutes,
# so many times a day, and for so many days.
PAUSE = timedelta(hours=1)
MOST_A_DAY = 2
DAYS = 30

# Activities that a call does not do.
NO_CALLS = ("meeting", "upload_file")


class CrmProfilingWhom(models.AbstractModel):
    """What there is to call for: each kind is a query of its own.

    Each gives the columns of `Candidate`, and what to order by.
    """

    _inherit = "crm.profiling.whom"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _is_among_sql(self, column, contacts):
        """Return whether a column holds the id of one of some contacts.

        Each is looked up on its own: PostgreSQL, left to itself, may go through all
        contacts first, for every call list.

        :param column: SQL of the id
        :param contacts: a domain
        """
        query = self.env["res.partner"]._search(contacts)
        query.add_where(SQL("%s = %s", SQL.identifier(query.table, "id"), column))
        return SQL("EXISTS (%s OFFSET 0)", query.select(SQL("1")))

    @api.model
    def _flush(self):
        for model, names in (
            ("crm.profiling.interview", ["callback_activity_id", "partner_id"]),
            ("crm.profiling.try", None),
            ("mail.activity", None),
            ("calendar.event", ["start", "allday"]),
            ("crm.profiling.queue", ["priority"]),
        ):
            self.env[model].flush_model(names)

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

    @api.model
    def _queues(self):
        """Return the call lists that the user may call, as a domain."""
        return Domain("active", "=", True) & (
            Domain("user_ids", "=", False) | Domain("user_ids", "in", self.env.uid)
        )

    @api.model
    def _lines_sql(self, contacts, limit):
        """Return the first prospects of each call list, those of none before."""
        Queue, Line = (
            self.env["crm.profiling.queue"],
            self.env["crm.profiling.queue.line"].sudo(),
        )
        queues = Queue._search(self._queues(), active_test=False)
        Line.flush_model()
        mine = Domain("state", "=", "taken") & Domain("user_id", "=", self.env.uid)
        first = Line._search(Line._free_domain() | mine)
        table = SQL.identifier(Line._table)
        first.add_where(SQL("%s.queue_id = queue.id", table))
        first.add_where(SQL("%s.state IN ('waiting', 'taken')", table))
        column = SQL.identifier(Line._table, "partner_id")
        first.add_where(self._is_among_sql(column, contacts))
        first.order = SQL("attempts, sequence, id")
        first.limit = limit
        columns = (SQL.identifier(name) for name in ("id", "partner_id", "attempts"))
        return SQL(
            """SELECT 'list' AS reason, line.partner_id, NULL::timestamp AS moment,
                      FALSE AS has_time, NULL::integer AS activity_id,
                      line.id AS line_id, line.attempts AS tries,
                      queue.priority::integer AS rank, queue.create_date AS fresh,
                      line.place
                 FROM crm_profiling_queue queue
           CROSS JOIN LATERAL (
                      SELECT *, row_number() OVER () AS place FROM (%s) one) line
                WHERE queue.id IN %s""",
            first.select(*columns),
            queues.subselect(),
        )

    @api.model
    def _put_off_sql(self, contacts):
        """Return the prospects of call lists who are to be called later."""
        Queue = self.env["crm.profiling.queue"]
        Line = self.env["crm.profiling.queue.line"].sudo()
        later = Line._search(
            Domain("state", "=", "waiting")
            & Domain("date_again", ">", fields.Datetime.now())
            & Domain("queue_id", "in", Queue._search(self._queues(), active_test=False))
        )
        column = SQL.identifier(Line._table, "partner_id")
        later.add_where(self._is_among_sql(column, contacts))
        return later.select(
            SQL("'list' AS reason"),
            SQL("partner_id"),
            SQL("date_again AS moment"),
            SQL("TRUE AS has_time"),
            SQL("NULL::integer AS activity_id"),
            SQL("%s AS line_id", SQL.identifier(Line._table, "id")),
            SQL("attempts AS tries"),
        )

    @api.model
    def _unreached_sql(self, contacts, due):
        """Return whom to call again though they are in no list.

        :param due: whether to call them again now, else later
        """
        return SQL(
            """SELECT 'again' AS reason, partner_id, moment, FALSE AS has_time,
                      NULL::integer AS activity_id, NULL::integer AS line_id,
                      tries::integer, 0 AS rank
                 FROM (SELECT partner_id, tries,
                              CASE WHEN today < %(most)s THEN last + %(pause)s
                                   ELSE GREATEST(last + %(pause)s, %(tomorrow)s)
                                    END AS moment
                         FROM (%(tried)s) counted) tried
                WHERE moment %(compared)s %(now)s AND %(can_be_called)s
                  AND NOT EXISTS (
                      SELECT FROM crm_profiling_queue_line line
                        JOIN crm_profiling_queue queue ON queue.id = line.queue_id
                       WHERE line.partner_id = tried.partner_id AND queue.active
                         AND line.state IN ('waiting', 'taken'))""",
            most=MOST_A_DAY,
            pause=PAUSE,
            tomorrow=tomorrow_begins(self.env),
            tried=self._tried_sql(),
            compared=SQL("<=") if due else SQL(">"),
            now=fields.Datetime.now(),
            can_be_called=self._is_among_sql(SQL("tried.partner_id"), contacts),
        )

    @api.model
    def _tried_sql(self):
        """Return whom the user called without a list, and nobody ever spoke to."""
        return SQL(
            """SELECT partner_id, max(date) AS last, count(*) AS tries,
                      count(*) FILTER (WHERE date >= %(midnight)s) AS today
                 FROM crm_profiling_try
                WHERE partner_id IN (
                      SELECT partner_id FROM crm_profiling_try
                       WHERE user_id = %(me)s AND date > %(begin)s AND queue_id IS NULL)
             GROUP BY partner_id HAVING NOT bool_or(is_reached)""",
            midnight=today_begins(self.env),
            me=self.env.uid,
            begin=fields.Datetime.now() - timedelta(days=DAYS),
        )

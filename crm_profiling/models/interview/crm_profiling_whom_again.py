from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..catalog.days import today_begins, tomorrow_begins

# Who was called without a list, and not reached, is called again after so many minutes,
# so many times a day, and for so many days.
PAUSE = timedelta(hours=1)
MOST_A_DAY = 2
DAYS = 30


class CrmProfilingWhom(models.AbstractModel):
    """Whom to call again, who was called without a list and not reached."""

    _inherit = "crm.profiling.whom"  # pylint: disable=consider-merging-classes-inherited

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

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class CrmProfilingWhom(models.AbstractModel):
    """Whom to call of the call lists."""

    _inherit = "crm.profiling.whom"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _queues(self):
        """Return the call lists that the user may call, as a domain."""
        Queue = self.env["crm.profiling.queue"]
        return Domain("active", "=", True) & Queue._open_to_caller_domain()

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

from odoo import fields, models
from odoo.tools import SQL

from ..interview.crm_profiling_try import OUTCOMES


class CrmProfilingCallReport(models.Model):
    """Calls, and what came of them: by caller, call list, hour of the day and day.

    A view of the calls that were counted, and of the interviews they led to.
    """

    _name = "crm.profiling.call.report"
    _description = "Report of Calls"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "partner_id"
    _depends = {
        "crm.profiling.try": [
            "date",
            "hour",
            "is_reached",
            "minutes",
            "outcome",
            "partner_id",
            "queue_id",
            "user_id",
        ],
        "crm.profiling.interview": ["state", "entered_profile_ids"],
    }

    date = fields.Datetime(readonly=True)
    hour = fields.Char(string="Hour of the day", readonly=True)
    user_id = fields.Many2one(comodel_name="res.users", string="Caller", readonly=True)
    queue_id = fields.Many2one(
        comodel_name="crm.profiling.queue", string="Call list", readonly=True
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner", string="Contact", readonly=True
    )
    outcome = fields.Selection(selection=list(OUTCOMES.items()), readonly=True)
    tries = fields.Integer(readonly=True)
    reached = fields.Integer(string="Spoken to", readonly=True)
    reached_share = fields.Float(
        string="Spoken to (%)", readonly=True, aggregator="avg", digits=(16, 0)
    )
    finished = fields.Integer(string="Interviews finished", readonly=True)
    minutes = fields.Float(readonly=True, digits=(16, 1))
    entered = fields.Integer(string="Profiles entered", readonly=True)

    @property
    def _table_query(self):
        """Return the calls, with what the interview of each of them came to."""
        return SQL(
            """SELECT call.id, call.date, call.hour, call.user_id, call.queue_id,
                      call.partner_id, call.outcome, call.minutes, 1 AS tries,
                      call.is_reached::integer AS reached,
                      100.0 * call.is_reached::integer AS reached_share,
                      COALESCE(interview.state = 'done', FALSE)::integer AS finished,
                      (SELECT count(*)
                         FROM crm_profiling_interview_entered_rel entered
                        WHERE entered.interview_id = interview.id)::integer AS entered
                 FROM crm_profiling_try call
            LEFT JOIN crm_profiling_interview interview
                   ON interview.id = call.interview_id"""
        )

from datetime import UTC

from odoo import api, fields, models
from odoo.tools import format_date

OUTCOMES = {
    "reached": "Reached",
    "not_reached": "Not reached",
    "busy": "Busy",
    "voicemail": "Voicemail",
    "wrong_number": "Wrong number",
    "call_back": "Call back",
    "refused": "Refused to talk",
    "do_not_call": "Do not call",
}
# Outcomes of calls in which somebody was spoken to.
SPOKEN = ("reached", "call_back", "refused", "do_not_call")
# Of the others, those after which one calls again, and after how many times the pause
# that a call list has between tries: who is busy will soon be free, and who has been
# left a message may call by themselves.
AGAIN = {"not_reached": 1, "busy": 0.25, "voicemail": 4}


class CrmProfilingTry(models.Model):
    """That somebody called a contact, and what came of it.

    Written when an interview ends or its contact is left, and never changed but by
    the same interview, opened and finished again. What call lists, contacts and
    reports count is counted here.
    """

    _name = "crm.profiling.try"
    _inherit = ["crm.profiling.guarded"]
    _description = "Call to a Contact"
    _order = "date desc, id desc"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Contact",
        required=True,
        index=True,
        ondelete="cascade",
        sealed=True,
    )
    user_id = fields.Many2one(
        comodel_name="res.users", string="Caller", ondelete="set null", sealed=True
    )
    date = fields.Datetime(required=True, sealed=True, default=fields.Datetime.now)
    hour = fields.Char(
        string="Hour of the day",
        size=5,
        sealed=True,
        help="Where the caller was.",
    )
    outcome = fields.Selection(
        selection=list(OUTCOMES.items()), required=True, sealed=True
    )
    is_reached = fields.Boolean(
        string="Spoken to", compute="_compute_is_reached", store=True, sealed=True
    )
    number = fields.Char(string="Number called", sealed=True)
    queue_line_id = fields.Many2one(
        comodel_name="crm.profiling.queue.line",
        string="Place in the call list",
        index="btree_not_null",
        ondelete="set null",
        sealed=True,
    )
    # as long as the list is there, though the contact may leave it
    queue_id = fields.Many2one(
        comodel_name="crm.profiling.queue",
        string="Call list",
        index="btree_not_null",
        ondelete="set null",
        sealed=True,
    )
    interview_id = fields.Many2one(
        comodel_name="crm.profiling.interview",
        index="btree_not_null",
        ondelete="set null",
        sealed=True,
    )
    minutes = fields.Float(sealed=True, aggregator="sum")

    _interview_uniq = models.UniqueIndex(
        "(interview_id) WHERE interview_id IS NOT NULL",
        "This call is counted already.",
    )
    # calls without a list: whom to call again
    _user_idx = models.Index("(user_id, date) WHERE queue_id IS NULL")

    @api.depends("outcome")
    def _compute_is_reached(self):
        for one in self:
            one.is_reached = one.outcome in SPOKEN

    @api.model
    def _record(self, partner, outcome, line=None, interview=None, minutes=0):
        """Note that the user called a contact, and what came of it.

        That is heard of by the contact's number, which may be a wrong one, and by the
        other call lists: they leave the contact in peace.

        :param str outcome: one of `OUTCOMES`
        :param line: place in the call list that the contact was called for
        :param interview: what was asked; finished again, its call is the same one
        """
        partner._profiling_heard(outcome)
        vals = {"outcome": outcome, "minutes": minutes}
        again = interview and self.sudo().search([("interview_id", "=", interview.id)])
        if again:
            again.write(vals)
            return again
        line = line or self.env["crm.profiling.queue.line"]
        done = self.sudo().create(
            {
                **vals,
                "partner_id": partner.id,
                "user_id": self.env.uid,
                **self._at(fields.Datetime.now()),
                "number": partner._profiling_number(),
                "queue_line_id": line.id,
                "queue_id": line.sudo().queue_id.id,
                "interview_id": interview.id if interview else False,
            }
        )
        line._wait_elsewhere(partner)
        return done

    @api.model
    def _at(self, moment):
        """Return the values that say when a call was."""
        local = moment.replace(tzinfo=UTC).astimezone(self.env.tz)
        return {"date": moment, "hour": f"{local:%H}:00"}

    @api.model
    def _was_at(self, interview, moment):
        """Have the call of an interview end then, though that was told later."""
        minutes = max(0, (moment - interview.date_start).total_seconds() / 60)
        late = [("interview_id", "=", interview.id), ("date", ">", moment)]
        self.sudo().search(late).write({**self._at(moment), "minutes": minutes})

    @api.model
    def _outcomes(self):
        """Return what may come of a call, with its name in the user's language."""
        return self._fields["outcome"]._description_selection(self.env)

    def _wrong_note(self):
        """Return in words who found out that a number is a wrong one, and when."""
        self.ensure_one()
        return self.env._(
            "Wrong number (%(user)s, %(date)s)",
            user=self.sudo().user_id.name or self.env._("a colleague"),
            date=format_date(self.env, self.date),
        )

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..catalog.settings import number
from .crm_profiling_try import OUTCOMES

# System parameter: after so many hours a prospect whom somebody took is free again.
HOURS_KEPT = "crm_profiling.call_list_hours"
DEFAULT_HOURS = 8

STATES = {
    "waiting": "Waiting",
    "taken": "Being called",
    "done": "Called",
    "skipped": "Left out",
}


class CrmProfilingQueueLine(models.Model):
    """A prospect of a call list, and who calls them."""

    _name = "crm.profiling.queue.line"
    _inherit = ["crm.profiling.guarded", "crm.profiling.about.lead"]
    _description = "Prospect of a Call List"
    _order = "sequence, id"
    _rec_name = "partner_id"

    queue_id = fields.Many2one(
        comodel_name="crm.profiling.queue",
        string="Call list",
        required=True,
        index=True,
        ondelete="cascade",
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Contact",
        required=True,
        index=True,
        ondelete="cascade",
    )
    phone = fields.Char(related="partner_id.phone")
    visible_lead_id = fields.Many2one(inverse="_inverse_visible_lead_id")
    sequence = fields.Integer(default=10)
    state = fields.Selection(
        selection=list(STATES.items()),
        required=True,
        default="waiting",
        copy=False,
        sealed=True,
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Caller",
        ondelete="set null",
        copy=False,
        sealed=True,
    )
    date_taken = fields.Datetime(string="Taken", copy=False, sealed=True)
    date_again = fields.Datetime(string="Not before", copy=False, sealed=True)
    try_ids = fields.One2many(
        comodel_name="crm.profiling.try",
        inverse_name="queue_line_id",
        string="Calls",
        copy=False,
        sealed=True,
    )
    attempts = fields.Integer(
        string="Not reached",
        compute="_compute_attempts",
        store=True,
        copy=False,
        sealed=True,
    )
    last_outcome = fields.Selection(
        selection=list(OUTCOMES.items()),
        compute="_compute_attempts",
        store=True,
        copy=False,
        sealed=True,
    )
    reason = fields.Char(copy=False, sealed=True)

    _partner_uniq = models.Constraint(
        "UNIQUE(queue_id, partner_id)",
        "This contact is in the call list already.",
    )
    # whom to call now: the first of each list, and the next one that is put off
    _free_idx = models.Index(
        "(queue_id, attempts, sequence, id) WHERE state IN ('waiting', 'taken')"
    )
    _again_idx = models.Index(
        "(date_again) WHERE state = 'waiting' AND date_again IS NOT NULL"
    )

    @api.depends("try_ids.outcome")
    def _compute_attempts(self):
        for line in self:
            tries = line.try_ids.sorted(lambda one: (one.date, one.id))
            line.attempts = sum(not one.is_reached for one in tries)
            line.last_outcome = tries[-1:].outcome

    def _inverse_visible_lead_id(self):
        for line in self:
            line.sudo().lead_id = line.visible_lead_id

    @api.model
    def _free_domain(self):
        """Return the lines that nobody calls now, or began to so long ago."""
        now = fields.Datetime.now()
        hours = number(self.env, HOURS_KEPT, DEFAULT_HOURS, 0, 366 * 24)
        due = Domain("date_again", "=", False) | Domain("date_again", "<=", now)
        old = Domain("date_taken", "<", now - timedelta(hours=hours))
        return (Domain("state", "=", "waiting") & due) | (
            Domain("state", "=", "taken") & old
        )

    def _take(self):
        """Take the first of these lines that nobody else is taking.

        Whoever takes a line locks it: a colleague who looks at the same moment gets
        the next one, and one who looked before it was committed fails and is tried
        again by Odoo. So it is with the contact, which may be in other lists, too.
        """
        for line in self:
            if line.partner_id._profiling_take_turn() and line.try_lock_for_update():
                line._taken()
                return line
        return self.browse()

    def _taken(self):
        """Note that the user calls these: salespeople change them by calling alone."""
        self.sudo().write(
            {
                "state": "taken",
                "user_id": self.env.uid,
                "date_taken": fields.Datetime.now(),
            }
        )

    @api.model
    def _due_in(self, partner, questionnaire, is_paper):
        """Return the place of a contact who is called without a list, taken; or none.

        It is in the first of the lists that the user calls through, which asks nothing
        else: others are another matter, and stay.

        :param questionnaire: what is asked; none for every question
        :param is_paper: whether answers are typed in from paper
        """
        mine = Domain("state", "=", "taken") & Domain("user_id", "=", self.env.uid)
        lists = self.env["crm.profiling.whom"]._queues() & Domain(
            "ask_order", "=" if is_paper else "!=", "form"
        )
        if questionnaire:
            lists &= Domain("questionnaire_id", "=", questionnaire.id)
        line = self.search(
            Domain("partner_id", "=", partner.id)
            & (Domain("state", "=", "waiting") | mine | self._free_domain())
            & Domain("queue_id", "any", lists),
            order="queue_id, id",
            limit=1,
        )
        line._taken()
        return line

    def action_call(self):
        """Open the interview of this prospect."""
        self.ensure_one()
        self.check_access("read")
        return self.env["crm.profiling.interview"]._action(
            self.queue_id.name,
            queue_id=self.queue_id.id,
            partner_id=self.partner_id.id,
        )

    def action_release(self):
        """Let anybody call these prospects, now or again."""
        self.check_access("write")
        self.sudo().write(
            {
                "state": "waiting",
                "user_id": False,
                "date_taken": False,
                "date_again": False,
                "reason": False,
            }
        )
        return True

    def _done(self):
        """Note that the prospect has been called."""
        self.sudo().write({"state": "done", "user_id": self.env.uid})

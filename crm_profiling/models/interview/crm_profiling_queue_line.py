from odoo import api, fields, models

from .crm_profiling_try import OUTCOMES

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

    def action_call(self):
        """Open the interview of this prospect."""
        self.ensure_one()
        self.check_access("read")
        return self.env["crm.profiling.interview"]._action(
            self.queue_id.name,
            queue_id=self.queue_id.id,
            partner_id=self.partner_id.id,
        )

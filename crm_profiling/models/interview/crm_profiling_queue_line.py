from datetime import UTC, datetime, time, timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..catalog.crm_profiling_guarded import LARGEST_ID

# System parameter: after so many hours a prospect whom somebody took is free again.
HOURS_KEPT = "crm_profiling.call_list_hours"
# Somebody who was not reached is called again at the end, but not at once.
AGAIN_AFTER = timedelta(hours=1)

STATES = {
    "waiting": "Waiting",
    "taken": "Being called",
    "done": "Called",
    "skipped": "Left out",
}


class CrmProfilingQueueLine(models.Model):
    """A prospect of a call list, and who calls them."""

    _name = "crm.profiling.queue.line"
    _inherit = ["crm.profiling.guarded"]
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
    lead_id = fields.Many2one(
        comodel_name="crm.lead",
        string="Lead or opportunity of the prospect",
        index="btree_not_null",
        ondelete="set null",
        groups="base.group_system",
        help="Others who read the call list may not see the lead.",
    )
    visible_lead_id = fields.Many2one(
        comodel_name="crm.lead",
        string="Lead or opportunity",
        compute="_compute_visible_lead_id",
        inverse="_inverse_visible_lead_id",
        help="The lead, where you may see it.",
    )
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
    attempts = fields.Integer(string="Not reached", copy=False, sealed=True)
    reason = fields.Char(copy=False, sealed=True)

    _partner_uniq = models.Constraint(
        "UNIQUE(queue_id, partner_id)",
        "This contact is in the call list already.",
    )

    @api.depends("lead_id")
    def _compute_visible_lead_id(self):
        leads = self.sudo().lead_id.with_env(self.env)._filtered_access("read")
        for line in self:
            line.visible_lead_id = line.sudo().lead_id.with_env(self.env) & leads

    def _inverse_visible_lead_id(self):
        for line in self:
            line.sudo().lead_id = line.visible_lead_id

    @api.model
    def _free_domain(self):
        """Return the lines that nobody calls now, or began to so long ago."""
        now = fields.Datetime.now()
        hours = self.env["ir.config_parameter"].sudo().get_param(HOURS_KEPT, "8")
        due = Domain("date_again", "=", False) | Domain("date_again", "<=", now)
        old = Domain("date_taken", "<", now - timedelta(hours=float(hours)))
        return (Domain("state", "=", "waiting") & due) | (
            Domain("state", "=", "taken") & old
        )

    def _take(self):
        """Take the first of these lines that nobody else is taking.

        Whoever takes a line locks it: a colleague who looks at the same moment gets
        the next one, and one who looked before it was committed fails and is tried
        again by Odoo.
        """
        line = self.try_lock_for_update(limit=1)
        # Salespeople change lines by calling alone.
        line.sudo().write(
            {
                "state": "taken",
                "user_id": self.env.uid,
                "date_taken": fields.Datetime.now(),
            }
        )
        return line

    def action_call(self):
        """Open the interview of this prospect."""
        self.ensure_one()
        self.check_access("read")
        what = {"queue_id": self.queue_id.id, "partner_id": self.partner_id.id}
        return {
            "type": "ir.actions.client",
            "tag": "crm_profiling.interview",
            "name": self.queue_id.name,
            "params": what,
            "context": what,
        }

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

    @api.model
    def _tomorrow(self):
        """Return when tomorrow begins where the user is."""
        tomorrow = fields.Date.context_today(self) + timedelta(days=1)
        midnight = self.env.tz.localize(datetime.combine(tomorrow, time()))
        return midnight.astimezone(UTC).replace(tzinfo=None)

    def _skip(self, reason):
        """Leave the prospect.

        :param reason: ``"not_reached"``: at the end of the list, in an hour at the
            earliest; ``"tomorrow"``: not before tomorrow; else a text that says why
            not to call at all
        """
        again = {
            "not_reached": fields.Datetime.now() + AGAIN_AFTER,
            "tomorrow": self._tomorrow(),
        }.get(reason)
        if not again:
            self.sudo().write(
                {"state": "skipped", "user_id": self.env.uid, "reason": reason}
            )
            return
        now = fields.Datetime.now()
        if self.state == "waiting" and self.date_again and self.date_again > now:
            return  # put off already: a double click
        last = self.sudo().search(
            [("queue_id", "=", self.queue_id.id)], order="sequence desc", limit=1
        )
        self.sudo().write(
            {
                "state": "waiting",
                "user_id": False,
                "date_taken": False,
                "date_again": again,
                "sequence": min(last.sequence + 1, LARGEST_ID),
                "attempts": self.attempts + (reason == "not_reached"),
            }
        )

from odoo import api, fields, models
from odoo.fields import Domain

from ..catalog.days import day_begins
from .crm_profiling_whom import REASONS

# Contacts shown of those to call now
SHOWN = 20


class CrmProfilingInterview(models.Model):
    """Whom to call next, and why: see `crm.profiling.whom`."""

    _inherit = "crm.profiling.interview"  # pylint: disable=consider-merging-classes-inherited

    call_reason = fields.Selection(
        selection=list(REASONS.items()),
        string="Called because of",
        copy=False,
        sealed=True,
        help="Why “Call next” chose this contact.",
    )
    call_activity_id = fields.Many2one(
        comodel_name="mail.activity",
        string="Activity that was called for",
        index="btree_not_null",
        ondelete="set null",
        copy=False,
        sealed=True,
        groups="base.group_system",
        help="Why “Call next” chose this contact, where it is an activity.",
    )

    @api.model
    def begin_next(self):
        """Begin to interview whom to call now; see `crm.profiling.whom`.

        :return: the screen; ``{"finished": True, "queue": False, "next": ...}`` when
            nobody is to be called now, with who is next and when
        """
        self.check_access("create")
        ongoing = self._called_already()
        if ongoing:
            ongoing._is_active_now()
            return ongoing.get_screen()
        whom = self.env["crm.profiling.whom"]._take()
        if not whom:
            return {"finished": True, "queue": False, "whom": self.get_whom()}
        line = self.env["crm.profiling.queue.line"].browse(whom.line_id or ())
        vals = {
            "lead_id": line.visible_lead_id.id,
            "queue_line_id": line.id,
            "questionnaire_id": line.queue_id.questionnaire_id.id,
            "ask_order": line.queue_id.ask_order,
            "call_reason": whom.reason,
            "call_activity_id": whom.activity_id,
        }
        partner = self.env["res.partner"].browse(whom.partner_id)
        return self._begin(partner, {k: v for k, v in vals.items() if v}).get_screen()

    @api.model
    def _called_already(self):
        """Return the call that the user is in, or has left without an outcome."""
        callable_ = self.env["crm.profiling.whom"]._callable(busy=True)
        return self.search(
            self._active_domain()
            & Domain("user_id", "=", self.env.uid)
            & Domain("call_reason", "!=", False)
            & Domain("partner_id", "any", callable_),
            order="date_active desc, id desc",
            limit=1,
        )

    def _call_entry(self):
        """Return why “Call next” chose this contact, False where one chose them."""
        if not self.call_reason:
            return False
        activity = self.sudo().call_activity_id
        event = activity.calendar_event_id
        moment = (
            event.start
            if event
            else day_begins(self.env, activity.date_deadline)
            if activity
            else False
        )
        line = self.queue_line_id
        return {
            "reason": self.call_reason,
            "moment": fields.Datetime.to_string(moment),
            "has_time": bool(event),
            "what": activity.activity_type_id.name or "",
            "summary": activity.summary or "",
            "queue": line.queue_id.name or "",
            "tries": line.attempts,
        }

    @api.model
    def get_whom(self):
        """Return whom to call now, and whom later.

        :return: ``{"now": [...], "next": ... or False, "without_number": count}``, see
            `crm.profiling.whom._entry`
        """
        self.check_access("create")
        Whom = self.env["crm.profiling.whom"]
        now = Whom._now(SHOWN)
        later = [] if now else [one for one in (Whom._later(),) if one]
        return {
            "now": Whom._entries(now),
            "next": next(iter(Whom._entries(later)), False),
            "without_number": Whom._without_number() if len(now) < SHOWN else 0,
        }

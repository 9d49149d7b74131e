from odoo import api, models

from ..catalog.wording import moment_words
from .crm_profiling_interview_after import INTERVIEW

MEETING_HOURS = 1


class CrmProfilingInterviewAfterMeeting(models.AbstractModel):
    """Books a meeting with the contact in Odoo's calendar."""

    _name = "crm.profiling.interview.after.meeting"
    _inherit = ["crm.profiling.interview.after"]
    _description = "Book a Meeting After an Interview"

    _rank = 30
    _key = "a"
    _icon = "fa-calendar"

    @api.model
    def _label(self):
        return self.env._("Book a meeting")

    @api.model
    def _meeting(self, interview):
        return interview.sudo().meeting_id.with_env(self.env)

    @api.model
    def _made(self, interview):
        meeting = self._meeting(interview)
        if not meeting:
            return ""
        return self.env._(
            "Meeting: %s",
            moment_words(self.env, meeting.sudo().start),
        )

    @api.model
    def _why_not(self, interview):
        if not self.env["calendar.event"].has_access("create"):
            return self.env._("You may not create meetings.")
        return ""

    @api.model
    def _do(self, interview):
        """Open the form of a new meeting: what is saved there is noted."""
        partner = interview.partner_id
        lead = interview.visible_lead_id
        context = {
            INTERVIEW: interview.id,
            "default_name": self.env._("Meeting with %s", partner.display_name),
            "default_partner_ids": (self.env.user.partner_id | partner).ids,
            "default_duration": MEETING_HOURS,
            "default_res_model": lead._name if lead else partner._name,
            "default_res_id": lead.id or partner.id,
        }
        if lead.type == "opportunity":
            context["default_opportunity_id"] = lead.id
        return {
            "type": "ir.actions.act_window",
            "name": self._label(),
            "res_model": "calendar.event",
            "views": [[False, "form"]],
            "target": "new",
            "context": context,
        }

    @api.model
    def _show(self, interview):
        return self._open(self._meeting(interview))

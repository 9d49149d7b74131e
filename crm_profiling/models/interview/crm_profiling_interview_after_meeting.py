from datetime import UTC, datetime, timedelta

from odoo import api, fields, models

from ..catalog.wording import moment_words
from .crm_profiling_interview_after import INTERVIEW

MEETING_HOURS = 1
LENGTH = timedelta(hours=MEETING_HOURS)
# How far ahead an hour of work is looked for: a company may close for some weeks.
DAYS_AHEAD = 60


def _full_hour(moment):
    """Return a moment, or the next full hour."""
    begun = moment.replace(minute=0, second=0, microsecond=0)
    return begun if begun == moment else begun + timedelta(hours=1)


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
        start = self._proposed_start()
        context = {
            INTERVIEW: interview.id,
            "default_name": self.env._("Meeting with %s", partner.display_name),
            "default_partner_ids": (self.env.user.partner_id | partner).ids,
            "default_start": fields.Datetime.to_string(start),
            "default_stop": fields.Datetime.to_string(start + LENGTH),
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
    def _proposed_start(self):
        """Return when to meet, in UTC: in a day, at the next full hour of work.

        Nobody meets within the half hour, which is what the calendar itself proposes.
        """
        ahead = _full_hour(datetime.now(self.env.tz) + timedelta(days=1))
        user = self.env.user.sudo()  # hours of work alone come of it
        hours = user.resource_calendar_id or user.company_id.resource_calendar_id
        start = ahead
        if hours:
            worked = hours._work_intervals_batch(
                ahead, ahead + timedelta(days=DAYS_AHEAD), tz=self.env.tz
            )[False]
            starts = (
                _full_hour(begin)
                for begin, end, _attendance in worked
                if _full_hour(begin) + LENGTH <= end
            )
            start = next(starts, ahead)
        return start.astimezone(UTC).replace(tzinfo=None)

    @api.model
    def _show(self, interview):
        return self._open(self._meeting(interview))

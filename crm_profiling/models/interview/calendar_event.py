from odoo import api, models


class CalendarEvent(models.Model):
    """A meeting that is booked right after a call is noted in its interview."""

    _inherit = "calendar.event"

    @api.model_create_multi
    def create(self, vals_list):
        events = super().create(vals_list)
        interview = self.env["crm.profiling.interview"]._of_context()
        if interview and events and not interview.sudo().meeting_id.exists():
            interview.sudo().meeting_id = events[0]
        return events

    def unlink(self):
        """Let interviews go before what they point to goes, activities included."""
        activities = self.env["mail.activity"].sudo().with_context(active_test=False)
        theirs = activities.search([("calendar_event_id", "in", self.ids)])
        self.env["crm.profiling.interview"]._let_go(theirs, self)
        return super().unlink()

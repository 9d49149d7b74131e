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

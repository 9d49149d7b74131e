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
        """Let interviews forget what was promised before its activity goes along.

        The database deletes both in one statement, in an order of its own, and may
        look at an interview that points to an activity that is gone already.
        """
        self.env["crm.profiling.interview"]._forget_callbacks(
            [("callback_event_id", "in", self.ids)]
        )
        return super().unlink()

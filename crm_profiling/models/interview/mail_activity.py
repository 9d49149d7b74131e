from odoo import models


class MailActivity(models.Model):
    """What was promised in an interview goes from the calendar with its activity."""

    _inherit = "mail.activity"

    def unlink(self):
        """Delete the events that interviews made for these activities.

        Odoo moves either with the other, and deletes an activity with its event.
        """
        events = self.sudo().calendar_event_id
        if events:
            events = (
                self.env["crm.profiling.interview"]
                .sudo()
                .search([("callback_activity_id", "in", self.ids)])
                .callback_event_id
            )
        result = super().unlink()
        events.exists().unlink()
        return result

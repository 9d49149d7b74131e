from odoo import api, models


class CrmProfilingInterview(models.Model):
    """Before activities and events are deleted, interviews point to them no more."""

    _inherit = "crm.profiling.interview"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _let_go(self, activities, events):
        """Point no more to activities and events that are about to be deleted.

        The database deletes activities with their event, or with their user, in one
        statement. Which of the rows it looks at first follows from when constraints
        were made: an interview written in the same transaction, or with two of its
        pointers gone, may be looked at while it points to what is gone already.
        """
        pointing = {
            "callback_activity_id": activities,
            "call_activity_id": activities,
            "callback_event_id": events,
            "meeting_id": events,
        }
        for name, gone in pointing.items():
            if gone:  # written by the time Odoo deletes anything
                self.sudo().search([(name, "in", gone.ids)])[name] = False

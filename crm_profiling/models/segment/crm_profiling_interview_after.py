from odoo import models
from odoo.fields import Domain


class CrmProfilingInterview(models.Model):
    """What the profiles propose after a call, and what they did at its end."""

    _inherit = "crm.profiling.interview"  # pylint: disable=consider-merging-classes-inherited

    def _profiles_to_propose(self):
        """Return the contact's profiles that the user sees, the narrowest first."""
        profiles = self.partner_id.profile_ids._filtered_access("read")
        return profiles._narrowest_first()

    def _deed(self, action):
        """Return what a profile did with the contact at the end of this interview."""
        done = (
            Domain("interview_id", "=", self.id)
            & Domain("stay_id.partner_id", "=", self.partner_id.id)
            & Domain("action", "=", action)
            & Domain("state", "=", "done")
        )
        return self.env["crm.profiling.stay.deed"].sudo().search(done, limit=1)

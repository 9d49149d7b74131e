from odoo import api, models


class CrmProfilingProfile(models.Model):
    """The contacts of profiles are a segment."""

    _name = "crm.profiling.profile"
    _inherit = ["crm.profiling.profile", "crm.profiling.segment"]

    @api.model
    def _segment_field(self):
        return "profile_ids"

    def _segment_profiles(self):
        if len(self) == 1:
            return self
        return self.browse()  # one may be in the first, another in the second

from odoo import api, models


class ResPartner(models.Model):
    """Contacts chosen in a list are a segment."""

    _name = "res.partner"
    _inherit = ["res.partner", "crm.profiling.segment"]

    @api.model
    def _segment_field(self):
        return "id"

    def _profiling_in_common(self):
        """Return the name of the narrowest profile that all of them are in."""
        profiles = self._segment_profiles()._filtered_access("read")
        return profiles[:1].name or super()._profiling_in_common()

    def action_segment_call(self):
        """Call through them."""
        return self.action_profiling_call_list()

    def _segment_profiles(self):
        common = self[:1].profile_ids
        for partner in self[1:]:
            common &= partner.profile_ids
        return common._narrowest_first()

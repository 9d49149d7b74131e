from odoo import api, models


class ResPartnerCategory(models.Model):
    """The contacts of tags are a segment."""

    _name = "res.partner.category"
    _inherit = ["res.partner.category", "crm.profiling.segment"]

    @api.model
    def _segment_field(self):
        return "category_id"

    def _segment_profiles(self):
        """Return the profile that gives the tag, if one does: somebody may have it
        by hand, but then to be treated like the others."""
        profiles = self.env["crm.profiling.profile"].search(
            [("category_id", "in", self.ids)]
        )
        return profiles if len(self) == 1 and len(profiles) == 1 else profiles.browse()

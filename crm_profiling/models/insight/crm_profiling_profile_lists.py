from odoo import api, models


class CrmProfilingProfile(models.Model):
    """The contacts of a profile are listed as Contacts by Category does."""

    _inherit = "crm.profiling.profile"  # pylint: disable=consider-merging-classes-inherited

    def action_view_members(self):
        """Have the list say why they are in this profile."""
        action = super().action_view_members()
        action["context"]["profiling_profile_id"] = self.id
        return action

    @api.model
    def action_preview(self, values, kind):
        """Show the contacts in the list of Contacts by Category."""
        action = super().action_preview(values, kind)
        view = self.env.ref("crm_profiling.res_partner_view_list_by_category")
        return {**action, "views": [[view.id, "list"]]}

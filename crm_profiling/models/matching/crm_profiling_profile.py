from odoo import api, fields, models
from odoo.fields import Domain

from ..catalog.arguments import check_values


class CrmProfilingProfile(models.Model):
    """Who is in a profile."""

    _inherit = "crm.profiling.profile"  # pylint: disable=consider-merging-classes-inherited

    membership_ids = fields.One2many(
        comodel_name="crm.profiling.membership", inverse_name="profile_id"
    )
    member_count = fields.Integer(string="Contacts", compute="_compute_member_count")

    @api.depends("membership_ids.state")
    def _compute_member_count(self):
        Membership = self.env["crm.profiling.membership"]
        counts = dict(
            Membership._read_group(
                Membership._member_domain() & Domain("profile_id", "in", self.ids),
                ["profile_id"],
                ["__count"],
            )
        )
        for profile in self:
            profile.member_count = counts.get(profile._origin, 0)

    def write(self, vals):
        check_values(self.env, vals)
        if vals.get("category_id"):
            retagged = self.filtered(lambda p: p.category_id.id != vals["category_id"])
            self.env["crm.profiling.state"]._look_again_at(retagged.ids)
        return super().write(vals)

    def unlink(self):
        """Take the profiles' tags off their contacts before they go.

        At once, however many: afterwards nobody knows whose the tags were.
        """
        self.filtered("active").action_archive()
        self.sudo().membership_ids.partner_id._profiling_apply()
        return super().unlink()

    def action_view_members(self):
        """Open the contacts in this profile."""
        self.ensure_one()
        return self.env["res.partner"]._action_profiling_contacts(
            [("profile_ids", "in", self.ids)], self.name
        )

from odoo import api, fields, models

from ..catalog.arguments import check_one


class CrmProfilingProfile(models.Model):
    """The contacts that are in a profile already are acted on if somebody says so."""

    _inherit = "crm.profiling.profile"  # pylint: disable=consider-merging-classes-inherited

    entry_waiting_count = fields.Integer(compute="_compute_entry_waiting_count")

    @api.depends("membership_ids.to_act")
    def _compute_entry_waiting_count(self):
        counts = dict(
            self.env["crm.profiling.membership"]
            .sudo()
            ._read_group(
                [("profile_id", "in", self.ids), ("to_act", "=", True)],
                ["profile_id"],
                ["__count"],
            )
        )
        for profile in self:
            profile.entry_waiting_count = counts.get(profile._origin, 0)

    def action_act_on_members(self):
        """Ask whether to act on the contacts that are in this profile already."""
        check_one(self)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Act on the contacts already in"),
            "res_model": "crm.profiling.entry.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"default_profile_id": self.id},
        }

    def action_stop_acting(self):
        """Leave those alone who were to be acted on in the background."""
        self.check_access("write")
        self.env["crm.profiling.membership"]._stop_acting(self)
        self.invalidate_recordset(["entry_waiting_count"])

from collections import Counter

from odoo import models


class CrmProfilingProfile(models.Model):
    """Knows whom a profile gives contacts to, and how many they have."""

    _inherit = "crm.profiling.profile"  # pylint: disable=consider-merging-classes-inherited

    def _entry_candidates(self):
        """Return the users that contacts can be given to."""
        self.ensure_one()
        if self.entry_assign == "user":
            return self.entry_user_id.filtered("active")
        members = self.entry_team_id.crm_team_member_ids
        return members.filtered(lambda m: not m.assignment_optout).user_id

    def _entry_load(self, users):
        """Return how many contacts of this profile each of the users has."""
        rows = self.env["res.partner"]._read_group(
            [("profile_ids", "in", self.ids), ("user_id", "in", users.ids)],
            ["user_id"],
            ["__count"],
        )
        return Counter(dict(rows))

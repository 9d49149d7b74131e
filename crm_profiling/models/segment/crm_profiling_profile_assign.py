from collections import Counter

from odoo import fields, models

from .profile_fields import one_of, user


class CrmProfilingProfile(models.Model):
    """Knows whom a profile gives contacts to, and how many they have."""

    _inherit = "crm.profiling.profile"  # pylint: disable=consider-merging-classes-inherited

    entry_assign = fields.Selection(
        selection=[
            ("user", "One salesperson"),
            ("team", "The members of a team, in turn"),
        ],
        string="Give it to",
        help="Only contacts without a salesperson. Colleagues go to the same one.",
    )
    entry_user_id = user("Salesperson")
    entry_team_id = one_of(
        "crm.team",
        "Sales team",
        help="The member with the fewest contacts of this profile comes next. Members"
        " whose assignment is paused are left out.",
    )

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

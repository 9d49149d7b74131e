from collections import defaultdict

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain

MONTHS = 12  # shown of the past


class CrmProfilingBoard(models.AbstractModel):
    """Follows the profiles over time: who entered, and how large they were."""

    _inherit = "crm.profiling.board"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _months(self):
        """Return the months shown, this one last."""
        month = fields.Date.context_today(self).replace(day=1)
        return [month - relativedelta(months=back) for back in range(MONTHS, -1, -1)]

    @api.model
    def _since(self):
        """Return the first month of which sizes are known, or False."""
        snapshot = self.env["crm.profiling.snapshot"].search([], order="date", limit=1)
        return snapshot.date

    @api.model
    def _entered_domain(self):
        """Return the domain of the memberships that began this month."""
        members = self.env["crm.profiling.membership"]._member_domain()
        return members & Domain("date", ">=", self._months()[-1])

    @api.model
    def _entered(self):
        """Return ``{profile: how many contacts entered it this month}``."""
        return dict(
            self.env["crm.profiling.membership"]._read_group(
                self._entered_domain(), ["profile_id"], ["__count"]
            )
        )

    @api.model
    def action_view_entered(self, profile_id):
        """Open the contacts who entered a profile this month."""
        self.env["crm.profiling.profile"].check_access("read")
        guarded = self.env["crm.profiling.guarded"]
        profile = guarded._the("crm.profiling.profile", profile_id)
        domain = self._entered_domain() & Domain("profile_id", "=", profile.id)
        return self.env["res.partner"].action_profiling_contacts(
            "profiling_membership_ids", list(domain), self.env._("Entered this month")
        )

    @api.model
    def _history(self):
        """Return ``{profile id: {month: (size, entered, left)}}``."""
        history = defaultdict(dict)
        for profile, month, *figures in self.env["crm.profiling.snapshot"]._read_group(
            [("date", ">=", self._months()[0])],
            ["profile_id", "date:month"],
            ["size:sum", "entered:sum", "gone:sum"],
        ):
            history[profile.id][month] = figures
        return history

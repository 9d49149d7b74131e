from odoo import models
from odoo.fields import Domain

from .arguments import check, is_id

# Profiles that contacts entered, shown
_MOST = 50


class CrmProfilingImport(models.Model):
    """What to do with the contacts of a file once they are there."""

    _inherit = "crm.profiling.import"  # pylint: disable=consider-merging-classes-inherited

    def _contacts(self):
        """Return the contacts that the file is about, in the user's sight."""
        mine = Domain("profiling_import_ids", "in", self.ids)
        return self.env["res.partner"].search(mine)

    def action_call(self):
        """Make a call list of the people of the file."""
        self._check_mine()
        contacts = self._contacts()
        people = contacts.filtered(lambda partner: not partner.is_company)
        action = (people or contacts).action_profiling_call_list()
        action["context"]["default_name"] = self._stem()
        return action

    def action_profile(self, profile_id):
        """Open the contacts of the file who are in a profile.

        :param int profile_id: of the profile
        """
        self._check_mine()
        check(self.env, is_id(profile_id))
        profile = self.env["crm.profiling.profile"].search([("id", "=", profile_id)])
        check(self.env, profile)
        domain = [
            ("profiling_import_ids", "in", self.ids),
            ("profile_ids", "in", profile.ids),
        ]
        name = f"{self.name}: {profile.name}"
        return self.env["res.partner"]._action_profiling_contacts(domain, name)

    def _next_steps(self):
        """Hook: return ``[{"method", "label", "icon"}]`` of what may come next."""
        return [
            {
                "method": "action_call",
                "label": self.env._("Call these"),
                "icon": "fa-phone",
            }
        ]

    def _entered(self):
        """Return the profiles that contacts of the file entered with it."""
        Membership = self.env["crm.profiling.membership"]
        counts = Membership._read_group(
            Membership._in_domain()
            & Domain("partner_id.profiling_import_ids", "in", self.ids)
            & Domain("date", ">=", self.create_date.replace(microsecond=0)),
            ["profile_id"],
            ["__count"],
            order="__count desc, profile_id",
            limit=_MOST,
        )
        return [
            {"id": profile.id, "name": profile.name, "count": count}
            for profile, count in counts
        ]

    def _screen(self):
        shown = super()._screen()
        is_done = self.state == "done"
        shown["steps"] = self._next_steps() if is_done else []
        shown["entered"] = self._entered() if is_done else []
        return shown

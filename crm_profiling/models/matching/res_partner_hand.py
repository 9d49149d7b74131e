from odoo import models
from odoo.exceptions import ValidationError

from ..catalog.arguments import is_id


class ResPartner(models.Model):
    """Contacts are pinned to profiles, and kept out of them."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    def profiling_set_hand(self, profile_id, state):
        """Pin contacts to a profile, keep them out of it, or take that back.

        :param int profile_id: id of the profile
        :param state: ``"pinned"``, ``"barred"``, or a false value to let the answers
            decide again
        :raise ValidationError: for another state or a profile that does not exist
        """
        self.check_access("write")
        profile = self.env["crm.profiling.profile"]
        profile.check_access("read")
        if is_id(profile_id):
            # hidden ones are not there
            profile = profile.with_context(active_test=False).search(
                [("id", "=", profile_id)]
            )
        if not profile or state not in ("pinned", "barred", False, None, ""):
            raise ValidationError(
                self.env._(
                    "Choose an existing profile, and to pin the contact, to keep it"
                    " out, or to let the answers decide."
                )
            )
        # Salespeople may not write memberships at large; on contacts they may change,
        # their word counts.
        Membership = self.env["crm.profiling.membership"].sudo()
        if state:
            Membership.create(
                [
                    {"partner_id": p.id, "profile_id": profile.id, "state": state}
                    for p in self
                ]
            )
        else:
            Membership.search(
                [("partner_id", "in", self.ids), ("profile_id", "=", profile.id)]
            ).unlink()
        return True

from odoo import api, models
from odoo.fields import Domain

from ..catalog.ours import is_ours


class CrmProfilingMembership(models.Model):
    """Whom a person keeps out has left: what the profile did is withdrawn.

    As with pins nothing else is done: that person is there to do it.
    """

    _inherit = "crm.profiling.membership"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _say_by_hand(self, words):
        pairs = Domain.OR(
            Domain("partner_id", "=", pair[0]) & Domain("profile_id", "=", pair[1])
            for pair, vals in words.items()
            if vals.get("state") == "barred"
        )
        inside = self.sudo().search(pairs)._is_in()
        result = super()._say_by_hand(words)
        inside._withdraw_from_barred()
        return result

    def write(self, vals):
        """Withdraw what profiles did with contacts that are kept out from now on."""
        inside = self._is_in() if vals.get("state") == "barred" else self.browse()
        result = super().write(vals)
        inside._withdraw_from_barred()
        return result

    def _keep_out(self):
        inside = self._is_in()
        result = super()._keep_out()
        inside._withdraw_from_barred()
        return result

    def _withdraw_from_barred(self):
        """Withdraw what profiles did, unless it is nobody's word."""
        if self and not is_ours(self.env, "profiling_quiet"):
            self.env["crm.profiling.entry"]._kept_out(
                {
                    profile: memberships.partner_id
                    for profile, memberships in self.grouped("profile_id").items()
                }
            )

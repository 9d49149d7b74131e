from odoo import models


class CrmProfilingStay(models.Model):
    """What a profile is not to do with a contact during a stay."""

    _inherit = "crm.profiling.stay"  # pylint: disable=consider-merging-classes-inherited

    def _left_out(self):
        """Return the actions not to be done, ``{contact_id: set of their names}``.

        They have been done in this stay, or somebody wanted them left out.
        """
        everything = {action._name for action in self._actions()}
        left_out = {}
        for stay in self:
            withdrawn = stay.deed_ids.filtered(lambda d: d.state == "withdrawn")
            if stay.is_back:
                names = everything - set(withdrawn.mapped("action"))
            else:
                names = set((stay.deed_ids - withdrawn).mapped("action"))
            left_out[stay.partner_id.id] = names
        return left_out

    def _is_decided(self, action):
        """Whether an action has been done in this stay, or is left out already."""
        return action in self._left_out()[self.partner_id.id]

    def _leave_out(self, action, what, reason):
        """Note that an action is not to be done.

        :param action: its name
        :param what: the words for what it would have done
        """
        user = self.env.user.name
        if reason:
            said = self.env._(
                "left out by %(user)s: %(what)s (%(reason)s)",
                user=user,
                what=what,
                reason=reason,
            )
        else:
            said = self.env._("left out by %(user)s: %(what)s", user=user, what=what)
        self.deed_ids.create(
            {
                "stay_id": self.id,
                "action": action,
                "state": "left_out",
                "said": said,
            }
        )

    def _left_out_lines(self):
        """Return what to tell of what somebody wanted left out, and tell it once."""
        left_out = self.deed_ids.filtered(lambda deed: deed.state == "left_out")
        left_out.write({"state": "nothing"})
        return left_out.mapped("said")

from odoo import models

# Where a transaction keeps whose answers have changed, until it is committed.
NEWS = "crm_profiling.interview_news"


class ResPartner(models.Model):
    """Who asks the same contact sees at once what a colleague notes."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    def _profiling_apply(self):
        """Note whose screens are to be told, once for a transaction."""
        result = super()._profiling_apply()
        hooks = self.env.cr.precommit
        if self and NEWS not in hooks.data:
            hooks.data[NEWS] = set()
            hooks.add(self.browse()._profiling_tell_interviews)
        if self:
            hooks.data[NEWS].update(self.ids)
        return result

    def _profiling_tell_interviews(self):
        """Tell the screens of those who interview one of these contacts just now."""
        ids = self.env.cr.precommit.data.pop(NEWS, ())
        others = (
            self.env["crm.profiling.interview"]
            .sudo()
            .search(
                [
                    ("partner_id", "in", list(ids)),
                    ("state", "=", "ongoing"),
                    ("user_id", "!=", self.env.uid),
                ]
            )
        )
        for user, interviews in others.grouped("user_id").items():
            user._bus_send("crm_profiling/interview", {"ids": interviews.ids})

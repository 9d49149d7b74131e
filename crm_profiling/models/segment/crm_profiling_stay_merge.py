from odoo import api, models
from odoo.fields import Domain


class CrmProfilingStay(models.Model):
    """Of several contacts becomes one: it keeps their stays."""

    _inherit = "crm.profiling.stay"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _merge(self, contacts, target):
        """Give the stays of contacts to the one that stays, and do nothing twice.

        Of two in one profile the one in which most has been done is kept, with what
        was done in both.
        """
        stays = self.search(Domain("partner_id", "in", (contacts | target).ids))
        over = stays.filtered(lambda stay: stay.state == "left")
        ranks = ("done", "leaving", "waiting")
        for of_profile in (stays - over).grouped("profile_id").values():
            kept, *others = of_profile.sorted(lambda stay: ranks.index(stay.state))
            for other in others:
                other.deed_ids.stay_id = kept
                other.unlink()
            kept.partner_id = target
        over.partner_id = target

from odoo import models

from .holder import HELD_BY, holder_of


class ResPartner(models.Model):
    """Of several contacts becomes one: each topic sees to what it keeps of them."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    def _profiling_merge_into(self, target):
        """Hook: these contacts are merged into another one, and go.

        Called as superuser, before Odoo has everything that refers to them refer to
        the one that stays; of rows that would be double it deletes all.
        """
        if any(self.mapped("is_company")) and not target.is_company:
            # Odoo comes to that later; the answers that move here are its own already
            target.is_company = True
        self.env["crm.profiling.response"]._move(
            [
                (source.id, level, holder_of(target, level).id)
                for source in self
                for level in HELD_BY
            ]
        )

    def _profiling_merged(self):
        """Hook: this contact has taken over others, and what Odoo keeps of them.

        Who came below it belongs to its company, or to one that answers for itself.
        """
        company = self.commercial_partner_id
        Response = self.env["crm.profiling.response"]
        self.browse(Response._contact_ids_of(company.ids))._profiling_apply()

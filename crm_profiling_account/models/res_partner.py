from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _profiling_merge_into(self, target):
        """Look at the one that stays, once the invoices of the others are its own."""
        result = super()._profiling_merge_into(target)
        self.env["crm.profiling.invoiced"]._note(target.commercial_partner_id.ids)
        return result

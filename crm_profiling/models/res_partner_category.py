from odoo import models

from .res_partner import commanded


class ResPartnerCategory(models.Model):
    _inherit = "res.partner.category"

    def write(self, vals):
        """Hear what is said of contacts from the tag's side as from the contact's."""
        if "partner_ids" not in vals:
            return super().write(vals)
        tags = self.sudo().with_context(active_test=False)
        before = tags.partner_ids
        linked, unlinked = commanded(vals["partner_ids"])
        Partner = self.env["res.partner"].sudo()
        Partner.browse(unlinked)._profiling_tags_taken_off(self.ids)
        Partner.browse(linked)._profiling_tags_put_on(self.ids)
        result = super().write(vals)
        (before | tags.partner_ids)._profiling_apply()
        return result

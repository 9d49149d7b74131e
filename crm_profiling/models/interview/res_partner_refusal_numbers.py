from odoo import api, models


class ResPartner(models.Model):
    """Whoever comes to share a number with one not to be called does not lose it."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create(vals_list)
        if any(vals.get("phone") for vals in vals_list):
            self.env["crm.profiling.refusal"]._numbers_changed(partners)
        return partners

    def write(self, vals):
        result = super().write(vals)
        if {"phone", "country_id"} & vals.keys():
            self.env["crm.profiling.refusal"]._numbers_changed(self)
        return result

    def unlink(self):
        """Release the numbers of those who go."""
        self.sudo().profiling_refusal_ids._release()
        return super().unlink()

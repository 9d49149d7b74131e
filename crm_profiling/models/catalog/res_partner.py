from odoo import api, models

from .arguments import list_of


class ResPartner(models.Model):
    """Contacts have sealed fields, too."""

    _name = "res.partner"
    _inherit = ["res.partner", "crm.profiling.sealed"]

    @api.model_create_multi
    def create(self, vals_list):
        for vals in list_of(self.env, vals_list):
            self._check_sealed(vals)
        return super(ResPartner, self._without_forged_defaults()).create(vals_list)

    def write(self, vals):
        self._check_sealed(self._changing(vals))
        return super().write(vals)

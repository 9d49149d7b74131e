from odoo import api, fields, models

from ...groups import SALESMAN
from ..catalog.arguments import list_of


class CrmLead(models.Model):
    """Opportunities say for which profile they were created."""

    _name = "crm.lead"
    _inherit = ["crm.lead", "crm.profiling.sealed"]

    profiling_profile_id = fields.Many2one(
        comodel_name="crm.profiling.profile",
        string="Created for the profile",
        index="btree_not_null",
        ondelete="set null",
        copy=False,
        sealed=True,
        groups=SALESMAN,
        help="The profile whose contacts opportunities were created for, this among"
        " them.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in list_of(self.env, vals_list):
            self._check_sealed(vals)
        return super(CrmLead, self._without_forged_defaults()).create(vals_list)

    def write(self, vals):
        self._check_sealed(vals)
        return super().write(vals)

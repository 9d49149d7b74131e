from odoo import fields, models

from .res_partner import SALESMAN


class ResPartner(models.Model):
    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    profiling_interview_ids = fields.One2many(
        comodel_name="crm.profiling.interview",
        inverse_name="partner_id",
        string="Interviews",
        groups=SALESMAN,
    )

    def action_profiling_interview(self):
        """Interview this contact."""
        self.ensure_one()
        return {
            "type": "ir.actions.client",
            "tag": "crm_profiling.interview",
            "name": self.env._("Interview"),
            "params": {"partner_id": self.id},
            "context": {"partner_id": self.id},
        }

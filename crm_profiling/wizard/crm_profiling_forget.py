from odoo import api, fields, models

from ..models.catalog.arguments import ids_of


class CrmProfilingForget(models.TransientModel):
    """Asks before what contacts answered is removed for good."""

    _name = "crm.profiling.forget"
    _inherit = ["crm.profiling.guarded"]
    _description = "Remove What Contacts Answered"

    partner_ids = fields.Many2many(
        comodel_name="res.partner",
        relation="crm_profiling_forget_partner_rel",
        column1="forget_id",
        column2="partner_id",
        string="Contacts",
        context={"active_test": False},
        default=lambda self: ids_of(self.env.context.get("active_ids")),
    )
    partner_count = fields.Integer(compute="_compute_counts")
    response_count = fields.Integer(compute="_compute_counts")

    @api.depends("partner_ids")
    def _compute_counts(self):
        for wizard in self:
            wizard.partner_count = len(wizard.partner_ids)
            wizard.response_count = self.env["crm.profiling.response"].search_count(
                [("partner_id", "in", wizard.partner_ids._origin.ids)]
            )

    def action_forget(self):
        self.ensure_one()
        self.partner_ids._profiling_forget()
        return {"type": "ir.actions.client", "tag": "soft_reload"}

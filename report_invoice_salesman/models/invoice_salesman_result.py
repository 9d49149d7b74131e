from odoo import api, fields, models


class InvoiceSalesmanResult(models.Model):
    """What a closed plan had achieved on the day it was closed.

    Sectors, profiles and categories are today's of customer and product; what was said
    of a year that is over should not move with them.
    """

    _name = "invoice.salesman.result"
    _description = "Kept Result of a Sales Plan"
    _order = "plan_id, month"
    _rec_name = "plan_id"

    plan_id = fields.Many2one(
        "invoice.salesman.plan", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="plan_id.company_id", store=True, index=True)
    key = fields.Integer(
        help="Number of the salesperson, team...; 0 for nobody, -1 for roundings.",
    )
    # The same for those who may see their own alone
    user_id = fields.Many2one("res.users", index=True, ondelete="set null")
    team_id = fields.Many2one("crm.team", ondelete="set null")
    month = fields.Date(required=True)
    amount = fields.Float(digits=(16, 2), required=True)

    @api.model
    def _keep(self, plan):
        """Keep what a plan has achieved."""
        field = {"user": "user_id", "team": "team_id"}.get(plan.held_by)
        self.sudo().create(
            [
                {
                    "plan_id": plan.id,
                    "key": key,
                    "month": month,
                    "amount": amount,
                    **({field: key} if field and key > 0 else {}),
                }
                for (key, month), amount in plan.sudo()._achieved().items()
            ]
        )

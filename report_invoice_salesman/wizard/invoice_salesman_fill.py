from odoo import fields, models


class InvoiceSalesmanFill(models.TransientModel):
    """Sets the targets of a plan from last year, or from a sum for the year."""

    _name = "invoice.salesman.fill"
    _inherit = "crm.profiling.guarded"
    _description = "Set Sales Targets"

    plan_id = fields.Many2one(
        "invoice.salesman.plan", required=True, ondelete="cascade"
    )
    holder_ids = fields.Many2many(
        "invoice.salesman.holder",
        "invoice_salesman_fill_holder_rel",
        "fill_id",
        "holder_id",
        string="For",
        domain="[('plan_id', '=', plan_id)]",
        help="Nobody chosen: for all of the plan.",
    )
    method = fields.Selection(
        [
            ("last_year", "Last year's months, and so many percent"),
            ("evenly", "A sum for the year, the same each month"),
            ("by_last_year", "A sum for the year, as last year's months were"),
            ("by_days", "A sum for the year, by working days"),
        ],
        required=True,
        default="last_year",
    )
    percent = fields.Float(string="Percent More", default=10.0)
    amount = fields.Float(string="Sum of the Year, Each", digits=(16, 2))
    replace = fields.Boolean(string="Write over targets that are there", default=True)

    def action_fill(self):
        """Write the targets."""
        self.ensure_one()
        self.plan_id.check_access("write")
        chosen = self.holder_ids & self.plan_id.holder_ids
        self.plan_id._fill(
            chosen or self.plan_id.holder_ids,
            self.method,
            self.percent,
            self.amount,
            self.replace,
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("The targets are set: see the tab Targets."),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

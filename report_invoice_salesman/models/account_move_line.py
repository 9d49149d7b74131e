from odoo import fields, models


class AccountMoveLine(models.Model):
    """Keeps what it cost when it was invoiced."""

    _inherit = "account.move.line"

    # What it cost when it was invoiced: noted at posting, kept ever after.
    # Written and read by `invoice.salesman.cost` alone
    sales_cost = fields.Float(
        string="Unit Cost at Posting",
        digits=0,
        readonly=True,
        copy=False,
        groups=".",
        help="Of one unit of the line, in the company's currency.",
    )
    sales_cost_total = fields.Monetary(
        string="Cost at Posting",
        currency_field="company_currency_id",
        readonly=True,
        copy=False,
        groups=".",
        help="Of the whole line; negative in a credit note.",
    )
    sales_cost_origin = fields.Selection(
        selection=[
            ("reversed", "The credited invoice"),
            ("stock", "Cost of goods sold"),
            ("order", "Cost on the sales order"),
            ("product", "Product's cost of the day"),
            ("later", "Product's cost, noted later"),
            ("none", "No cost known"),
        ],
        string="Cost Taken From",
        readonly=True,
        copy=False,
        groups=".",
    )
    # What it was noted for: numbers, not links, which would be two more foreign keys on
    # the largest table
    sales_cost_product = fields.Integer(
        string="Cost Noted for Product", readonly=True, copy=False, groups="."
    )
    sales_cost_uom = fields.Integer(
        string="Cost Noted for Unit", readonly=True, copy=False, groups="."
    )

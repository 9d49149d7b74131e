from odoo import api, fields, models
from odoo.tools import SQL


class InvoiceSalesmanLine(models.Model):
    """A line of an invoice: what product categories achieve.

    What Odoo adds to round an invoice to coins is a line of its own: with it the lines
    are the invoices, without it they are Odoo's invoice analysis.
    """

    _name = "invoice.salesman.line"
    _inherit = ["invoice.salesman.actual"]
    _description = "Invoice Line of a Salesperson"
    _auto = False
    _rec_name = "label"

    label = fields.Char(string="Description", readonly=True)
    invoice_id = fields.Many2one("invoice.salesman.invoice", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    categ_id = fields.Many2one(
        "product.category", string="Product Category", readonly=True
    )
    quantity = fields.Float(readonly=True, aggregator=None)
    is_rounding = fields.Boolean(string="Rounding", readonly=True)

    _depends = {
        "account.move.line": [
            "balance",
            "display_type",
            "move_id",
            "name",
            "product_id",
            "quantity",
            "tax_repartition_line_id",
        ],
        "product.product": ["product_tmpl_id"],
        "product.template": ["categ_id"],
    }

    @api.model
    def _parts(self):
        columns = SQL(
            """line.id, %s, line.name AS label, line.product_id, template.categ_id,
               CASE WHEN move.move_type = 'out_refund' THEN -line.quantity
                    ELSE line.quantity END AS quantity,
               line.display_type = 'rounding' AS is_rounding,
               -line.balance AS turnover,
               -line.balance - COALESCE(line.sales_cost_total, 0) AS margin,
               CASE WHEN line.display_type = 'product'
                     AND COALESCE(line.sales_cost_origin, 'none') = 'none'
                    THEN -line.balance ELSE 0 END AS uncosted,
               CASE WHEN line.sales_cost_origin = 'later'
                    THEN -line.balance ELSE 0 END AS late""",
            self._shared_sql(),
        )
        origin = SQL(
            """account_move_line line JOIN %s ON move.id = line.move_id
               LEFT JOIN product_product product ON product.id = line.product_id
               LEFT JOIN product_template template
                      ON template.id = product.product_tmpl_id""",
            SQL("(%s)", self._from_sql()),
        )
        # As Odoo sums up the untaxed amount
        condition = SQL(
            """%s AND (line.display_type = 'product'
                    OR line.display_type = 'rounding'
                       AND line.tax_repartition_line_id IS NULL)""",
            self._counts_sql(),
        )
        return columns, origin, condition

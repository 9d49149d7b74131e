from odoo import api, fields, models
from odoo.tools import SQL

METRICS = [
    ("turnover", "Turnover"),
    ("margin", "Margin"),
    ("number", "Number of invoices"),
]


class InvoiceSalesmanActual(models.AbstractModel):
    """What has been achieved: one row for each thing that is counted.

    Read by everything that shows a figure, and opened by a click on it: so the list
    behind a number is what was summed, by the same domain. It has rights of its own;
    Odoo's do not let salespeople read their own invoices.
    """

    _name = "invoice.salesman.actual"
    _description = "Achieved Sales"
    _auto = False
    _order = "date DESC, id DESC"
    _rec_name = "name"

    name = fields.Char(string="Number", readonly=True)
    date = fields.Date(string="Invoice Date", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    move_type = fields.Selection(
        [
            ("out_invoice", "Invoice"),
            ("out_refund", "Credit note"),
            ("out_receipt", "Receipt"),
        ],
        string="Type",
        readonly=True,
    )
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    user_id = fields.Many2one("res.users", string="Salesperson", readonly=True)
    team_id = fields.Many2one("crm.team", string="Sales Team", readonly=True)
    industry_id = fields.Many2one(
        "res.partner.industry", string="Industry", readonly=True
    )
    turnover = fields.Monetary(readonly=True, aggregator="sum")
    margin = fields.Monetary(
        readonly=True,
        aggregator="sum",
        help="Turnover less what the products cost when they were invoiced.",
    )
    uncosted = fields.Monetary(
        string="Without a Cost",
        readonly=True,
        aggregator="sum",
        help="Turnover of lines for which no cost is known: all of it is margin.",
    )
    late = fields.Monetary(
        string="Cost Noted Later",
        readonly=True,
        aggregator="sum",
        help="Turnover of lines whose cost was not noted on the day of the invoice.",
    )

    _depends = {
        "account.move": [
            "amount_untaxed_signed",
            "commercial_partner_id",
            "company_id",
            "invoice_date",
            "invoice_user_id",
            "move_type",
            "name",
            "state",
        ],
        "res.partner": ["industry_id"],
        "res.company": ["currency_id"],
        "res.users": ["sale_team_id"],
    }

    @property
    def _table_query(self):
        return SQL("SELECT %s FROM %s WHERE %s", *self._parts())

    @api.model
    def _parts(self):
        """Hook: return what is selected, from where, and under which condition."""
        raise NotImplementedError

    @api.model
    def _shared_sql(self):
        """Return the columns that all have, of the document `move`."""
        return SQL(
            """move.id AS move_id, move.id AS invoice_id, move.name,
               move.invoice_date AS date, move.company_id, company.currency_id,
               move.move_type, move.commercial_partner_id AS partner_id,
               move.invoice_user_id AS user_id, %s AS team_id, partner.industry_id""",
            self._team_sql(),
        )

    @api.model
    def _document_sql(self):
        """Return the columns of a whole document, `_shared_sql` among them."""
        return SQL(
            """%(shared)s, %(amount)s AS turnover,
               %(amount)s - COALESCE(move.sales_cost, 0) AS margin,
               CASE WHEN move.sales_cost IS NULL THEN %(amount)s
                    ELSE move.sales_uncosted END AS uncosted,
               move.sales_late AS late,
               CASE WHEN move.move_type = 'out_refund' THEN 0 ELSE 1 END AS number""",
            shared=self._shared_sql(),
            amount=self.env["crm.profiling.turnover"]._amount_sql(),
        )

    @api.model
    def _team_sql(self):
        """Return the team: the invoice's own where it has one (with the addon Sales),
        else the salesperson's of today."""
        if "team_id" in self.env["account.move"]._fields:
            return SQL("move.team_id")
        return SQL("seller.sale_team_id")

    @api.model
    def _from_sql(self):
        """Return the document with what is known of it.

        Each joined by its key: what a query does not ask for is not read.
        """
        return SQL(
            """account_move move
               LEFT JOIN res_partner partner ON partner.id = move.commercial_partner_id
               LEFT JOIN res_users seller ON seller.id = move.invoice_user_id
               LEFT JOIN res_company company ON company.id = move.company_id"""
        )

    @api.model
    def _counts_sql(self):
        return self.env["crm.profiling.turnover"]._counts_sql()

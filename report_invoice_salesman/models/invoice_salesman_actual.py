from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.crm_profiling.models.catalog.crm_profiling_sealed import check_one

ACCOUNTANTS = ("account.group_account_invoice", "account.group_account_readonly")
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


class InvoiceSalesmanInvoice(models.Model):
    """An invoice, credit note or receipt: what salespeople and sectors achieve."""

    _name = "invoice.salesman.invoice"
    _inherit = ["invoice.salesman.actual"]
    _description = "Invoice of a Salesperson"
    _auto = False

    number = fields.Integer(
        string="Invoices",
        readonly=True,
        aggregator="sum",
        help="Invoices and receipts; a credit note is none.",
    )
    line_ids = fields.One2many("invoice.salesman.line", "invoice_id", readonly=True)
    profile_ids = fields.Many2many(
        "crm.profiling.profile",
        string="Profiles",
        compute="_compute_profile_ids",
        search="_search_profile_ids",
        help="Those of the customer today; an invoice counts once for each.",
    )
    # Who had it before, and who changed that: of the last time
    moved_on = fields.Datetime(string="Handed Over On", compute="_compute_moved")
    moved_from_id = fields.Many2one(
        "res.users", string="Handed Over From", compute="_compute_moved"
    )
    moved_by_id = fields.Many2one(
        "res.users", string="Handed Over By", compute="_compute_moved"
    )

    @api.model
    def _parts(self):
        columns = SQL("move.id, %s", self._document_sql())
        return columns, self._from_sql(), self._counts_sql()

    def _compute_profile_ids(self):
        # those that the user may read: a customer may be one of several companies
        customers = self.partner_id._filtered_access("read")
        for invoice in self:
            invoice.profile_ids = (invoice.partner_id & customers).profile_ids

    @api.model
    def _search_profile_ids(self, operator, value):
        return Domain("partner_id.profile_ids", operator, value)

    def _compute_moved(self):
        # What happened to an invoice is known to all who see it
        notes = self.env["invoice.salesman.handover"].sudo()
        notes = notes.search([("move_id", "in", self.ids)], order="date, id")
        last = {note.move_id.id: note for note in notes}
        for invoice in self:
            note = last.get(invoice.id, notes.browse())
            invoice.moved_on = note.date
            invoice.moved_from_id = note.from_user_id
            invoice.moved_by_id = note.user_id

    def action_open(self):
        """Open the invoice, as Invoicing shows it to those who may see it there.

        :raise AccessError: for others
        """
        check_one(self)
        self.check_access("read")
        move = self.env["account.move"].browse(self.id)
        move.check_access("read")
        # With the addon Sales, salespeople may read it, and its form fails for them
        if not any(map(self.env.user.has_group, ACCOUNTANTS)):
            raise AccessError(
                self.env._("Invoices are opened by those who have rights in Invoicing.")
            )
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "res_id": move.id,
            "views": [(False, "form")],
        }


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


class InvoiceSalesmanMember(models.Model):
    """An invoice for each profile of its customer: what profiles achieve.

    Profiles overlap, and so do their sums; all of them together are more than what was
    sold.
    """

    _name = "invoice.salesman.member"
    _inherit = ["invoice.salesman.actual"]
    _description = "Invoice of a Profile"
    _auto = False

    number = fields.Integer(string="Invoices", readonly=True, aggregator="sum")
    invoice_id = fields.Many2one("invoice.salesman.invoice", readonly=True)
    profile_id = fields.Many2one("crm.profiling.profile", readonly=True)

    _depends = {
        "crm.profiling.membership": ["partner_id", "profile_id", "state"],
        "crm.profiling.profile": ["active"],
    }

    @api.model
    def _parts(self):
        # A number for each pair, as every list wants one
        columns = SQL(
            "membership.id * 4294967296 + move.id AS id, membership.profile_id, %s",
            self._document_sql(),
        )
        origin = SQL(
            "%s JOIN (%s) ON membership.partner_id = move.commercial_partner_id",
            self._from_sql(),
            self.env["crm.profiling.membership"]._in_sql(),
        )
        return columns, origin, self._counts_sql()

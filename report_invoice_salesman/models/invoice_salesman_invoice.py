from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.crm_profiling.models.catalog.arguments import check_one

ACCOUNTANTS = ("account.group_account_invoice", "account.group_account_readonly")


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

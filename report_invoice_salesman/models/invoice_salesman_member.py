from odoo import api, fields, models
from odoo.tools import SQL


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

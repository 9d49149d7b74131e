from odoo import fields, models


class AccountMove(models.Model):
    """Keeps what its lines had cost, and has noted who hands it over."""

    _inherit = "account.move"

    # Sums of what is noted on the lines, see `invoice.salesman.cost`
    sales_cost = fields.Monetary(
        string="Cost at Posting",
        currency_field="company_currency_id",
        readonly=True,
        copy=False,
        groups=".",
    )
    sales_uncosted = fields.Monetary(
        string="Sold Without a Cost",
        currency_field="company_currency_id",
        readonly=True,
        copy=False,
        groups=".",
    )
    sales_late = fields.Monetary(
        string="Sold With a Cost Noted Later",
        currency_field="company_currency_id",
        readonly=True,
        copy=False,
        groups=".",
    )

    # One salesperson's year, and everybody's, without opening the table
    _sales_targets_user_idx = models.Index(
        "(company_id, invoice_user_id, invoice_date)"
        " INCLUDE (amount_untaxed_signed, sales_cost, move_type, commercial_partner_id)"
        " WHERE state = 'posted'"
        " AND move_type IN ('out_invoice', 'out_refund', 'out_receipt')"
    )
    # Those without a cost yet: none, but in the minutes after an installation
    _sales_targets_uncosted_idx = models.Index(
        "(invoice_date, id) WHERE sales_cost IS NULL AND state = 'posted'"
        " AND move_type IN ('out_invoice', 'out_refund', 'out_receipt')"
    )

    def write(self, vals):
        """Note the cost of what is posted, and who hands an invoice over to whom."""
        before = self._sales_holders() if "invoice_user_id" in vals else {}
        result = super().write(vals)
        if vals.get("state") == "posted":
            self.env["invoice.salesman.cost"]._freeze(self)
        if before:
            self.env["invoice.salesman.handover"]._note(before)
        return result

    def _sales_holders(self):
        """Return whose each customer document is that has been posted.

        :rtype: ``{move: user}``
        """
        return {
            move: move.invoice_user_id
            for move in self
            if move.posted_before and move.is_sale_document(include_receipts=True)
        }

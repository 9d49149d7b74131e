from odoo import models


class AccountMove(models.Model):
    """Is what turnover is made of, and tells whose it changes."""

    _inherit = "account.move"

    # One customer's documents, and all of a window, without opening the table. Odoo
    # has no index on the commercial entity
    _profiling_turnover_idx = models.Index(
        "(company_id, commercial_partner_id, invoice_date)"
        " INCLUDE (amount_untaxed_signed)"
        " WHERE state = 'posted'"
        " AND move_type IN ('out_invoice', 'out_refund', 'out_receipt')"
    )
    _profiling_purchases_idx = models.Index(
        "(company_id, commercial_partner_id, invoice_date)"
        " INCLUDE (amount_untaxed_signed)"
        " WHERE state = 'posted'"
        " AND move_type IN ('in_invoice', 'in_refund', 'in_receipt')"
    )
    _profiling_turnover_date_idx = models.Index(
        "(company_id, invoice_date)"
        " INCLUDE (commercial_partner_id, amount_untaxed_signed)"
        " WHERE state = 'posted'"
        " AND move_type IN ('out_invoice', 'out_refund', 'out_receipt')"
    )

    def write(self, vals):
        """Note whose turnover changes: all that counts passes through a state.

        Or from one commercial entity to another: when a customer gets a parent, Odoo
        hands its documents over.
        """
        partners = self.env["res.partner"]
        if {"partner_id", "commercial_partner_id"} & vals.keys():
            partners |= self._profiling_counting().commercial_partner_id
        result = super().write(vals)
        if "state" in vals:
            moves = self.filtered(lambda move: move.is_invoice(include_receipts=True))
            partners |= moves.commercial_partner_id
        elif partners:
            partners |= self._profiling_counting().commercial_partner_id
        if partners:
            self.env["crm.profiling.invoiced"]._note(partners.ids)
        return result

    def _profiling_counting(self):
        """Return those of these that turnover or purchases are made of."""
        return self.filtered(
            lambda move: move.state == "posted"
            and move.is_invoice(include_receipts=True)
        )

from odoo import api, models
from odoo.tools import SQL


class CrmProfilingTurnover(models.AbstractModel):
    """What turnover is, said once: for profiles, for sales targets, for whoever asks.

    Posted documents of one company, by invoice date, untaxed, signed, in its currency;
    credit notes subtract. It is the commercial entity that buys, whichever of its
    addresses stands on the invoice. Purchases are the same of vendor bills.

    The conditions are worded as the partial indexes of `account.move` are: what is
    read by them never opens a draft, an entry or a bill.
    """

    _name = "crm.profiling.turnover"
    _description = "Turnover"

    _documents = {
        "turnover": ("out_invoice", "out_refund", "out_receipt"),
        "purchases": ("in_invoice", "in_refund", "in_receipt"),
    }

    # of a document, whatever of it is asked for
    _document_fields = (
        "amount_untaxed_signed",
        "commercial_partner_id",
        "company_id",
        "invoice_date",
        "move_type",
        "state",
    )

    @api.model
    def _counts_sql(self, kind="turnover"):
        """Return the condition on `move` for a document to count.

        :param str kind: `turnover` or `purchases`
        :rtype: SQL
        """
        return SQL(
            "move.state = 'posted' AND move.move_type IN %s", self._documents[kind]
        )

    @api.model
    def _amount_sql(self, kind="turnover"):
        """Return what a document adds: plus what was sold, or what was bought."""
        if kind == "purchases":
            # Odoo signs by what comes in: a bill is negative
            return SQL("-move.amount_untaxed_signed")
        return SQL("move.amount_untaxed_signed")

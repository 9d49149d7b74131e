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

    @api.model
    def _moves_sql(self, kind, companies, since=None, until=None, partners=None):
        """Return a subselect of ``(move_id, partner_id, date, amount)``.

        :param list companies: ids of companies
        :param date since, until: first and last day of the window, both within
        :param list partners: ids of commercial entities, None for all
        """
        self._flush_read()
        conditions = [
            self._counts_sql(kind),
            SQL("move.company_id = ANY(%s)", list(companies)),
        ]
        if since:
            conditions.append(SQL("move.invoice_date >= %s", since))
        if until:
            conditions.append(SQL("move.invoice_date <= %s", until))
        if partners is not None:
            conditions.append(SQL("move.commercial_partner_id = ANY(%s)", partners))
        return SQL(
            """SELECT move.id AS move_id, move.commercial_partner_id AS partner_id,
                      move.invoice_date AS date, %s AS amount
                 FROM account_move move
                WHERE %s""",
            self._amount_sql(kind),
            SQL(" AND ").join(conditions),
        )

    @api.model
    def _totals_sql(self, kind, companies, since=None, until=None, partners=None):
        """Return a subselect of ``(partner_id, amount)``, a row for each who bought.

        The arguments are those of `_moves_sql`.
        """
        return SQL(
            """SELECT document.partner_id, SUM(document.amount) AS amount
                 FROM (%s) document GROUP BY document.partner_id""",
            self._moves_sql(kind, companies, since, until, partners),
        )

    @api.model
    def _flush_read(self):
        """Have in the database what is read there."""
        self.env["account.move"].flush_model(self._document_fields)

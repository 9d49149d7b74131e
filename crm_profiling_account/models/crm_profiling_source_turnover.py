from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.crm_profiling.models.catalog.crm_profiling_answer_numbers import (
    in_band_sql,
)

LOOK_BACK = 7  # days on which the night may not have come


class CrmProfilingSourceTurnover(models.AbstractModel):
    """What was sold to somebody in the last months says which answer counts.

    Nothing sold is a known zero for whoever was asked something, or has ever bought;
    about all others, to whom nobody has talked yet, it says nothing.
    """

    _name = "crm.profiling.source.turnover"
    _inherit = ["crm.profiling.source"]
    _description = "Profiling Answers Found in Invoices"

    _origin = "turnover"

    @api.model
    def _told_sql(self, holder_ids, question_ids):
        return SQL(
            """(SELECT known.partner_id, band.question_id, band.answer_id
                  FROM %s known
                  JOIN %s band
                    ON band.question_id = known.question_id
                   AND %s)""",
            self._amounts_sql(holder_ids, question_ids),
            self.env["crm.profiling.answer"]._bands_sql(),
            in_band_sql(SQL("known.amount")),
        )

    @api.model
    def _amounts_sql(self, holder_ids, question_ids):
        """Return a subselect of ``(partner_id, question_id, amount)``.

        Of those whose turnover is known at all, by one pass over the documents: what
        is outside of the window adds nothing, and neither does it that somebody was
        asked; but both say that it is known. The arguments are those of `_told_sql`.
        """
        self._flush_watched()
        Turnover = self.env["crm.profiling.turnover"]
        within = SQL("= ANY(%s)", holder_ids) if holder_ids else SQL("IS NOT NULL")
        return SQL(
            """(SELECT partner_id, question_id, COALESCE(SUM(amount), 0) AS amount
                  FROM (SELECT move.commercial_partner_id AS partner_id,
                               question.id AS question_id,
                               CASE WHEN %(counts_now)s THEN %(amount)s END AS amount
                          FROM crm_profiling_question question
                          JOIN account_move move
                            ON move.company_id = question.company_id
                         WHERE question.id IN %(questions)s AND %(counts)s
                           AND move.commercial_partner_id %(within)s
                     UNION ALL
                        SELECT contact.commercial_partner_id, question.id, 0
                          FROM crm_profiling_question question
                    CROSS JOIN res_partner contact
                         WHERE question.id IN %(questions)s
                           AND contact.commercial_partner_id %(within)s
                           AND EXISTS (SELECT FROM crm_profiling_response response
                                        WHERE response.partner_id = contact.id)
                       ) AS document
                 GROUP BY partner_id, question_id)""",
            amount=Turnover._amount_sql(self._origin),
            counts=Turnover._counts_sql(self._origin),
            counts_now=self._in_window_sql(),
            questions=tuple(question_ids),
            within=within,
        )

    @api.model
    def _in_window_sql(self):
        """Return whether a document is of the months that a question is about."""
        return SQL(
            """move.invoice_date <= %(today)s
               AND (COALESCE(question.period_months, 0) = 0
                    OR move.invoice_date > %(today)s
                       - make_interval(months => question.period_months))""",
            today=self._today(),
        )

    @api.model
    def _watched(self):
        return {
            "account.move": self.env["crm.profiling.turnover"]._document_fields,
            "crm.profiling.question": ["company_id", "period_months"],
            "crm.profiling.response": ["partner_id"],
            "res.partner": ["commercial_partner_id"],
        }

    @api.model
    def _tonight_sql(self, question_ids):
        """Return those with an invoice that comes into the window, or leaves it."""
        self._flush_watched()
        return SQL(
            """(SELECT DISTINCT move.commercial_partner_id AS partner_id
                  FROM crm_profiling_question question
                  JOIN account_move move
                    ON move.company_id = question.company_id AND %(counts)s
                 WHERE question.id IN %(questions)s
                   AND (move.invoice_date BETWEEN %(since)s AND %(today)s
                        OR question.period_months > 0
                       AND move.invoice_date BETWEEN
                           %(since)s - make_interval(months => question.period_months)
                       AND %(today)s
                           - make_interval(months => question.period_months)))""",
            counts=self.env["crm.profiling.turnover"]._counts_sql(self._origin),
            questions=tuple(question_ids),
            since=self._today() - relativedelta(days=LOOK_BACK),
            today=self._today(),
        )

    @api.model
    def _today(self):
        """Return the day it is for all: what is found hangs on nobody's time zone."""
        return fields.Date.context_today(
            self.env["crm.profiling.condition"]._contacts()
        )

    @api.model
    def _may_be_seen(self):
        """Whether the user may read the invoices: all of them, not only their own."""
        user = self.env.user
        return (
            self.env.su
            or user.has_group("account.group_account_invoice")
            or user.has_group("account.group_account_readonly")
            or user.has_group("sales_team.group_sale_salesman_all_leads")
            and self.env["account.move"].has_access("read")
        )

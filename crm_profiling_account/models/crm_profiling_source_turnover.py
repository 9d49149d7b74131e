from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL
from odoo.tools.misc import formatLang

from odoo.addons.crm_profiling.models.answers.crm_profiling_source import Evidence

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
        self._flush_watched()
        Turnover = self.env["crm.profiling.turnover"]
        return SQL(
            """(SELECT holder.partner_id, band.question_id, band.answer_id
                  FROM %(holders)s holder
                  JOIN crm_profiling_question question
                    ON question.id = holder.question_id
                  LEFT JOIN LATERAL (
                       SELECT SUM(%(amount)s) AS amount
                         FROM account_move move
                        WHERE %(counts)s
                          AND move.company_id = question.company_id
                          AND move.commercial_partner_id = holder.partner_id
                          AND move.invoice_date <= %(today)s
                          AND (COALESCE(question.period_months, 0) = 0
                               OR move.invoice_date > %(today)s
                                  - make_interval(months => question.period_months))
                       ) total ON TRUE
                  JOIN %(bands)s band
                    ON band.question_id = question.id
                   AND band.lower <= COALESCE(total.amount, 0)
                   AND (band.upper IS NULL
                        OR COALESCE(total.amount, 0) < band.upper))""",
            holders=self._holders_sql(holder_ids, tuple(question_ids)),
            amount=Turnover._amount_sql(self._origin),
            counts=Turnover._counts_sql(self._origin),
            today=self._today(),
            bands=self.env["crm.profiling.answer"]._bands_sql(),
        )

    @api.model
    def _holders_sql(self, holder_ids, question_ids):
        """Return ``(partner_id, question_id)`` of whose turnover is known at all."""
        within = SQL("= ANY(%s)", holder_ids) if holder_ids else SQL("IS NOT NULL")
        return SQL(
            """(SELECT move.commercial_partner_id AS partner_id,
                       question.id AS question_id
                  FROM crm_profiling_question question
                  JOIN account_move move ON move.company_id = question.company_id
                 WHERE question.id IN %(questions)s AND %(counts)s
                   AND move.commercial_partner_id %(within)s
                 UNION
                SELECT contact.commercial_partner_id, question.id
                  FROM crm_profiling_question question
                 CROSS JOIN crm_profiling_response response
                  JOIN res_partner contact ON contact.id = response.partner_id
                 WHERE question.id IN %(questions)s
                   AND contact.commercial_partner_id %(within)s)""",
            questions=question_ids,
            counts=self.env["crm.profiling.turnover"]._counts_sql(self._origin),
            within=within,
        )

    @api.model
    def _watched(self):
        return {
            "account.move": [
                "amount_untaxed_signed",
                "commercial_partner_id",
                "company_id",
                "invoice_date",
                "move_type",
                "state",
            ],
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
        return fields.Date.context_today(self)

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

    @api.model
    def _evidence(self, partner, questions):
        holder = partner.commercial_partner_id
        evidence = {}
        records = self.env["crm.profiling.question"].browse(one.id for one in questions)
        for question in records:
            company = question.sudo().company_id
            since = None
            if question.period_months:
                since = self._today() - relativedelta(months=question.period_months)
                since += relativedelta(days=1)
            totals = self.env["crm.profiling.turnover"]._totals_sql(
                self._origin, company.ids, since, self._today(), holder.ids
            )
            amounts = dict(self.env.execute_query(totals))
            amount = formatLang(
                self.env,
                float(amounts.get(holder.id) or 0),
                currency_obj=company.currency_id,
            )
            text = self._evidence_text(amount, question.period_months)
            evidence[question.id] = Evidence(text, False, "res.partner", holder.id)
        return evidence

    @api.model
    def _evidence_text(self, amount, months):
        if not months:
            return self.env._("Turnover: %s", amount)
        return self.env._(
            "Turnover of the last %(months)s months: %(amount)s",
            months=months,
            amount=amount,
        )


class CrmProfilingSourcePurchases(models.AbstractModel):
    """The same of what was bought from somebody."""

    _name = "crm.profiling.source.purchases"
    _inherit = ["crm.profiling.source.turnover"]
    _description = "Profiling Answers Found in Bills"

    _origin = "purchases"

    @api.model
    def _evidence_text(self, amount, months):
        if not months:
            return self.env._("Purchases: %s", amount)
        return self.env._(
            "Purchases of the last %(months)s months: %(amount)s",
            months=months,
            amount=amount,
        )

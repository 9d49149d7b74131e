from odoo import api, models
from odoo.tools import SQL
from odoo.tools.misc import formatLang

from odoo.addons.crm_profiling.models.answers.crm_profiling_source import Evidence


class CrmProfilingSourceTurnover(models.AbstractModel):
    """What an answer was found from: the amount, in words."""

    _inherit = "crm.profiling.source.turnover"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _evidence(self, partner, questions):
        holder = partner.commercial_partner_id._origin
        records = self.env["crm.profiling.question"].browse(one.id for one in questions)
        amounts = self._amounts(holder, records)
        evidence = {}
        for question in records:
            is_known = question.id in amounts
            text = (
                self._evidence_text(
                    self._shown(amounts, question), question.period_months
                )
                if is_known
                else self.env._("No invoice, and nobody was asked anything yet")
            )
            evidence[question.id] = Evidence(
                text, not is_known, holder._name, holder.id
            )
        return evidence

    @api.model
    def _amounts(self, holder, questions):
        """Return ``{question_id: amount}`` of one customer, in one query.

        Of what is not known nothing.
        """
        if not holder or not questions:
            return {}
        sql = self._amounts_sql(SQL("%s", holder.ids), questions.ids)
        rows = self.env.execute_query(
            SQL("SELECT question_id, amount FROM %s known", sql)
        )
        return dict(rows)

    @api.model
    def _shown(self, amounts, question):
        """Return the amount of a question as it is read."""
        currency = question.sudo().company_id.currency_id
        return formatLang(self.env, float(amounts[question.id]), currency_obj=currency)

    @api.model
    def _evidence_text(self, amount, months):
        if not months:
            return self.env._("Turnover: %s", amount)
        return self.env._(
            "Turnover of the last %(months)s months: %(amount)s",
            months=months,
            amount=amount,
        )

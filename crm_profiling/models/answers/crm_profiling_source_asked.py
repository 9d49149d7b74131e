from odoo import api, models
from odoo.tools import SQL

from ...catalog import ASKED


class CrmProfilingSourceAsked(models.AbstractModel):
    """What people were asked: the responses."""

    _name = "crm.profiling.source.asked"
    _inherit = ["crm.profiling.source"]
    _description = "Profiling Answers That Were Asked"

    _origin = ASKED

    @api.model
    def _known_sql(self):
        """Return a subselect of ``(partner_id, question_id, answer_id)``.

        All that counts for each contact, whatever the question.
        """
        self._flush_watched()
        return self.env["crm.profiling.response"]._counting_sql(
            SQL("response.question_id"), SQL("response.answer_id")
        )

    @api.model
    def _watched(self):
        return {
            "crm.profiling.response": ["partner_id", "answer_id", "date"],
            "crm.profiling.question": [
                "active",
                "company_id",
                "level",
                "validity_months",
            ],
            "res.partner": ["commercial_partner_id"],
        }

    @api.model
    def _expired_sql(self):
        """Return the contacts for whom some answer is out of date.

        The same as `CrmProfilingResponse._is_stale` says of what has been read. Of
        answers that the user may not know nothing is told.
        """
        self._flush_watched()
        Response = self.env["crm.profiling.response"]
        return Response._counting_sql(
            where=SQL(
                """%s AND (%s OR question.company_id IS NULL
                              OR question.company_id = ANY(%s))""",
                Response._stale_sql(),
                self.env.su,
                self.env.companies.ids,
            ),
        )

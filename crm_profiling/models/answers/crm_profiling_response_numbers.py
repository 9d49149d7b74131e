from odoo import api, models
from odoo.tools import SQL


class CrmProfilingResponse(models.Model):
    """Known numbers belong to other answers once bands are others."""

    _inherit = "crm.profiling.response"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _sort_numbers(self, question_ids):
        """Give each known number the answer that it belongs to now.

        Nobody said anything: who said it and when stays, and nothing goes to the
        history. A number that belongs to no answer any more, below the lowest, stays
        where it was.

        :return: the responses that have another answer
        """
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """UPDATE crm_profiling_response response
                      SET answer_id = band.answer_id
                     FROM %s band
                    WHERE response.question_id = ANY(%s)
                      AND band.question_id = response.question_id
                      AND band.lower <= response.value
                      AND (band.upper IS NULL OR response.value < band.upper)
                      AND band.answer_id <> response.answer_id
                RETURNING response.id""",
                self.env["crm.profiling.answer"]._bands_sql(),
                list(question_ids),
            )
        )
        if rows:
            self._forget()
        return self.browse(id_ for (id_,) in rows)


class CrmProfilingQuestion(models.Model):
    _inherit = "crm.profiling.question"  # pylint: disable=consider-merging-classes-inherited

    def _bands_changed(self):
        """Sort known numbers anew; profiles that are entered by that do nothing."""
        result = super()._bands_changed()
        asked = self.filtered(lambda q: q.by_number and q.origin == "asked")
        if asked:
            moved = self.env["crm.profiling.response"].sudo()._sort_numbers(asked.ids)
            concerned = self.env["res.partner"].browse(set(moved._concerned_ids()))
            concerned._profiling_quietly()._profiling_apply()
        return result

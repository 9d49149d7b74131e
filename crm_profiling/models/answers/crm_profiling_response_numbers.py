from odoo import api, models
from odoo.tools import SQL

from ..catalog.crm_profiling_answer_numbers import in_band_sql


class CrmProfilingResponse(models.Model):
    """Known numbers belong to other answers once bands are others."""

    _inherit = "crm.profiling.response"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _sort_numbers(self, question_ids, size=None, after=0):
        """Give each known number the answer that it belongs to now.

        Nobody said anything: who said it and when stays, and nothing goes to the
        history. A number that belongs to no answer any more, below the lowest, stays
        where it was.

        :param int size: so many at the most; None: all of them
        :param int after: of those with a higher id
        :return: the responses that have another answer
        """
        rows = self.env.execute_query(
            SQL(
                """UPDATE crm_profiling_response response
                      SET answer_id = moved.answer_id
                     FROM %s moved
                    WHERE response.id = moved.id
                RETURNING response.id""",
                self._misplaced_sql(question_ids, size, after),
            )
        )
        if rows:
            self._forget()
        return self.browse(sorted(id_ for (id_,) in rows))

    @api.model
    def _misplaced_sql(self, question_ids, size=None, after=0):
        """Return a subselect of ``(id, answer_id)``: numbers that belong elsewhere now.

        By id, those after the given one, so many at the most. What it reads is flushed.
        """
        self.flush_model()
        return SQL(
            """(SELECT said.id, band.answer_id
                  FROM crm_profiling_response said
                  JOIN %s band
                    ON band.question_id = said.question_id
                   AND %s
                   AND band.answer_id <> said.answer_id
                 WHERE said.question_id = ANY(%s) AND said.id > %s
                 ORDER BY said.id LIMIT %s)""",
            self.env["crm.profiling.answer"]._bands_sql(),
            in_band_sql(SQL("said.value")),
            list(question_ids),
            after,
            size,
        )

    def _evaluate_sorted(self):
        """Evaluate those for whom these count; profiles that are entered do nothing."""
        concerned = self.env["res.partner"].browse(set(self._concerned_ids()))
        concerned._profiling_quietly()._profiling_apply()

from odoo import models
from odoo.tools import SQL


class CrmProfilingQuestion(models.Model):
    """Leaves many known numbers to the background job."""

    _inherit = "crm.profiling.question"  # pylint: disable=consider-merging-classes-inherited

    def _sort_known_numbers(self):
        """Leave it to the background job, where many numbers are known."""
        Run = self.env["crm.profiling.run"]
        if self._count_numbers() <= Run._most_at_once():
            return super()._sort_known_numbers()
        return Run._start_sorting(self.sudo().profile_ids.filtered("active"))

    def _count_numbers(self):
        """Return how many numbers are known that answer these."""
        self.env["crm.profiling.response"].flush_model(["question_id", "value"])
        rows = self.env.execute_query(
            SQL(
                """SELECT count(*) FROM crm_profiling_response
                    WHERE question_id = ANY(%s) AND value IS NOT NULL""",
                self.ids,
            )
        )
        return rows[0][0]

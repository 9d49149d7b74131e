from odoo import api, fields, models
from odoo.tools import SQL
from odoo.tools.date_utils import relativedelta

# Months after which nobody asks again: longer ones lead beyond the last day there is
FOR_EVER = 12 * 1000


class CrmProfilingResponse(models.Model):
    """For how long an answer counts."""

    _inherit = "crm.profiling.response"  # pylint: disable=consider-merging-classes-inherited

    def _is_stale(self):
        """Whether this answer is older than its question says answers are valid.

        Not where the question is archived: nobody can answer it anew.
        """
        question = self.question_id
        months = question.active and question.validity_months
        if not months:
            return False
        # from when it was said: counted back from now, the end of a month would have
        # it stale on the 28th and valid again on the 29th
        until = self.date + relativedelta(months=min(months, FOR_EVER))
        return until < fields.Datetime.now()

    @api.model
    def _stale_sql(self):
        """Return the same as `_is_stale`, of a `response` and a `question`."""
        return SQL(
            """COALESCE(question.active AND question.validity_months > 0
                        AND response.date
                            + LEAST(question.validity_months, %s) * INTERVAL '1 month'
                            < %s,
                        FALSE)""",
            FOR_EVER,
            fields.Datetime.now(),
        )

from odoo import api, fields, models

from ...catalog import ASKED
from ..catalog.ours import is_ours


class CrmProfilingAnswer(models.Model):
    """An answer that is found has a condition: of which contacts it is true."""

    _inherit = "crm.profiling.answer"

    # Fields by which an answer is found, or another one.
    _FOUND_BY = frozenset(
        {
            "active",
            "domain",
            "question_id",
            "sequence",
            "value_from",
            "without_number",
        }
    )

    domain = fields.Char(
        string="Condition",
        help="Of which contacts this is true. The first answer whose condition holds"
        " counts (all that hold, where several answers are possible); one without a"
        " condition stands for all others.",
    )

    @api.constrains("domain", "active")
    def _check_domain(self):
        if not is_ours(self.env, "crm_profiling_question_checks"):
            self.question_id._check_conditions()

    @api.model_create_multi
    def create(self, vals_list):
        answers = super().create(vals_list)
        answers._found_otherwise()
        return answers

    def write(self, vals):
        result = super().write(vals)
        if self._FOUND_BY & vals.keys():
            self._found_otherwise()
        return result

    def unlink(self):
        questions = self._of_found()
        result = super().unlink()
        if questions := questions.exists():
            questions._check_conditions()
            questions._found_otherwise()
        return result

    def _of_found(self):
        """Return the questions of these whose answers are found.

        Saved with its question, which sees to it once it is through: none.
        """
        if is_ours(self.env, "crm_profiling_question_checks"):
            return self.question_id.browse()
        return self.question_id.filtered(lambda question: question.origin != ASKED)

    def _found_otherwise(self):
        """Have their contacts looked at anew, once for each change."""
        if questions := self._of_found():
            questions._found_otherwise()

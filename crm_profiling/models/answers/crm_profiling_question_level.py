from odoo import models

from ..catalog.arguments import check_values
from ..catalog.ours import OURS


class CrmProfilingQuestion(models.Model):
    """Answers change hands once a question is asked of others."""

    _inherit = "crm.profiling.question"

    def write(self, vals):
        """Hand answers over where that changes whose answer counts."""
        check_values(self.env, vals)
        moving = self.filtered(lambda q: q.level != vals.get("level", q.level))
        if not moving:
            return super().write(vals)
        affected = moving._answering_contacts()
        result = super().write(vals)
        # nobody answered anything: profiles that are entered do nothing
        moving = moving.with_context(profiling_quiet=OURS)
        moving._hand_answers_over()
        affected |= moving._answering_contacts()
        moving._holders_changed(affected)
        return result

    def _holders_changed(self, affected):
        """Hook: other answers to these questions count for contacts than before."""
        affected._profiling_quietly()._profiling_apply()

    def _hand_answers_over(self):
        """Keep what was answered when it changes whom these questions are asked of."""
        Response = self.env["crm.profiling.response"].sudo()
        if self[:1].level == "company":
            Response._hand_over(question_ids=self.ids)
        else:
            Response._spread(self.ids)

    def _answering_contacts(self):
        """Return the contacts for whom an answer to these questions counts."""
        Partner = self.env["res.partner"].sudo().with_context(active_test=False)
        return Partner.search([("profiling_question_ids", "in", self.ids)])

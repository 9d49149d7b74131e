from odoo import api, models
from odoo.exceptions import ValidationError


class CrmProfilingQuestion(models.Model):
    """People have answered a question: that is kept, and shown."""

    _inherit = "crm.profiling.question"  # pylint: disable=consider-merging-classes-inherited

    @api.constrains("selection_mode")
    def _check_selection_mode(self):
        """Let a question become single choice only if nobody gave two answers."""
        single = self.filtered(lambda question: question.selection_mode == "single")
        several = self.env["crm.profiling.response"].sudo()._read_group(
            [("question_id", "in", single.ids)],
            ["question_id", "partner_id"],
            having=[("__count", ">", 1)],
            limit=1,
        )  # fmt: skip
        for question, partner in several:
            # name only whom the user may read; constraints are checked as superuser
            known = partner.with_env(self.env(su=False))._filtered_access("read")
            raise ValidationError(
                self.env._(
                    "“%(question)s” cannot become a question with one answer:"
                    " %(contact)s gave several. Keep one answer of each contact first.",
                    question=question.name,
                    contact=known.display_name or self.env._("somebody"),
                )
            )

    def action_view_contacts(self):
        """Open the contacts who answered this question."""
        self.ensure_one()
        return self.env["res.partner"]._action_profiling_contacts(
            [("profiling_question_ids", "in", self.ids)], self.name
        )

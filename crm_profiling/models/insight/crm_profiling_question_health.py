from odoo import api, fields, models


class CrmProfilingQuestion(models.Model):
    """Says of a question what no profile makes use of."""

    _inherit = "crm.profiling.question"  # pylint: disable=consider-merging-classes-inherited

    health_note = fields.Char(
        compute="_compute_health_note", help="What no profile makes use of."
    )

    @api.depends("active", "profile_ids", "answer_ids.active", "selection_mode")
    def _compute_health_note(self):
        for question in self:
            saved = question._origin
            used = question.profile_ids.filtered("active")._own_answers()
            notes = saved._findings(used) if saved.active else []
            question.health_note = " ".join(note for _kind, note in notes)

    def _findings(self, used):
        """Return what profiles do not make use of.

        :param used: all answers that profiles in use mention
        :rtype: list of ``(kind, sentence)``, kinds as in `crm.profiling.finding`
        """
        self.ensure_one()
        answers = self.answer_ids.filtered("active")
        if not answers:
            return [("no_answers", self.env._("Nobody can answer it. Add answers."))]
        if not answers & used:
            note = (
                self.env._("It decides nothing. Archive it, or use it in a profile.")
                if self.response_count
                else self.env._("No profile uses it yet.")  # it may be quite new
            )
            return [("unused_question", note)]
        # a question of two answers is decided by naming one of them
        told = len(answers) == 2 and self.selection_mode == "single"
        if (unused := answers - used) and not told:
            names = ", ".join(unused.mapped("name"))
            return [("unused_answer", self.env._("No profile mentions %s.", names))]
        return []

from odoo import models
from odoo.exceptions import ValidationError
from odoo.fields import Command


class CrmProfilingInterview(models.Model):
    """What is asked next: questions are left, refused or chosen, in some order."""

    _inherit = "crm.profiling.interview"  # pylint: disable=consider-merging-classes-inherited

    def get_screen(self):
        """Return how the interview stands."""
        self.ensure_one()
        self.check_access("read")
        return self.env["crm.profiling.interview.screen"]._build(self)

    def skip(self, question_id):
        """Leave a question for later."""
        self._check_ongoing()
        question = self._question_to_ask(question_id)
        self._set_aside(question, skipped_question_ids=[Command.link(question.id)])
        return self.get_screen()

    def decline(self, question_id):
        """Note that the contact does not want to answer a question."""
        self._check_ongoing()
        question = self._question_to_ask(question_id)
        self._set_aside(
            question,
            skipped_question_ids=[Command.unlink(question.id)],
            declined_question_ids=[Command.link(question.id)],
        )
        return self.get_screen()

    def ask(self, question_id):
        """Ask a question next, though it was put aside or decides nothing."""
        self._check_ongoing()
        question = self._question_to_ask(question_id)
        self._no_longer_refused(question)
        self.sudo().requested_question_id = question
        return self.get_screen()

    def set_order(self, ask_order, questionnaire_id=False):
        """Choose what is asked, and in which order."""
        self._check_ongoing()
        questionnaire = self._the("crm.profiling.questionnaire", questionnaire_id)
        if ask_order not in self._fields["ask_order"].get_values(self.env):
            raise ValidationError(
                self.env._(
                    "Choose the best next question, or the questionnaire's order."
                )
            )
        self.write({"ask_order": ask_order, "questionnaire_id": questionnaire.id})
        return self.get_screen()

    def _set_aside(self, question, **vals):
        self._asked_for(question)
        self.write(vals)

    def _asked_for(self, question):
        """Forget that the user wanted to ask this question next."""
        if self._requested() == question:
            self.sudo().requested_question_id = False

    def _no_longer_refused(self, question):
        """Forget that a question was skipped, or declined in any interview."""
        if question in self.skipped_question_ids:
            self.skipped_question_ids = [Command.unlink(question.id)]
        self._asked_for(question)
        # colleagues' interviews, too: whoever heard the no, it is taken back
        declining = self.sudo().search(
            [
                ("partner_id", "=", self.partner_id.id),
                ("declined_question_ids", "in", question.ids),
            ]
        )
        if declining:
            declining.declined_question_ids = [Command.unlink(question.id)]

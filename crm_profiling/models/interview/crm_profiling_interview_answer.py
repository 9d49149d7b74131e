from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..catalog.arguments import ids_of


class CrmProfilingInterview(models.Model):
    """What the contact answers to a question, once and as it was said."""

    _inherit = "crm.profiling.interview"  # pylint: disable=consider-merging-classes-inherited

    def answer(
        self,
        question_id,
        answer_ids,
        comment=None,
        seen_answer_ids=None,
        number=None,
        said_ago=None,
    ):
        """Store what the contact answers to a question; said again, it is confirmed.

        Not by the same interview: what arrives twice is one word.

        :param answer_ids: the whole answer as it is now; none takes it back
        :param comment: words to it; None leaves those there are. Put differently and
            nothing else, they leave who noted the answer, and when
        :param seen_answer_ids: what the screen showed as given before. Of a question
            with several answers only these are taken back: one that a colleague noted
            meanwhile stays.
        :param str number: as somebody wrote it; the answer is the one it belongs to,
            whichever was meant
        :param said_ago: how many seconds ago it was said, where it could not be told at
            once. What a colleague noted since counts then
        """
        self._check_ongoing()
        question = self._question_to_ask(question_id)
        vals = {"source": "interview", "interview_id": self.id}
        if moment := self._said_at(question, said_ago):
            vals["date"] = moment
        if number is not None:
            answer_ids = self._answer_by_number(question, number, vals)
        answers = self._answers_to(question, answer_ids)
        if comment is not None:
            vals["comment"] = self._text(comment)
        given = self._given_to(question)
        if number is not None or not self._remark(given, answers, vals):
            take = self._taken_back(question, answers, seen_answer_ids)
            self._note_answer(given, answers, take, vals)
        self._no_longer_refused(question)
        return self.get_screen()

    def _note_answer(self, given, answers, take, vals):
        """Store what was answered, unless this interview has it already.

        :param given: responses to the question that count now
        :param take: ids of answers that are not given any more
        """
        if not self._is_said_already(given, answers, vals):
            wanted = {self.partner_id.id: (set(answers.ids), take)}
            Response = self.env["crm.profiling.response"]
            Response._record(wanted, vals)._profiling_apply()

    @api.model
    def _taken_back(self, question, answers, seen_answer_ids):
        """Return the ids of answers that are not given any more.

        :param answers: that are given
        :param seen_answer_ids: see `answer`
        """
        all_answers = question.with_context(active_test=False).answer_ids
        take = set((all_answers - answers).ids)
        if seen_answer_ids is not None and question.selection_mode == "multiple":
            take &= set(ids_of(seen_answer_ids) or ())
        return take

    def _said_at(self, question, said_ago):
        """Return when an answer was given that arrives late; None for now.

        After what was noted in this interview before, see `_ago`.
        """
        moment = self._ago(said_ago)
        if moment is None:
            return None
        before = self._given_to(question).sudo()
        before = before.filtered(lambda response: response.interview_id == self)
        if dates := before.mapped("date"):
            moment = max(moment, max(dates) + timedelta(seconds=1))
        return moment if moment < fields.Datetime.now() else None

    @api.model
    def _answer_by_number(self, question, number, vals):
        """Return the ids of what a number answers, and have it among values."""
        question = self.env["crm.profiling.question"]._to_be_told(question.id)
        answer_id, value = question._answer_by_number(number)
        if value is not None:
            vals["value"] = value
        return [answer_id]

    def _given_to(self, question):
        """Return what counts as answered to a question, with the user's rights."""
        responses = self.env["crm.profiling.response"]._counting(self.partner_id)
        responses = responses.filtered(lambda r: r.question_id.id == question.id)
        return responses.with_env(self.env)

    @api.model
    def _remark(self, given, answers, vals):
        """Note words that are put differently, where the answer is not said again.

        Who noted the answer did, and when, still.

        :param given: responses to the question that count now
        :return: whether it was so
        """
        if "comment" not in vals:
            return False
        comment = vals["comment"]
        is_remark = (
            bool(given)
            and given.sudo().answer_id == answers.sudo()
            and not any(response._is_stale() for response in given.sudo())
            and any((one.comment or False) != comment for one in given.sudo())
        )
        if is_remark:
            given.comment = comment
        return is_remark

    def _is_said_already(self, given, answers, vals):
        """Return whether just that was noted in this interview, and nothing since.

        What is lost on its way back, or was under way when the page was loaded again,
        arrives twice: it was said once.

        :param given: responses to the question that count now
        """
        given = given.sudo()
        values = given._values_said() if given.question_id.by_number else {}
        return (
            bool(given)
            and given.answer_id == answers.sudo()
            and all(
                one.interview_id.id == self.id
                and not one._is_stale()
                and values.get(one.id) == vals.get("value")
                and (one.comment or False) == vals.get("comment", one.comment or False)
                for one in given
            )
        )

    def _answers_to(self, question, answer_ids):
        """Return answers that can be given to a question.

        :raise ValidationError: where one was deleted or archived meanwhile
        """
        wanted = ids_of(answer_ids)
        possible = question.with_context(active_test=False).answer_ids
        answers = possible.filtered(lambda answer: answer.id in (wanted or ()))
        if wanted is None or len(answers) != len(set(wanted)):
            raise ValidationError(
                self.env._(
                    "An answer to “%(question)s” has been deleted meanwhile. Choose"
                    " one of those that are left.",
                    question=question.name,
                )
            )
        given = self.partner_id.profiling_answer_ids
        for answer in answers.filtered(lambda a: not a.active) - given:
            raise ValidationError(
                self.env._(
                    "The answer “%(answer)s” to “%(question)s” has been archived"
                    " meanwhile. Choose another one.",
                    answer=answer.name,
                    question=question.name,
                )
            )
        return answers

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command, Domain

from ...evaluator import ASKED
from ..catalog.crm_profiling_guarded import ids_of, is_id
from ..catalog.crm_profiling_searched import storable


class CrmProfilingInterview(models.Model):
    """What the contact says to a question, or that it is left."""

    _inherit = "crm.profiling.interview"  # pylint: disable=consider-merging-classes-inherited

    def get_screen(self):
        """Return how the interview stands."""
        self.ensure_one()
        self.check_access("read")
        return self.env["crm.profiling.interview.screen"]._build(self)

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
        is_remark = number is None and self._remark(given, answers, vals)
        if not is_remark and not self._is_said_already(given, answers, vals):
            take = self._taken_back(question, answers, seen_answer_ids)
            self.env["crm.profiling.response"]._record(
                {self.partner_id.id: (set(answers.ids), take)}, vals
            )._profiling_apply()
        self._no_longer_refused(question)
        return self.get_screen()

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
        """Return when something was said that arrives late; None for now.

        It was said in this interview, and after what was noted in it before.

        :raise ValidationError: for what is no number of seconds
        """
        if said_ago is None:
            return None
        if isinstance(said_ago, bool) or not isinstance(said_ago, int) or said_ago < 0:
            raise ValidationError(
                self.env._("How long ago it was said is a number of seconds.")
            )
        now = fields.Datetime.now()
        since = int((now - self.date_start).total_seconds())
        moment = now - timedelta(seconds=min(said_ago, max(since, 0)))
        before = self._given_to(question).sudo()
        before = before.filtered(lambda response: response.interview_id == self)
        if dates := before.mapped("date"):
            moment = max(moment, max(dates) + timedelta(seconds=1))
        return moment if moment < now else None

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

    def _check_ongoing(self):
        """Refuse to change an interview that is another's, or over.

        Or whose contact is no longer the user's to change: the answers are stored past
        the rules of contacts.
        """
        self.ensure_one()
        if not self.exists():
            raise UserError(
                self.env._(
                    "This interview has been deleted meanwhile. Start it again: the"
                    " answers that were given are kept."
                )
            )
        self.check_access("write")
        self.partner_id.check_access("write")
        if self.state == "done":
            raise UserError(
                self.env._(
                    "The interview of %(contact)s is finished. Open it again to go on"
                    " asking.",
                    contact=self.partner_id.display_name,
                )
            )

    def _question_to_ask(self, question_id):
        """Return a question that can be asked now.

        :raise ValidationError: where it was deleted or archived meanwhile
        """
        Question = self.env["crm.profiling.question"].with_context(active_test=False)
        question = Question.browse()
        if is_id(question_id):
            question = Question.search(Domain("id", "=", question_id))
        if not question:
            raise ValidationError(
                self.env._(
                    "This question has been deleted meanwhile. The answers given so"
                    " far are kept: go on with the next question."
                )
            )
        question = question.with_env(self.env)
        if question.origin != ASKED:
            raise ValidationError(
                self.env._(
                    "“%(question)s” is not asked: its answer is found by itself.",
                    question=question.name,
                )
            )
        if not question.active:
            raise ValidationError(
                self.env._(
                    "The question “%(question)s” has been archived meanwhile and is"
                    " asked no more. Go on with the next question.",
                    question=question.name,
                )
            )
        return question

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

    def _text(self, value):
        """Return what somebody wrote, as it can be stored; False for nothing.

        :raise ValidationError: for what is no text
        """
        if value and not isinstance(value, str):
            raise ValidationError(self.env._("A remark is a text."))
        return storable(value or "") or False

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

from datetime import datetime
from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL


class Word(NamedTuple):
    """The latest that was said of a question, or of one of several answers to it."""

    answer_id: int  # 0: it was taken back
    date: datetime


class CrmProfilingResponse(models.Model):
    """The latest word on everything: what was said last, or taken back last."""

    _inherit = "crm.profiling.response"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _words_sql(self):
        """Return a subselect of all that was ever said, and of what was taken back."""
        self.flush_model()
        self.env["crm.profiling.question"].flush_model(["level", "selection_mode"])
        part = """
            SELECT %(id)s AS id, said.partner_id, question.level, said.question_id,
                   CASE question.selection_mode
                   WHEN 'multiple' THEN said.answer_id END AS choice_id,
                   %(answer)s AS answer_id, said.%(date)s AS date
              FROM %(table)s said
              JOIN crm_profiling_question question ON question.id = said.question_id
        """
        return SQL(
            "(%s UNION ALL %s)",
            SQL(
                part,
                id=SQL("said.id"),
                answer=SQL("said.answer_id"),
                date=SQL("date"),
                table=SQL("crm_profiling_response"),
            ),
            SQL(
                part,
                id=SQL("NULL::int"),
                answer=SQL("NULL::int"),
                date=SQL("date_end"),
                table=SQL("crm_profiling_response_history"),
            ),
        )

    @api.model
    def _latest(self, holder_ids):
        """Return ``{(holder_id, subject): the latest Word}``, see `_subjects`."""
        rows = self.env.execute_query(
            SQL(
                """SELECT DISTINCT ON (partner_id, question_id, choice_id)
                          partner_id, question_id, choice_id, answer_id, date
                     FROM %s word
                    WHERE partner_id = ANY(%s)
                    ORDER BY partner_id, question_id, choice_id,
                             -- what counts was said after what it took the place of
                             date DESC, id IS NULL""",
                self._words_sql(),
                list(set(holder_ids)),
            )
        )
        return {
            (holder_id, (question_id, choice_id or 0)): Word(answer_id or 0, date)
            for holder_id, question_id, choice_id, answer_id, date in rows
        }

    @api.model
    def _subjects(self):
        """Return a function of an answer, to what a word is about.

        A question, or one of several answers to it.
        """
        # asked once: thousands of answers of a file come by here
        questions = self.env["crm.profiling.catalog"]._get().questions

        def subject(answer_id):
            question = questions[answer_id]
            return question.id, 0 if question.single else answer_id

        return subject

    @api.model
    def _still_new(self, changes, moment):
        """Return those of ``{(holder_id, answer_id): ...}`` said after all else."""
        latest = self._latest(holder_id for holder_id, _answer_id in changes)
        subject = self._subjects()
        return {
            (holder_id, answer_id): value
            for (holder_id, answer_id), value in changes.items()
            if not (word := latest.get((holder_id, subject(answer_id))))
            or word.date < moment
        }

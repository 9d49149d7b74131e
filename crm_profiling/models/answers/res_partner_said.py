from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ...groups import SALESMAN


class ResPartner(models.Model):
    """Numbers and words that contacts answer with, beside the answers themselves."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    profiling_said = fields.Json(
        string="Numbers and words",
        compute="_compute_profiling_said",
        inverse="_inverse_profiling_said",
        readonly=False,
        copy=False,
        groups=SALESMAN,
        help="What contacts said in numbers, by question, and in words, by answer.",
    )

    @api.depends("profiling_response_ids.answer_id")
    def _compute_profiling_said(self):
        # in a form it may have another company than it is saved with
        saved = self.filtered(lambda partner: partner._origin.id == partner.id)
        rows = saved._profiling_said_rows_of_all()
        for partner in saved:
            partner.profiling_said = self._profiling_as_said(rows.get(partner.id, ()))
        for partner in self - saved:
            partner.profiling_said = partner._profiling_said_now()

    def _profiling_said_now(self):
        """Return the numbers and words of what counts for one contact.

        In one query, and in none where it has answered nothing.
        """
        return self._profiling_as_said(self._profiling_said_rows())

    @api.model
    def _profiling_as_said(self, rows):
        """Return numbers, by question, and words, by answer, as JSON has them.

        :param rows: ``(question id, answer id, number, words)``
        """
        numbers, words = {}, {}
        Question = self.env["crm.profiling.question"]
        for question_id, answer_id, value, comment in rows:
            if value is not None:
                said = Question.browse(question_id)._number_in_words(value, False)
                numbers[str(question_id)] = said
            if comment:
                words[str(answer_id)] = comment
        return {"numbers": numbers, "words": words}

    @api.model
    def _profiling_said_columns(self):
        return (
            SQL("question.id AS question_id"),
            SQL("response.answer_id"),
            SQL("CASE WHEN question.by_number THEN response.value END AS value"),
            SQL("response.comment"),
        )

    def _profiling_said_rows_of_all(self):
        """Return ``{id: rows}`` of saved contacts, in one query for all of them."""
        told = {partner.id: set(partner.profiling_answer_ids.ids) for partner in self}
        if not any(told.values()):
            return {}
        Response = self.env["crm.profiling.response"]
        Response.flush_model()
        found = defaultdict(list)
        rows = self.env.execute_query(
            SQL(
                """SELECT partner_id, question_id, answer_id, value, comment
                     FROM %s said WHERE partner_id = ANY(%s)""",
                Response._counting_sql(*self._profiling_said_columns()),
                list(told),
            )
        )
        for partner_id, *row in rows:
            if row[1] in told[partner_id]:
                found[partner_id].append(row)
        return found

    def _profiling_said_rows(self):
        """Return ``(question id, answer id, number, words)`` of answers with either."""
        told = self.profiling_answer_ids._origin.ids
        if not told:
            return []
        Response = self.env["crm.profiling.response"]
        Response.flush_model()
        return self.env.execute_query(
            SQL(
                "%s AND answer_id = ANY(%s)",
                Response._counting_for_sql(self, *self._profiling_said_columns()),
                told,
            )
        )

    def _inverse_profiling_said(self):
        """Note what is said otherwise than it was.

        Before the answers of the same form are stored: a number gives its answer.
        """
        # of all of them, before what one says makes the others forget it
        said = [(partner, partner.profiling_said) for partner in self]
        concerned = (partner._profiling_say(told) for partner, told in said)
        self.browse().union(*concerned)._profiling_apply()

    def _profiling_say(self, said):
        """Store the numbers and words that one contact answers with.

        What is said already stays as it was.

        :param said: ``{"numbers": {question id: how it was written}, "words": {answer
            id: words}}``, ids as JSON has them
        :return: the contacts to evaluate
        :raise ValidationError: for what is none of it, or no number
        """
        self.ensure_one()
        known, concerned = self._profiling_said_now(), self.browse()
        for question, number in self._profiling_told(said, "numbers"):
            if number and number != known["numbers"].get(str(question)):
                concerned |= self._profiling_say_number(question, number)
        for answer_id, words in self._profiling_told(said, "words"):
            if words != known["words"].get(str(answer_id), ""):
                concerned |= self._profiling_say_words(answer_id, words)
        return concerned

    @api.model
    def _profiling_told(self, said, part):
        """Return ``[(id, text)]`` of one part of what is said."""
        if said is False or said is None:
            return []
        if isinstance(said, dict) and isinstance(told := said.get(part) or {}, dict):
            pairs = [(str(id_), text or "") for id_, text in told.items()]
            if all(
                id_.isascii() and id_.isdigit() and len(id_) < 10
                and isinstance(text, str)
                for id_, text in pairs
            ):  # fmt: skip
                return [(int(id_), text.strip()) for id_, text in pairs]
        raise ValidationError(
            self.env._("Numbers are said by question, and words by answer.")
        )

    def _profiling_say_number(self, question_id, number):
        """Give the answer that a number belongs to."""
        question = self.env["crm.profiling.question"]._to_be_told(question_id)
        answer_id, value = question._answer_by_number(number)
        return self._profiling_say_answer(answer_id, value)

    def _profiling_say_answer(self, answer_id, value):
        vals = {} if value is None else {"value": value}
        return self.env["crm.profiling.response"]._record(
            {self.id: ({answer_id}, set())}, vals
        )

    def _profiling_say_words(self, answer_id, words):
        """Note the words to an answer; who noted the answer itself did, still."""
        self._profiling_check_exist([answer_id])
        Response = self.env["crm.profiling.response"]
        given = Response._counting(self).filtered(lambda r: r.answer_id.id == answer_id)
        if given:
            given.with_env(self.env).comment = words or False
            return self.browse()
        return Response._record(
            {self.id: ({answer_id}, set())}, {"comment": words or False}
        ) if words else self.browse()  # fmt: skip

from odoo import api, models
from odoo.exceptions import ValidationError

from ...catalog import ASKED
from ..catalog.arguments import is_id


class CrmProfilingResponse(models.Model):
    """What is refused of what somebody says that a contact answered."""

    _inherit = "crm.profiling.response"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _checked_vals(self, vals):
        """Return create or write values that a user may give.

        :raise UserError: for who, when and how
        :raise ValidationError: for what is no value, or not there for the user
        """
        if not isinstance(vals, dict) or not vals.keys() <= self._fields.keys():
            raise ValidationError(
                self.env._("An answer has a contact, an answer, and perhaps a comment.")
            )
        self._check_told(vals)
        return vals

    @api.model
    def _holder_of(self, vals, facts):
        """Return who holds the answer of create values: the contact or its company."""
        catalog = self.env["crm.profiling.catalog"]
        questions, visible = catalog._get().questions, catalog._visible_answers()
        answer_id = vals.get("answer_id")
        question = is_id(answer_id) and answer_id in visible and questions[answer_id]
        partner_id = vals.get("partner_id")
        if not question or not is_id(partner_id) or partner_id not in facts.commercial:
            raise ValidationError(
                self.env._(
                    "A response needs a contact and an answer that exist. Reload the"
                    " page: one of them may have been deleted."
                )
            )
        return facts.holder(partner_id, question)

    @api.model
    def _check_holders(self, partner_ids):
        """Refuse answers about contacts that the user may not change."""
        self.env["res.partner"].browse(partner_ids).check_access("write")

    def _check_said_instead(self, answer_id):
        """Refuse another answer than one to the same question, or one given already."""
        catalog = self.env["crm.profiling.catalog"]
        questions, visible = catalog._get().questions, catalog._visible_answers()
        known = is_id(answer_id) and answer_id in visible
        question = questions[answer_id].id if known else False
        if any(response.question_id.id != question for response in self):
            raise ValidationError(
                self.env._("Choose another answer to the same question.")
            )
        held = self._read_facts(self.partner_id.ids).held
        if any(answer_id in held[partner.id] for partner in self.partner_id) or (
            len(self.partner_id) < len(self)
        ):
            raise ValidationError(self.env._("This contact gave this answer already."))

    @api.model
    def _check_asked(self, answer_ids):
        """Refuse to have said what is found: it is a fact of where it is found.

        :param answer_ids: of answers that exist
        """
        questions = self.env["crm.profiling.catalog"]._get().questions
        found = {questions[a].id for a in answer_ids if questions[a].origin != ASKED}
        for question in self.env["crm.profiling.question"].sudo().browse(found):
            raise ValidationError(
                self.env._(
                    "“%(question)s” is not asked: its answer is found by itself, see"
                    " “Answers come from” there.",
                    question=question.name,
                )
            )

    @api.model
    def _check_one_each(self, pairs):
        """Refuse two answers of one contact to one single-choice question.

        :param pairs: iterable of ``(partner_id, answer_id)``
        """
        questions = self.env["crm.profiling.catalog"]._get().questions
        seen = {}
        for partner_id, answer_id in pairs:
            question = questions[answer_id]
            other_id = seen.setdefault((partner_id, question.id), answer_id)
            if question.single and other_id != answer_id:
                self._raise_two_answers(other_id, answer_id)

    @api.model
    def _raise_two_answers(self, one_id, other_id):
        one, other = self.env["crm.profiling.answer"].sudo().browse([one_id, other_id])
        raise ValidationError(
            self.env._(
                "“%(question)s” takes one answer, and got two: “%(one)s” and"
                " “%(other)s”. Choose one of them.",
                question=one.question_id.name,
                one=one.name,
                other=other.name,
            )
        )

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .crm_profiling_question_origin import FOUND_BY


class CrmProfilingQuestion(models.Model):
    """Questions whose answers are found in the contact's data.

    By a condition for each answer; or by a number, see `number_field`.
    """

    _inherit = "crm.profiling.question"  # pylint: disable=consider-merging-classes-inherited

    origin = fields.Selection(
        selection_add=[("contact", "The contact's data")],
        ondelete={"contact": lambda questions: questions._origin_gone()},
    )
    domain = fields.Char(
        string="Can be told of",
        help="Of which contacts the answer can be told at all. Empty: of those on whom"
        " the fields are filled in that the answers look at, from the first answer to"
        " the one that holds (of all answers, where several are possible).",
    )
    told_when = fields.Selection(
        selection=[
            ("now", "At once"),
            ("night", "At once, and every night"),
        ],
        string="Looked at",
        compute="_compute_told_when",
        help="At once: whenever these data of a contact, or of its company, change."
        " Every night as well, where time goes by or other records may change.",
    )

    _FOUND_BY = FOUND_BY | {"domain", "number_field"}

    @api.depends(
        "origin",
        "domain",
        "by_number",
        "number_field",
        "answer_ids.domain",
        "answer_ids.active",
    )
    def _compute_told_when(self):
        for question in self:
            found = question.origin == "contact"
            question.told_when = found and (
                "night" if question._is_nightly() else "now"
            )

    @api.constrains(
        "origin", "domain", "answer_ids", "selection_mode", "by_number", "number_field"
    )
    def _check_conditions(self):
        for question in self.filtered(lambda one: one.origin == "contact"):
            told = question._checked_conditions()
            if question.by_number:
                continue
            if told.count(None) > 1:
                raise ValidationError(
                    self.env._(
                        "“%(question)s” has several answers without a condition. One"
                        " may have none: it stands for all others.",
                        question=question.name,
                    )
                )
            if told and not any(domain is not None for domain in told):
                raise ValidationError(
                    self.env._(
                        "“%(question)s” is found in the contact's data: say for its"
                        " answers of whom they are true.",
                        question=question.name,
                    )
                )
        self._check_circles()

    def _checked_conditions(self):
        """Return the `Domain` of each answer in use, None for those without.

        What is only looked at in a form is not saved, and checked all the same.

        :raise ValidationError: for what may be no condition
        """
        self.ensure_one()
        Condition = self.env["crm.profiling.condition"]
        Condition._check(self.domain)
        if self.by_number:
            self._check_number_field()
            return []
        answers = self.answer_ids.filtered("active")
        return [Condition._check(answer.domain) for answer in answers]

    def _check_circles(self):
        """Hook: refuse conditions on what follows from the answers themselves."""

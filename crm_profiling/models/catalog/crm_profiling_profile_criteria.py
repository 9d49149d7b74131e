from odoo import api, fields, models
from odoo.fields import Domain


class CrmProfilingProfile(models.Model):
    """What a profile takes, question by question."""

    _inherit = "crm.profiling.profile"  # pylint: disable=consider-merging-classes-inherited

    criteria_summary = fields.Char(
        string="Criteria", compute="_compute_criteria_summary"
    )
    inherited_criteria = fields.Json(compute="_compute_inherited_criteria")

    @api.depends("required_answer_ids", "excluded_answer_ids")
    def _compute_criteria_summary(self):
        self._own_answers().mapped("question_id.name")  # all in one query
        for profile in self:
            profile.criteria_summary = "; ".join(
                profile._criterion_text(question, required, excluded)
                for question, required, excluded in profile._own_criteria()
            )

    @api.depends("parent_id")
    def _compute_inherited_criteria(self):
        for profile in self:
            profile.inherited_criteria = [
                {
                    "question_id": question.id,
                    "question": question.name,
                    "required": required.mapped("name"),
                    "excluded": excluded.mapped("name"),
                    "profile": ancestor.name,
                }
                for ancestor in profile._ancestors()
                for question, required, excluded in ancestor._own_criteria()
            ]

    @api.model
    def _answers(self):
        return self.env["crm.profiling.answer"].with_context(active_test=False)

    def _own_answers(self):
        """Return the answers these profiles mention themselves."""
        return self.required_answer_ids._origin | self.excluded_answer_ids._origin

    def _own_criteria(self):
        """Return ``[(question, required answers, excluded answers)]``, in order."""
        self.ensure_one()
        answers = self._own_answers()._in_order()
        return [
            (
                question,
                mentioned & self.required_answer_ids._origin,
                mentioned & self.excluded_answer_ids._origin,
            )
            for question, mentioned in answers.grouped("question_id").items()
        ]

    @api.model
    def _criterion_text(self, question, required, excluded):
        """Say one criterion in words: “Sector: IT or Services, not Others”."""
        parts = []
        if required:
            parts.append(self.env._(" or ").join(required.mapped("name")))
        if excluded:
            parts.append(
                self.env._(
                    "not %(answers)s",
                    answers=", ".join(excluded.mapped("name")),
                )
            )
        return f"{question.name} {', '.join(parts)}"

    @api.model
    def _mentions_domain(self, answer_ids):
        """Return the domain of the profiles that mention one of these answers."""
        return Domain("required_answer_ids", "in", answer_ids) | Domain(
            "excluded_answer_ids", "in", answer_ids
        )

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .ours import is_ours


class CrmProfilingQuestion(models.Model):
    """Takes a number: each answer stands for those from one up to the next answer's."""

    _inherit = "crm.profiling.question"  # pylint: disable=consider-merging-classes-inherited

    by_number = fields.Boolean(
        string="Answered by a number",
        help="A number that is typed, imported or found gives the answer it belongs to:"
        " each answer says from which number it counts, up to the next answer's.",
    )
    number_unit = fields.Char(
        string="Unit",
        translate=True,
        help="What the numbers are of, such as employees, EUR or %.",
    )
    bands = fields.Char(
        string="Numbers",
        compute="_compute_bands",
        help="The numbers that each answer stands for.",
    )

    @api.onchange("by_number")
    def _onchange_by_number(self):
        """Take the numbers of answers from their names, where all of them say one."""
        if not self.by_number:
            return
        self.selection_mode = "single"
        if any(answer.value_from for answer in self.answer_ids):
            return
        for answer in self.answer_ids:
            start = answer._start_in_name()
            answer.without_number = start is None
            answer.value_from = start or 0

    @api.depends(
        "by_number",
        "number_unit",
        "answer_ids.name",
        "answer_ids.active",
        "answer_ids.value_from",
        "answer_ids.without_number",
    )
    @api.depends_context("lang")
    def _compute_bands(self):
        """Say it of all answers at once: while one is typed, others change, too.

        Odoo shows no changes of the other lines of a list then.
        """
        for question in self:
            bands = question.answer_ids._bands() if question.by_number else []
            question.bands = " · ".join(
                self.env._(
                    "“%(answer)s”: %(numbers)s",
                    answer=answer.name,
                    numbers=answer._band_in_words(bands),
                )
                for answer in bands
            )

    @api.constrains("by_number", "selection_mode")
    def _check_by_number(self):
        # created, a question has no answers yet: it is checked with them
        self.filtered("answer_ids")._check_bands()

    @api.constrains("answer_ids")
    def _check_answers(self):
        result = super()._check_answers()
        self._check_bands()
        return result

    def _check_bands(self):
        """Refuse bands in which a number could belong to no answer, or to two.

        :raise ValidationError: saying what to do
        """
        for question in self.filtered("by_number"):
            if question.selection_mode != "single":
                raise ValidationError(
                    self.env._(
                        "“%(question)s” is answered by a number, so it takes one"
                        " answer. Choose “One answer”.",
                        question=question.name,
                    )
                )
            bands = question.answer_ids._bands()
            if not bands:
                raise ValidationError(
                    self.env._(
                        "“%(question)s” is answered by a number, but none of its"
                        " answers stands for one. Say from which number each counts.",
                        question=question.name,
                    )
                )
            bands._check_distinct()

    def write(self, vals):
        result = super().write(vals)
        if "by_number" in vals:
            self.env["crm.profiling.catalog"]._changed()
        if {"by_number", "answer_ids"} & vals.keys():
            self._bands_changed()
        return result

    def _bands_changed_by_answers(self):
        """Have known numbers sorted anew, once: saved with answers, a question does."""
        if not is_ours(self.env, "crm_profiling_question_checks"):
            self._bands_changed()

    def _bands_changed(self):
        """Hook: numbers may belong to other answers to these questions than before."""

    def _catalog_entry(self):
        entry = super()._catalog_entry()
        if self.by_number:
            entry.update(by_number=True, unit=self.number_unit or "")
        return entry

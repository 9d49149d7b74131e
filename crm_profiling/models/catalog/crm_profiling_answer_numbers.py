from math import isfinite

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ...numerals import NoNumber, read
from .ours import is_ours


def in_band_sql(number):
    """Return the condition that a `band` holds a number: see `bands.Bands.find`.

    Below the lowest one it belongs to none.

    :param SQL number: a column
    """
    return SQL(
        "(band.lower <= %(number)s"
        " AND (band.upper IS NULL OR %(number)s < band.upper))",
        number=number,
    )


class CrmProfilingAnswer(models.Model):
    """Stands for the numbers from one up to the next answer's, if it has one."""

    _inherit = "crm.profiling.answer"  # pylint: disable=consider-merging-classes-inherited

    value_from = fields.Float(
        string="From",
        digits=False,
        help="The answer stands for the numbers from this one up to the next answer's.",
    )
    without_number = fields.Boolean(
        string="No number",
        help="The answer stands for no number, such as “Unknown”: it is given by hand.",
    )
    by_number = fields.Boolean(related="question_id.by_number")
    band = fields.Char(
        string="Numbers",
        compute="_compute_band",
        help="The numbers that the answer stands for.",
    )

    @api.depends(
        "active",
        "value_from",
        "without_number",
        "question_id.by_number",
        "question_id.answer_ids.active",
        "question_id.answer_ids.value_from",
        "question_id.answer_ids.without_number",
    )
    @api.depends_context("lang")
    def _compute_band(self):
        for answer in self:
            question = answer.question_id
            bands = question.answer_ids._bands() if question.by_number else ()
            answer.band = answer in bands and answer._band_in_words(bands)

    def _band_in_words(self, bands):
        """Return the numbers that one of some bands, which are in order, stands for."""
        in_words, lower = self.question_id._number_in_words, self.value_from
        upper = next((b.value_from for b in bands if b.value_from > lower), None)
        if upper is None:
            return self.env._("%s or more", in_words(lower, with_unit=False))
        words = {"lower": in_words(lower, with_unit=False)}
        if not all(band.value_from.is_integer() for band in bands):
            words["upper"] = in_words(upper, with_unit=False)
            return self.env._("%(lower)s to less than %(upper)s", **words)
        if upper - 1 == lower:
            return words["lower"]
        words["upper"] = in_words(upper - 1, with_unit=False)
        return self.env._("%(lower)s to %(upper)s", **words)

    @api.constrains("value_from", "without_number", "active", "question_id")
    def _check_value_from(self):
        # saved with its question, which checks once it is through
        if not is_ours(self.env, "crm_profiling_question_checks"):
            self.question_id._check_bands()

    def _check_distinct(self):
        """Refuse two answers that begin at one number, or at none.

        :raise ValidationError: naming them
        """
        before = self.browse()
        for answer in self:
            if not isfinite(answer.value_from):
                raise ValidationError(
                    self.env._("“%s” begins at no number that there is.", answer.name)
                )
            if before and before.value_from == answer.value_from:
                raise ValidationError(
                    self.env._(
                        "“%(one)s” and “%(other)s” both begin at %(number)s. Say from"
                        " which number each answer counts, or that it stands for none.",
                        one=before.name,
                        other=answer.name,
                        number=answer.question_id._number_in_words(answer.value_from),
                    )
                )
            before = answer

    @api.model_create_multi
    def create(self, vals_list):
        answers = super().create(vals_list)
        answers.question_id._bands_changed_by_answers()
        return answers

    def write(self, vals):
        result = super().write(vals)
        if {"value_from", "without_number"} & vals.keys():
            self.env["crm.profiling.catalog"]._changed()
        if {"value_from", "without_number", "active", "question_id"} & vals.keys():
            self.question_id._bands_changed_by_answers()
        return result

    def unlink(self):
        questions = self.question_id
        result = super().unlink()
        questions.exists()._bands_changed_by_answers()
        return result

    def _catalog_entry(self):
        entry = super()._catalog_entry()
        if self.question_id.by_number and self.active and not self.without_number:
            entry["from"] = self.value_from
        return entry

    def _bands(self):
        """Return those of these answers that numbers can give, in order."""
        return self.filtered(
            lambda answer: answer.active and not answer.without_number
        ).sorted("value_from")

    def _start_in_name(self):
        """Return the number that the answer's name begins at, or None.

        “2-20” is from 2, “500+” from 500, “<100k” from 0.
        """
        try:
            said = read(self.name or "", self.question_id._notation())
        except NoNumber:
            return None
        return said.lower if isfinite(said.lower) else 0.0

    @api.model
    def _bands_sql(self):
        """Return a subselect of ``(question_id, answer_id, lower, upper)``.

        Which of them holds a number says `in_band_sql`. What it reads is flushed.
        """
        self.flush_model(["question_id", "active", "value_from", "without_number"])
        self.env["crm.profiling.question"].flush_model(["by_number"])
        return SQL(
            """(SELECT answer.question_id, answer.id AS answer_id,
                       COALESCE(answer.value_from, 0) AS lower,
                       LEAD(COALESCE(answer.value_from, 0)) OVER (
                           PARTITION BY answer.question_id
                               ORDER BY COALESCE(answer.value_from, 0)
                       ) AS upper
                  FROM crm_profiling_answer answer
                  JOIN crm_profiling_question question
                    ON question.id = answer.question_id AND question.by_number
                 WHERE answer.active AND answer.without_number IS NOT TRUE)"""
        )

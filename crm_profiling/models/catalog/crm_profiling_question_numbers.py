from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...bands import Bands
from ...numerals import NoNumber, Notation, read
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

    # ------------------------------------------------------------------
    # What a number means
    # ------------------------------------------------------------------

    def _bands(self):
        """Return the `Bands` of one question, of ids of its answers in use."""
        self.ensure_one()
        return Bands({a.id: a.value_from for a in self.sudo().answer_ids._bands()})

    @api.model
    def _to_be_told(self, question_id):
        """Return a question that a number may answer.

        :raise ValidationError: where it takes none, or is not there for the user
        """
        question = self.search([("id", "=", question_id), ("origin", "=", "asked")])
        if not question.by_number:
            raise ValidationError(
                self.env._(
                    "This question takes no number, or is not asked any more. Reload"
                    " the page and choose an answer."
                )
            )
        return question

    @api.readonly
    def read_number(self, said):
        """Return which answer a number belongs to.

        :param str said: as somebody wrote it: “about 40”, “1.2k”
        :return: ``answer_id``, its ``answer``, and the ``number`` in words, empty where
            several were meant
        :rtype: dict
        :raise ValidationError: saying why it belongs to none
        """
        self.ensure_one()
        self.check_access("read")
        question = self._to_be_told(self.id)
        answer_id, value = question._answer_by_number(said)
        return {
            "answer_id": answer_id,
            "answer": self.env["crm.profiling.answer"].browse(answer_id).name,
            "number": "" if value is None else question._number_in_words(value, False),
        }

    def _answer_by_number(self, said):
        """Return the answer that a number belongs to, and the number.

        :param said: a number, or how somebody wrote it
        :return: ``(answer id, float)``; None for the number where several were meant,
            as in “21-50”
        :raise ValidationError: in words, where it is no number or of no answer
        """
        self.ensure_one()
        if isinstance(said, bool) or not isinstance(said, (str, int, float)):
            said = ""
        try:
            return self._bands().place(
                read(str(said), self._notation(), self.number_unit or "")
            )
        except NoNumber as why:
            raise ValidationError(self._no_number(str(said), why.reason)) from None

    @api.model
    def _notation(self):
        """Return how the user writes numbers."""
        lang = self.env["res.lang"]._get_data(code=self.env.lang or "en_US")
        return Notation(lang.decimal_point or ".", lang.thousands_sep or "")

    def _no_number(self, said, reason):
        """Return in words why what somebody wrote is no answer, and what to do."""
        bands = self.sudo().answer_ids._bands()
        words = {"said": said[:100], "question": self.name}
        if reason == "below" and bands:
            return self.env._(
                "“%(question)s”: %(said)s is below the lowest answer, “%(answer)s”,"
                " which begins at %(number)s.",
                **words,
                answer=bands[0].name,
                number=self._number_in_words(bands[0].value_from),
            )
        if reason == "wide":
            return self.env._(
                "“%(question)s”: %(said)s belongs to several answers. Give one number.",
                **words,
            )
        if reason == "percent":
            return self.env._(
                "“%(question)s” is not answered in percent: “%(said)s”.", **words
            )
        if reason == "currency":
            return self.env._(
                "“%(question)s” is answered in %(unit)s: “%(said)s” is something else.",
                **words,
                unit=self.number_unit or self.env._("another currency"),
            )
        return self.env._(
            "“%(question)s” is answered by one number: “%(said)s” is none.", **words
        )

    def _number_in_words(self, value, with_unit=True):
        """Return a number as the user writes it, with its unit."""
        lang = self.env["res.lang"].browse(
            self.env["res.lang"]._get_data(code=self.env.lang or "en_US").id
        )
        _whole, _point, decimals = f"{value:.15g}".partition(".")
        digits = len(decimals) if "e" not in decimals else 0
        number = lang.format(f"%.{digits}f", value, grouping=True)
        unit = with_unit and self.number_unit
        return f"{number} {unit}" if unit else number

    def _catalog_entry(self):
        entry = super()._catalog_entry()
        if self.by_number:
            entry.update(by_number=True, unit=self.number_unit or "")
        return entry

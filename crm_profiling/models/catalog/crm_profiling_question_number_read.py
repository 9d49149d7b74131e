from odoo import api, models
from odoo.exceptions import ValidationError

from ...bands import Bands
from ...catalog import ASKED
from ...numerals import NoNumber, Notation, read


class CrmProfilingQuestion(models.Model):
    """Reads what somebody wrote for a number, and finds the answer it belongs to."""

    _inherit = "crm.profiling.question"  # pylint: disable=consider-merging-classes-inherited

    def _bands(self):
        """Return the `Bands` of one question, of ids of its answers in use."""
        self.ensure_one()
        return Bands({a.id: a.value_from for a in self.sudo().answer_ids._bands()})

    @api.model
    def _to_be_told(self, question_id):
        """Return a question that a number may answer.

        :raise ValidationError: where it takes none, or is not there for the user
        """
        question = self.search([("id", "=", question_id), ("origin", "=", ASKED)])
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

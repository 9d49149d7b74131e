from odoo import api, models
from odoo.tools import SQL

from ...catalog import ASKED
from ...headings import (
    TARGETS,
    may_be,
    option,
    plain,
    says_number,
    without_number,
    without_owner,
)
from ...names import bare, word
from ...words import Words
from .crm_profiling_import_columns import words_in
from .targets import ANSWER, QUESTION, target_of


def _plain(name):
    return " ".join(words_in(name))


class CrmProfilingImportColumns(models.AbstractModel):
    """Knows what the headings of columns may name."""

    _inherit = "crm.profiling.import.columns"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _finders(self):
        """Return what finds targets by a heading, the surest first."""
        fields, bare_fields = self._field_words(word), self._field_words(plain)
        questions = self._question_words(word)
        bare_questions = self._question_words(bare)
        names = [
            (target_of(QUESTION, question.id), f" {_plain(name)} ")
            for question, name, _rank in self._names(self._questions())
        ]

        def find_part(heading):
            """Return the questions that have the words of a heading in their names."""
            words = f" {_plain(heading)} "
            if len(words) < 6:
                return []
            return [*{question: None for question, name in names if words in name}]

        return (
            self._finder_of_fields(fields),
            questions.find,
            self._finder_of_options(bare_questions),
            self._finder_of_fields(bare_fields),
            bare_questions.find,
            find_part,
        )

    @api.model
    def _finder_of_fields(self, words):
        def find(heading):
            found = words.find(heading) or words.find(without_owner(heading))
            if not found and says_number(heading):
                found = words.find(without_number(heading))
            return [target for target in found if may_be(heading, target)]

        return find

    @api.model
    def _finder_of_options(self, questions):
        """Return what finds an answer that has a column of its own."""

        def find(heading):
            if not (names := option(heading)):
                return []
            asked = questions.find(names[0])
            if len(asked) != 1:
                return []
            values = self.env["crm.profiling.import.values"]._values(asked[0])
            answers = values.find(names[1])
            return [target_of(ANSWER, answer) for answer in answers]

        return find

    @api.model
    def _field_words(self, compare):
        words = Words(compare)
        for lang, _name in self.env["res.lang"].get_installed():
            columns = self.with_context(lang=lang)
            for target, label in columns._labels().items():
                words.add(label, target)
            words.add(columns._reason_label(), "reason")
            words.add(columns._warning_label(), "reason")
        for target, (field_name, *synonyms) in TARGETS.items():
            for name in (target if target != "id" else None, field_name, *synonyms):
                words.add(name, target, rank=1)
        fields = {field: target for target, (field, *_s) in TARGETS.items() if field}
        for name, labels in self.env.execute_query(
            SQL(
                """SELECT name, field_description FROM ir_model_fields
                    WHERE model = 'res.partner' AND name = ANY(%s)""",
                list(fields),
            )
        ):
            for label in labels.values():
                words.add(label, fields[name], rank=1)
        return words

    @api.model
    def _question_words(self, compare):
        words = Words(compare)
        for record, name, rank in self._names(self._questions()):
            words.add(name, target_of(QUESTION, record.id), rank)
        return words

    @api.model
    def _questions(self):
        """Return the questions that the user's companies ask."""
        return self.env["crm.profiling.question"].search(
            [
                ("company_id", "in", [False, *self.env.companies.ids]),
                ("origin", "=", ASKED),
            ]
        )

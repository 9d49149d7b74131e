from collections import defaultdict

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
from ...prospects import bare, parts, word
from ...words import Words

# Lines that are enough to tell what a column is
SAMPLE = 100


def _words_in(name):
    """Return the words of a name, without what is between them."""
    return [found for found in map(bare, name.split()) if found]


def _plain(name):
    return " ".join(_words_in(name))


def _has_words(heading, name):
    """Whether a heading has the words of a name that say what it is about."""
    said, words = _words_in(heading), _words_in(name)
    wanted = [found for found in words if len(found) > 3] or words
    return all(any(w.startswith(want) for w in said) for want in wanted)


class CrmProfilingImportColumns(models.AbstractModel):
    """Tells what the columns of a file are, by their headings in any language."""

    _name = "crm.profiling.import.columns"
    _description = "Profiling Import Columns"

    @api.model
    def _recognised(self):
        """Return a function of cells, to how many of them are headings for sure."""
        finders = self._finders()[:-1]  # a part of a question is anything

        def count(cells):
            targets = {
                things[0]
                for cell in cells
                if cell and len(cell) < 80
                for find in finders
                if len(things := find(cell)) == 1
            }
            return len(targets)

        return count

    @api.model
    def _suggest(self, headings, lines=()):
        """Return a target for each heading: a field, ``question:ID`` or "".

        A question that has a column for each of its answers is ``answer:ID`` there.

        :param lines: as of `Sheet`
        """
        finders = self._finders()
        taken, found = set(), []
        for heading in headings:
            candidates = [
                things[0] for find in finders if len(things := find(heading)) == 1
            ]
            # A field and a question of one name: first the one, then the other. What
            # is there twice stays so, to be seen and told.
            target = next((t for t in candidates if t not in taken), None)
            target = target or (candidates[0] if candidates else "")
            taken.add(target)
            found.append(target)
        for index, question in self._find_around(headings, lines, found):
            found[index] = question
        self._look_at_cells(found, lines)
        return ["" if target == "reason" else target for target in found]

    @api.model
    def _find_around(self, headings, lines, found):
        """Return ``[(index, question)]`` for headings that say more than a question.

        As “Are they journalists?” does for “Journalist?”: the only heading with the
        words of just that question, above cells that are answers to it.
        """
        names = [
            (f"question:{question.id}", name)
            for question, name, _rank in self._names(self._questions())
        ]
        wanted = defaultdict(list)
        for index, heading in enumerate(headings):
            meant = {q for q, name in names if _has_words(heading, name)}
            if not found[index] and len(meant) == 1 and not meant & set(found):
                wanted[meant.pop()].append(index)
        return [
            (indices[0], question)
            for question, indices in wanted.items()
            if len(indices) == 1 and self._has_answers(question, indices[0], lines)
        ]

    @api.model
    def _has_answers(self, target, index, lines):
        cells = {line[index + 1] for line in lines[:SAMPLE]}
        words = self.env["crm.profiling.import.values"]._values(target)
        return any(words.find(part) for cell in cells for part in parts(cell))

    @api.model
    def _finders(self):
        """Return what finds targets by a heading, the surest first."""
        fields, bare_fields = self._field_words(word), self._field_words(plain)
        questions = self._question_words(word)
        bare_questions = self._question_words(bare)
        names = [
            (f"question:{question.id}", f" {_plain(name)} ")
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
            return [f"answer:{answer}" for answer in answers]

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
            words.add(name, f"question:{record.id}", rank)
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

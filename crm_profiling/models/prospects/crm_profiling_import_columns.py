from collections import defaultdict

from odoo import api, models

from ...cells import parts
from ...names import bare
from .targets import QUESTION, target_of

# Lines that are enough to tell what a column is
SAMPLE = 100


def words_in(name):
    """Return the words of a name, without what is between them."""
    return [found for found in map(bare, name.split()) if found]


def has_words(heading, name):
    """Whether a heading has the words of a name that say what it is about."""
    said, words = words_in(heading), words_in(name)
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
            (target_of(QUESTION, question.id), name)
            for question, name, _rank in self._names(self._questions())
        ]
        wanted = defaultdict(list)
        for index, heading in enumerate(headings):
            meant = {q for q, name in names if has_words(heading, name)}
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

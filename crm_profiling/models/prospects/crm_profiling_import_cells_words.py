from collections import defaultdict

from odoo import api, models

from ...cells import answer_and_words
from .targets import QUESTION, kind_of


class CrmProfilingImportCells(models.AbstractModel):
    """Reads the words to answers that ask for them."""

    _inherit = "crm.profiling.import.cells"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _asking_for_words(self, target, question):
        """Return the ids of the answers in a column that ask for words."""
        if kind_of(target) != QUESTION:
            return set()
        return set(question.answer_ids.filtered("needs_words").ids)

    @api.model
    def _words_in(self, words, asking, pieces, said):
        """Return ``{answer_id: words}`` of a cell, to answers that ask for them.

        “Other: laser cutting”, or “laser cutting” that is taken for “Other”.

        :param said: what the cell was taken for
        """
        found, unknown, _problem = said
        told = defaultdict(dict)  # each once, and in order
        for one in unknown:
            if one.choice in asking:
                told[one.choice][one.value] = None
        for part in pieces:
            answer_id, rest = self._with_words(words, part)
            if answer_id in found:
                told[answer_id][rest] = None
        return {answer_id: "; ".join(rests) for answer_id, rests in told.items()}

    @api.model
    def _with_words(self, words, part):
        """Return the id of the answer that a part of a cell begins with, and the rest.

        Of none, where it does not, and where the answer is not one that asks for words.
        """
        name, rest = answer_and_words(part) or ("", "")
        found = words.find(name) if name else []
        if len(found) == 1:
            answer = self.env["crm.profiling.answer"].browse(found[0])
            if answer.needs_words:
                return answer.id, rest
        return 0, ""

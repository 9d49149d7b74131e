from odoo import api, models
from odoo.fields import Domain

from ...names import key
from .crm_profiling_searched import LONGEST

# Colons of a name up to which it is compared part by part.
_COLONS = 50


def _in_full(name):
    """Return a name with colons as it is compared with others."""
    if name.count(":") > _COLONS:
        return name
    return ":".join(key(part) for part in name.split(":"))


def _beginning(name):
    """Return what a name says up to its first colon, as it is compared."""
    return key(name.partition(":")[0])


class CrmProfilingAnswer(models.Model):
    """An answer is found by “Question: Answer”, too, as an export writes it."""

    _inherit = "crm.profiling.answer"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _search_display_name(self, operator, value):
        """Find an answer by “Question: Answer” too, as an export writes it.

        Names are compared whole: where the question ends and the answer begins is not
        guessed at each colon of a name, of which somebody may send thousands.
        """
        domain = super()._search_display_name(operator, value)
        if operator not in ("in", "ilike") or not value:
            return domain
        names = [value] if isinstance(value, str) else value
        wanted = {
            _in_full(name)
            for name in names
            if isinstance(name, str) and ":" in name and len(name) <= LONGEST
        }
        if not wanted:
            return domain
        return domain | Domain("id", "in", self._ids_in_full(wanted))

    @api.model
    def _ids_in_full(self, wanted):
        """Return the ids of the answers called so, their questions' names included.

        :param wanted: set of names as `_in_full` returns them
        """
        begun = {_beginning(name) for name in wanted}
        Question = self.env["crm.profiling.question"].sudo()
        questions = (
            Question.with_context(active_test=False)
            .search_fetch([], ["name"])
            .filtered(lambda q: _beginning(q.name) in begun)
        )
        return [
            answer.id
            for answer in questions.answer_ids
            if _in_full(f"{answer.question_id.name}: {answer.name}") in wanted
        ]

    @api.model
    def name_search(self, name="", domain=None, operator="ilike", limit=100):
        """Find nothing rather than just any answer for a name several questions have.

        An import takes the first of what an exact search finds: “Yes” would become
        the answer to some question, and nobody would know to which.
        """
        found = super().name_search(name, domain, operator, limit)
        if operator == "=" and len(found) > 1:
            return []
        return found

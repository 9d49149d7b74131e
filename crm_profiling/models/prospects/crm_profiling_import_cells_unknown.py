from odoo import api, models

from ...names import word
from .chosen import SKIP, STOP
from .plan import Unknown

# Values of a column that are compared with all that exist, for it takes time
_GUESSES = 200


class CrmProfilingImportCells(models.AbstractModel):
    """Says what is done with a value that a column does not know."""

    _inherit = "crm.profiling.import.cells"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _decider(self, column, words, unknown):
        """Return a function of a value that does not exist, to its `Unknown`.

        Where nobody has chosen yet, what is written nearly the same is suggested.
        """
        Values = self.env["crm.profiling.import.values"]
        options = set(Values._options(column.target).ids)

        def guess(value):
            found = words.closest(value) if len(unknown) < _GUESSES else []
            return found[0] if len(found) == 1 and found[0] in options else STOP

        def decide(value):
            key = word(value)
            if key not in unknown:
                choice = column.choices.get(key, column.policy)
                if isinstance(choice, int) and choice not in options:
                    choice = STOP  # deleted meanwhile
                is_open = choice == STOP and key not in column.choices
                last = column.remembered.get(key) if is_open else None
                is_last = last == SKIP or last in options
                if is_open:
                    choice = last if is_last else guess(value)
                is_guess = is_open and not is_last and choice != STOP
                unknown[key] = Unknown(value, choice, is_guess, [], is_last)
            return unknown[key]

        return decide

"""Which profiles contacts should be in, by what is kept of them."""

from functools import lru_cache

from ...evaluator import REMEMBERED
from .crm_profiling_state import mask_of_text
from .pg import pg_array


class Wanted:
    """Says it of rows as PostgreSQL writes them, for a million contacts in a row.

    What was asked, what is found and what follows from both are remembered apart: of
    each there are fewer combinations than contacts.

    :param catalog: the `Catalog` to go by
    """

    def __init__(self, catalog):
        evaluator, kept = catalog.evaluator, catalog.kept

        def of_found(text):
            mask = mask_of_text(text)
            return None if mask & ~kept else evaluator.left(mask, True)

        remember = lru_cache(REMEMBERED)
        self._of_asked = remember(lambda t: evaluator.left(mask_of_text(t), False))
        self._of_found = remember(of_found)
        self._as_text = remember(lambda left: pg_array(evaluator.profile_ids(left)))
        self._concerned = evaluator.concerned

    def __call__(self, company_id, asked, found):
        """Return the ids of the profiles, sorted, as PostgreSQL writes an array.

        None, where something is kept that no profile asks for any more.

        :param str asked, found: masks of answers, written so as well
        """
        left = self._of_found(found)
        if left is None:
            return None
        return self._as_text(left & self._of_asked(asked) & self._concerned(company_id))

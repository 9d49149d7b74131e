"""Which profiles contacts should be in, by what is kept of them."""

from ...evaluator import REMEMBERED
from .masks import mask_of_text
from .pg import pg_array


class Remembered(dict):
    """What a function says of a value: looked up in half the time of `lru_cache`.

    A million contacts in a row are four million look-ups.
    """

    __slots__ = ("_say",)

    def __init__(self, say):
        super().__init__()
        self._say = say

    def __missing__(self, value):
        if len(self) >= REMEMBERED:
            self.clear()
        said = self[value] = self._say(value)
        return said


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

        self._of_asked = Remembered(lambda t: evaluator.left(mask_of_text(t), False))
        self._of_found = Remembered(of_found)
        self._of_company = Remembered(evaluator.concerned)
        self._as_text = Remembered(lambda left: pg_array(evaluator.profile_ids(left)))

    def differing(self, rows):
        """Yield the ids of those who are in other profiles than they should be.

        Or of whom something is kept that no profile asks for any more.

        :param rows: ``[(id, company_id, asked, found, matched)]``, arrays as text
        """
        of_asked, of_found = self._of_asked, self._of_found
        of_company, as_text = self._of_company, self._as_text
        for id_, company_id, asked, found, matched in rows:
            left = of_found[found]
            if left is None:
                yield id_
                continue
            left &= of_asked[asked] & of_company[company_id]
            if as_text[left] != matched:
                yield id_

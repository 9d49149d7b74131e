"""The band that holds a number; nothing here knows Odoo.

A band begins at a number and ends where the next one begins: bands neither overlap nor
leave gaps.
"""

from bisect import bisect_right
from math import inf

from .numerals import NoNumber


class Bands:
    """The answers to a question, each from a number up to the next one's."""

    def __init__(self, starts):
        """Put answers in order.

        :param starts: ``{answer: the number that it stands for numbers from}``
        """
        ordered = sorted(starts.items(), key=lambda item: item[1])
        self.answers = [answer for answer, _start in ordered]
        self.starts = [start for _answer, start in ordered]

    def __iter__(self):
        """Return ``(answer, lower, upper)`` of each; the highest has no upper."""
        return zip(self.answers, self.starts, [*self.starts[1:], None], strict=False)

    def find(self, value):
        """Return the answer that a number belongs to, None below the lowest."""
        index = bisect_right(self.starts, value) - 1
        return self.answers[index] if index >= 0 else None

    def place(self, said):
        """Return the answer that all of what was said belongs to, and the number.

        The number is None where several would be meant.

        :param Said said: from `read`
        :raise NoNumber: where no answer holds it ("below"), or several do ("wide")
        """
        lower, upper, is_above = said
        if lower == -inf and self.starts:
            lower = min(self.starts[0], upper)
        if is_above:
            # “500+”, and “over 500”, are 501 and up where a band begins there
            later = [start for start in self.starts if lower < start <= lower + 1]
            lower = later[0] if later else lower
        answer = self.find(lower)
        if answer is None:
            raise NoNumber("below")
        if self.find(max(lower, upper)) != answer:
            raise NoNumber("wide")
        return answer, lower if said[:2] == (lower, lower) else None

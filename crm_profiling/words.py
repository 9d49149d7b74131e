"""Finding what a word means, mistyped or not; nothing here knows Odoo."""

import difflib
import re
from collections import defaultdict

from .names import word
from .opposites import ALIKE, opposite

# Longer is nobody's slip, and takes time to compare
_LONGEST_SLIP = 100

_NUMBER = re.compile(r"\d+")


def numbers(name):
    """Return the numbers that a name speaks of: “2-20” is no mistyped “2-50”."""
    return tuple(_NUMBER.findall(name))


def same_numbers(name, other):
    """Whether two names speak of the same numbers."""
    return numbers(name) == numbers(other)


class Words:
    """Finds things by the names they have in several languages.

    Names of a lower rank, as those in the user's language, come before others.
    """

    def __init__(self, compare=word):
        self._compare = compare
        self._ranks = defaultdict(lambda: defaultdict(list))

    def add(self, name, thing, rank=0):
        if key_ := self._compare(name):
            things = self._ranks[rank][key_]
            if thing not in things:
                things.append(thing)

    def find(self, name):
        """Return the things of that name: none, one, or more that share it."""
        key_ = self._compare(name)
        for _rank, things in sorted(self._ranks.items()):
            if key_ in things:
                return things[key_]
        return []

    def things(self):
        """Return all things that can be found."""
        names = [things for rank in self._ranks.values() for things in rank.values()]
        return {thing for things in names for thing in things}

    def named(self, thing):
        """Return the names by which a thing is found, as they are compared."""
        return {
            name
            for rank in self._ranks.values()
            for name, things in rank.items()
            if thing in things
        }

    def closest(self, name):
        """Return the things whose name is most like one that is mistyped.

        Never one that says the contrary: likeness of letters is none of meaning.
        """
        key_ = self._compare(name)
        if len(key_) > _LONGEST_SLIP:
            return []
        known = {known for things in self._ranks.values() for known in things}
        # few are alike: what takes long to tell is asked of them alone
        for alike in difflib.get_close_matches(key_, known, len(known) or 1, ALIKE):
            if same_numbers(alike, key_) and not opposite(alike, key_):
                return self.find(alike)
        return []

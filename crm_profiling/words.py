"""Finding what a word means, mistyped or not; nothing here knows Odoo."""

import difflib
import re
from collections import defaultdict

from .prospects import word

# From which likeness on a name is taken for another, mistyped
_ALIKE = 0.8

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
        for alike in difflib.get_close_matches(key_, known, len(known) or 1, _ALIKE):
            if same_numbers(alike, key_) and not opposite(alike, key_):
                return self.find(alike)
        return []


# ----------------------------------------------------------------------
# Yes, no, and the contrary
# ----------------------------------------------------------------------

# In the languages of Odoo's users, and as forms tick
YES = frozenset(map(word, (
    "yes", "y", "ja", "j", "oui", "o", "sí", "si", "sì", "sim", "да", "д", "tak", "ano",
    "áno", "evet", "e", "igen", "kyllä", "ναι", "так", "jah", "jā", "taip", "po", "ya",
    "\u306f\u3044", "\u662f", "\uc608", "\ub124", "\u0646\u0639\u0645", "\u05db\u05df",
    "có", "1", "x", "✓", "✔", "☑", "true", "wahr", "vrai", "verdadero", "vero",
    "verdadeiro", "waar", "истина", "prawda", "on", "checked", "selected", "t",
)))  # fmt: skip
NO = frozenset(map(word, (
    "no", "n", "nein", "non", "não", "нет", "н", "nie", "ne", "hayır", "h", "nem", "ei",
    "όχι", "ні", "nej", "nei", "nee", "nē", "jo", "tidak", "\u3044\u3044\u3048",
    "\u5426", "\uc544\ub2c8\uc694", "\u0644\u0627", "\u05dc\u05d0", "không", "0",
    "false",
    "falsch", "faux", "falso", "onwaar", "ложь", "fałsz", "off", "unchecked", "☐", "f",
)))  # fmt: skip

_NOT = frozenset((
    "not", "no", "non", "never", "without", "nicht", "kein", "keine", "nie", "ohne",
    "pas", "sans", "jamais", "sin", "nunca", "senza", "mai", "sem", "não", "niet",
    "geen", "zonder", "не", "нет", "без", "nem", "bez", "ikke", "inte", "değil", "anti",
    "un", "dis", "less", "under", "below", "over", "above", "more", "fewer", "before",
    "after",
    "unter", "über", "mehr", "weniger", "moins", "plus", "menos", "más", "менее",
    "более", "ex", "former", "previous",
))  # fmt: skip
_PREFIX = re.compile(
    r"^(un|dis|non|in|im|il|ir|mis|de|des|anti|ent|a|ab|dé|més|sin|sub|under|over|не|"
    r"бес|без|анти|nie|bez|ne|on|u|o|e)-?(?=\w{3})"
)
_SIGN = re.compile(r"[<>≤≥+]|(?<!\w)-(?=\d)")


def opposite(name, other):
    """Whether one of two names, alike in letters, may say the contrary of the other.

    :param name: as `word` gives it, like the other
    """
    if _SIGN.findall(name) != _SIGN.findall(other):
        return True
    mine, theirs = (re.findall(r"\w+", one) for one in (name, other))
    if sorted(_NOT & {*mine}) != sorted(_NOT & {*theirs}):
        return True
    return _is_negated(mine, theirs) or _is_negated(theirs, mine)


def _is_negated(words, plain):
    """Whether some word is one of the others with something before it that denies."""
    for one in words:
        if one in plain:
            continue
        if any(len(two) > 2 and one.endswith(two) for two in plain):
            return True
        prefix = _PREFIX.match(one)
        rest = one[prefix.end() :] if prefix else ""
        for two in plain if rest else ():
            if two not in words and not two.startswith(prefix[1]) and _alike(rest, two):
                return True
    return False


def _alike(name, other):
    return difflib.SequenceMatcher(None, name, other).ratio() >= _ALIKE

"""Words that say the contrary of others, as yes and no do; nothing here knows Odoo."""

import difflib
import re

from .names import word

# From which likeness on a name is taken for another, mistyped
ALIKE = 0.8

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
    return difflib.SequenceMatcher(None, name, other).ratio() >= ALIKE

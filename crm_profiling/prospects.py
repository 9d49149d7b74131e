"""What is written in a file of prospects; nothing here knows Odoo.

Cells are text.  A word is found whatever its case, its blanks and the kind of its
dashes, for spreadsheets change them as one types; headings also without what is
neither letter nor digit.
"""

import csv
import difflib
import io
import re
from collections import defaultdict
from functools import lru_cache

from .names import key

# Between the answers in a cell
SEPARATOR = ";"

# What does not show, and is no part of what a cell says
_CONTROLS = dict.fromkeys(
    [c for c in [*range(0x20), *range(0x7F, 0xA0)] if c not in (9, 10, 13, 0x85)], " "
)
_UNSEEN = _CONTROLS | {0x00A0: " "} | dict.fromkeys(
    [0x00AD, 0x200B, 0x2060, 0xFEFF, *range(0x200E, 0x2010), *range(0x202A, 0x202F),
     *range(0x2066, 0x206A)]
)  # fmt: skip

# A cell that begins so is a formula to a spreadsheet that opens it, whatever does not
# show before it, in full width, too
_SIGNS = "=+\\-@\uff1d\uff0b\uff0d\uff20"
_BEFORE = "\\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u180e"
_FORMULA = re.compile(f"'*(?:[\\t\\r\\n]|[{_BEFORE}\\x00-\\x1f]*[{_SIGNS}])")
_ESCAPED = re.compile(f"'+(?:[\\t\\r\\n]|[{_BEFORE}\\x00-\\x1f]*[{_SIGNS}])")
_NUMBER = re.compile(r"\d+")

# A text that Excel is to take for no number: ="0171555"
_GUARD = re.compile(r'="((?:[^"]|"")*)"')

# What people, and programs, write where they have nothing to say; none is longer than
# so many letters
_LONGEST_NOTHING = 20
_NOTHING = {
    "-", "--", "---", ".", "..", "...", "/", "?", "??", "n/a", "n.a.", "n.a", "na",
    "n/d",
    "n.d.", "k.a.", "k. a.", "null", "nil", "none", "nan", "#n/a", "#null!", "#ref!",
    "#value!", "#name?", "#div/0!", "#num!", "undefined", "unknown", "not available",
    "not provided", "not applicable", "no data", "(blank)", "(empty)", "(none)",
    "[blank]", "<null>", "(null)", "blank", "leer", "keine angabe", "unbekannt",
    "entfällt", "nicht angegeben", "inconnu", "non renseigné", "sin datos",
    "no disponible", "desconocido", "sconosciuto", "нет данных", "не указано",
    "неизвестно", "н/д", "brak", "xxx", "tbd", "tba", "-none-", "no value", "not set",
    "not specified", "info requested", "* mycontacts", "* starred", "* friends",
    "* family", "* coworkers",
}  # fmt: skip

# What people who have no company write in its place, as LinkedIn asks them to
_NO_COMPANY = {
    "selfemployed", "selfemployment", "freelance", "freelancer", "freelancing",
    "unemployed", "retired", "selbständig", "selbstständig", "selbstandig",
    "freiberuflich", "freiberufler", "freiberuflerin", "arbeitslos", "privatperson",
    "rentner", "rentnerin", "indépendant", "indépendante", "autoentrepreneur",
    "particulier", "retraité", "retraitée", "autónomo", "autónoma", "porcuentapropia",
    "jubilado", "jubilada", "particular", "autônomo", "autônoma",
    "liberoprofessionista", "privato", "zelfstandig", "zelfstandige", "zzp", "zzper",
    "egenföretagare",
    "самозанятый", "самозанятая", "самозанятость", "фриланс", "фрилансер",
    "физлицо", "физическоелицо", "частноелицо", "безработный", "безработная",
    "пенсионер", "osvč", "samozatrudnienie",
}  # fmt: skip

_NAMES = {"na", "nan", "nil", "none", "brak", "leer", "blank"}

# Between several in a cell, as Google writes them
_LISTED = re.compile(r"\s+:::\s+")

# An answer, and the words it asks for: “Other: laser”, “Other – laser”, “Other (laser)”
_ANSWER_AND_WORDS = re.compile(
    r"([^:(]{1,200}?)(?:\s*:\s*|\s+[-–—]\s+)(\S.*)|([^:(]{1,200}?)\s*\((.+)\)",
    re.DOTALL,
)

# From which likeness on a name is taken for another, mistyped
_ALIKE = 0.8

# Longer is nobody's slip, and takes time to compare
_LONGEST_SLIP = 100


def text(cell):
    """Return what a cell says, in one line unless it has several.

    An apostrophe that keeps a spreadsheet from calculating is no part of it, nor is
    what does not show.
    """
    said = str(cell or "")
    if not (said.isascii() and said.isprintable()):
        said = said.translate(_UNSEEN)
    said = said.strip()
    if guarded := _GUARD.fullmatch(said):
        said = guarded[1].replace('""', '"').strip()
    return said[1:].strip() if _ESCAPED.match(said) else said


def escaped(said, is_text=False):
    """Return a cell that no spreadsheet takes for a formula, and `text` reads back.

    :param is_text: the file says itself that the cell is text
    """
    pattern = _ESCAPED if is_text else _FORMULA
    return f"'{said}" if pattern.match(said) else said


def says_nothing(cell, is_name=False):
    """Whether a cell holds a placeholder for what somebody did not say.

    :param is_name: of people, some of whom are called Na
    """
    if not cell or len(cell) > _LONGEST_NOTHING:
        return not cell
    said = word(cell)
    plain = said.strip("()[]<> ")
    return (said in _NOTHING or plain in _NOTHING) and not (is_name and said in _NAMES)


def is_nobodys(company):
    """Whether a company is what people write who have none."""
    return len(company) <= _LONGEST_NOTHING and bare(company) in _NO_COMPANY


@lru_cache(65_536)
def word(name):
    """Return how a name is compared."""
    return key(name)


def bare(name):
    """Return a name without anything but letters and digits."""
    return "".join(char for char in word(name) if char.isalnum())


def same_numbers(name, other):
    """Whether two names speak of the same numbers: “2-20” is no mistyped “2-50”."""
    return _NUMBER.findall(name) == _NUMBER.findall(other)


def parts(cell, separators=SEPARATOR):
    """Return the answers in a cell; one with a separator in it stands in quotes.

    A line break is a separator, too.
    """
    found = _LISTED.split(cell)
    # what stands in quotes has been taken apart already by the first
    for separator in separators[:1] if '"' in cell else separators:
        found = [part for piece in found for part in _split(piece, separator)]
    return list(dict.fromkeys(part for part in found if part))


def answer_and_words(cell):
    """Return what “Other: laser cutting” is made of; nothing where it is not so."""
    found = _ANSWER_AND_WORDS.fullmatch(cell)
    return (found[1] or found[3], found[2] or found[4]) if found else ()


def _split(cell, separator):
    rows = csv.reader(io.StringIO(cell), delimiter=separator, skipinitialspace=True)
    return [part.strip() for row in rows for part in row]


def joined(names, separators=SEPARATOR):
    """Return names as one cell, as `parts` reads them."""
    return f"{SEPARATOR} ".join(
        '"{}"'.format(name.replace('"', '""'))
        if name.startswith('"') or any(char in name for char in [*separators, "\n"])
        else name
        for name in names
    )


def letter(index):
    """Return what spreadsheets call a column: A, B, … AA."""
    name = ""
    while index >= 0:
        index, rest = divmod(index, 26)
        name = chr(ord("A") + rest) + name
        index -= 1
    return name


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
        known = {k for things in self._ranks.values() for k in things}
        known = [k for k in known if same_numbers(k, key_) and not opposite(k, key_)]
        alike = difflib.get_close_matches(key_, sorted(known), 1, _ALIKE)
        return self.find(alike[0]) if alike else []


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


# ----------------------------------------------------------------------
# Bands of numbers
# ----------------------------------------------------------------------

# Different numbers from which they are too many to choose from, one by one
_FEW = 6

# How many times the smallest the largest is, at least: years are no sizes
_WIDE = 3

# Bands that are suggested, at most
_BANDS = 5


def starts(numbers):
    """Return from which numbers on bands may begin that hold about as many each.

    Round ones, as people would choose them: [1, 21, 51]; none where there are few
    different numbers, or numbers that are no sizes.

    :param numbers: list of floats
    """
    ordered = sorted(numbers)
    if len(set(ordered)) < _FEW or ordered[0] < 0 or ordered[-1] < _WIDE * ordered[0]:
        return []
    is_whole = all(number == int(number) for number in ordered)
    lowest = ordered[0]
    found = [1 if is_whole and lowest >= 1 else 0]
    for part in range(1, _BANDS):
        start = _round(ordered[len(ordered) * part // _BANDS]) + is_whole
        if found[-1] < start <= ordered[-1]:
            found.append(start)
    return found if len(found) > 1 else []


def _round(number):
    """Return the number of one digit, 1, 2 or 5, that is nearest."""
    if number <= 0:
        return 0
    size = 10 ** (len(str(int(number))) - 1) if number >= 1 else 1
    return min((size * digit for digit in (1, 2, 5, 10)), key=lambda n: abs(n - number))


def band_names(lowest):
    """Return what bands are called that begin at numbers, as “1-20” and “51+”."""
    return [
        f"{start}-{end - 1}" if end - 1 > start else str(start)
        for start, end in zip(lowest, lowest[1:], strict=False)
    ] + [f"{lowest[-1]}+"]

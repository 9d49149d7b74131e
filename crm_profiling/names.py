"""How names are compared wherever a person may have typed them."""

import re
import unicodedata
from functools import lru_cache

# Raised where `key` changes, so that what is stored of it is made anew.
VERSION = 1

# Characters of a name that are compared, and of its key: PostgreSQL's index holds 2,700
# bytes. No name is near as long.
LONGEST = 600

# Signs that belong to a name on paper alone
_MARKS = "\u2122\u00ae\u00a9\u2120"

# What is typed for an apostrophe
_APOSTROPHES = "\u2018\u2019\u201b\u02bc\u02b9\u00b4\u0060\uff07"

_SAME = {
    **dict.fromkeys(map(ord, _MARKS), " "),
    **dict.fromkeys(map(ord, _APOSTROPHES), "'"),
    ord("\u2212"): "-",  # minus
    ord("\u0130"): "i",  # of Turkish, whose dots lower case would keep or lose
    ord("\u0131"): "i",
}

# What does not show, though it has a place
_UNSEEN = {
    *"\u034f\u115f\u1160\u180b\u180c\u180d\u3164",
    *map(chr, range(0xFE00, 0xFE10)),
}


def _marks():
    """Return the marks that are put on letters, as a class of a regular expression."""
    marks = map(chr, range(0x300, 0x20000))
    return f"[{''.join(filter(unicodedata.combining, marks))}]"


# Length from which a name is looked through for them: shorter ones take no time.
_HEAP = 100

# Marks on one letter, more of them than any language has: putting those in order takes
# as long as their number squared.
_HEAPS = re.compile(f"({_marks()}{{10}}){_marks()}+")


# A letter and its marks, or what a Korean syllable is made of, apart
_APART = re.compile(
    r"[^\W\d_][\u0300-\u036f\u3099\u309a]{1,9}|[\u1100-\u1112][\u1161-\u11c2]{1,2}"
)


class _Plain(dict):
    """What each character is without what people do not see, found once."""

    def __missing__(self, code):
        char = chr(code)
        category = unicodedata.category(char)
        if category == "Cc":
            plain = " "
        elif category == "Pd":
            plain = "-"
        elif category in ("Cf", "Cs", "Co") or char in _UNSEEN:
            plain = ""
        else:
            plain = char
        self[code] = plain
        return plain


_PLAIN = _Plain()


def key(name):
    """Return how a name is compared: the same for names that people take for one.

    Case, ß and ss, kinds of dashes and blanks, invisible characters, letters composed
    or of full width, ™ and the like, and the dots of a Turkish i make no difference.
    Accents do. What comes after the first `LONGEST` characters is not looked at.

    :param name: str, or a false value
    """
    name = (name or "")[:LONGEST]
    if name.isascii() and name.isprintable():
        if "`" in name:
            name = name.replace("`", "'")
        return " ".join(name.lower().split())
    if len(name) > _HEAP:
        name = _HEAPS.sub(r"\1", name)
    name = unicodedata.normalize("NFKC", name.translate(_SAME)).translate(_SAME)
    name = name.casefold().replace("i\u0307", "i").translate(_PLAIN)
    return " ".join(unicodedata.normalize("NFKC", name).split())[:LONGEST].rstrip()


@lru_cache(65_536)
def word(name):
    """Return how a name is compared, as `key`; remembered, for files repeat words."""
    return key(name)


def bare(name):
    """Return a name as it is compared, of its letters and digits alone: headings."""
    return "".join(char for char in word(name) if char.isalnum())


def composed(text):
    """Return a text with its letters as keyboards write them: ü, not u and two dots.

    As names of files and lists made on a Mac have them. Heaps of marks stay.
    """
    return _APART.sub(lambda found: unicodedata.normalize("NFC", found[0]), text)


def first_twin(records, key):
    """Return the first record whose key another one already has, or None.

    :param records: iterable of records
    :param key: function of a record, to a hashable value
    """
    seen = set()
    for record in records:
        value = key(record)
        if value in seen:
            return record
        seen.add(value)
    return None

"""What is written in a file of prospects; nothing here knows Odoo.

Cells are text.  A word is found whatever its case, its blanks and the kind of its
dashes, for spreadsheets change them as one types; headings also without what is
neither letter nor digit.
"""

import csv
import difflib
import io
import re
import unicodedata
from collections import defaultdict
from datetime import date
from functools import lru_cache

from .names import normalized

# Between the answers in a cell
SEPARATOR = ";"

# A cell that begins so is a formula to a spreadsheet that opens it
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_ESCAPED = re.compile(r"'+[=+\-@\t\r]")
_NUMBER = re.compile(r"\d+")

# From which likeness on a name is taken for another, mistyped
_ALIKE = 0.8

_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")


def text(cell):
    """Return what a cell says, in one line unless it has several.

    An apostrophe that keeps a spreadsheet from calculating is no part of it.
    """
    if isinstance(cell, date):
        cell = cell.isoformat()
    said = str(cell or "").replace("\u00a0", " ").replace("\0", "").strip()
    return said[1:] if _ESCAPED.match(said) else said


def escaped(said, is_text=False):
    """Return a cell that no spreadsheet takes for a formula, and `text` reads back.

    :param is_text: the file says itself that the cell is text
    """
    pattern = _ESCAPED if is_text else _FORMULA
    return f"'{said}" if pattern.match(said) else said


@lru_cache(65_536)
def word(name):
    """Return how a name is compared."""
    name = unicodedata.normalize("NFKC", name or "").translate(_DASHES)
    return normalized(name)


def bare(name):
    """Return a name without anything but letters and digits."""
    return "".join(char for char in word(name) if char.isalnum())


def same_numbers(name, other):
    """Whether two names speak of the same numbers: “2-20” is no mistyped “2-50”."""
    return _NUMBER.findall(name) == _NUMBER.findall(other)


def parts(cell, separators=SEPARATOR):
    """Return the answers in a cell; one with a separator in it stands in quotes."""
    found = [cell]
    # what stands in quotes has been taken apart already by the first
    for separator in separators[:1] if '"' in cell else separators:
        found = [part for piece in found for part in _split(piece, separator)]
    return list(dict.fromkeys(part for part in found if part))


def _split(cell, separator):
    rows = csv.reader(io.StringIO(cell), delimiter=separator, skipinitialspace=True)
    return [part.strip() for row in rows for part in row]


def joined(names, separators=SEPARATOR):
    """Return names as one cell, as `parts` reads them."""
    return f"{SEPARATOR} ".join(
        '"{}"'.format(name.replace('"', '""'))
        if name.startswith('"') or any(char in name for char in separators)
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
        if key := self._compare(name):
            things = self._ranks[rank][key]
            if thing not in things:
                things.append(thing)

    def find(self, name):
        """Return the things of that name: none, one, or more that share it."""
        key = self._compare(name)
        for _rank, things in sorted(self._ranks.items()):
            if key in things:
                return things[key]
        return []

    def closest(self, name):
        """Return the things whose name is most like one that is mistyped."""
        key = self._compare(name)
        known = {k for things in self._ranks.values() for k in things}
        known = [k for k in known if same_numbers(k, key)]
        alike = difflib.get_close_matches(key, sorted(known), 1, _ALIKE)
        return self.find(alike[0]) if alike else []

"""What is written in the cells of a file; nothing here knows Odoo."""

import csv
import io
import re

from .names import composed

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

# A text that Excel is to take for no number: ="0171555"
_GUARD = re.compile(r'="((?:[^"]|"")*)"')

# Between several in a cell, as Google writes them
_LISTED = re.compile(r"(?<=\s):::(?=\s)")

# An answer, and the words it asks for: “Other: laser”, “Other – laser”, “Other (laser)”
_ANSWER_AND_WORDS = re.compile(
    r"([^:(]{1,200}?)(?:\s*:\s*|\s+[-–—]\s+)(\S.*)|([^:(]{1,200}?)\s*\((.+)\)",
    re.DOTALL,
)

# Each in quotes, with commas between, as Mailchimp writes them
_QUOTED = re.compile(r'"(?:[^"]|"")*"(?:\s*,\s*"(?:[^"]|"")*")+')


def text(cell):
    """Return what a cell says, in one line unless it has several.

    An apostrophe that keeps a spreadsheet from calculating is no part of it, nor is
    what does not show.
    """
    said = str(cell or "")
    if not (said.isascii() and said.isprintable()):
        said = composed(said.translate(_UNSEEN))
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


def parts(cell, separators=SEPARATOR):
    """Return the answers in a cell; one with a separator in it stands in quotes.

    A line break is a separator, too.
    """
    found = [piece.strip() for piece in _LISTED.split(cell)]
    if '"' in cell:  # what stands in quotes is taken apart once
        separators = "," if _QUOTED.fullmatch(cell) else separators[:1]
    for separator in separators:
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

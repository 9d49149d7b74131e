"""Amounts as people write them, in a cell of a spreadsheet: plain Python, no Odoo."""

import re
import unicodedata

# More than anybody's target, less than what a float keeps exactly
MOST = 1000000000000
LONGEST = 60  # characters of a cell: an amount with its currency has twenty
BLANKS = re.compile(r"[\s'’_]")
NUMBER = re.compile(r"-?\d+(\.\d+)?")


class Unclear(ValueError):
    """What is written is no amount."""


def amount(text, decimal=".", thousands=",", currency=()):
    """Return the number that a cell means; an empty cell means nothing, None.

    :param str text: "12 000", "1,200.50 €", "EUR 300"
    :param str decimal, thousands: as the user's language writes them
    :param currency: names and signs of the currency that may stand beside it; another
        one is refused, as nothing is converted
    :rtype: float | None
    :raise Unclear: for letters, signs, two decimal points
    """
    if len(text) > LONGEST:
        raise Unclear(text)
    cell = unicodedata.normalize("NFKC", text).strip()
    cell = BLANKS.sub("", cell)
    for sign in filter(None, currency):
        cell = cell.removeprefix(sign).removesuffix(sign)
    if not cell or cell in ("-", "–", "—"):
        return None
    return float(_plain(cell, decimal, thousands, text))


def _plain(cell, decimal, thousands, text):
    """Return the number with a point and no other signs."""
    whole, found, fraction = cell.rpartition(decimal)
    if not found:
        whole, fraction = cell, ""
    groups = whole.split(thousands) if thousands else [whole]
    # "1,20" where a comma parts thousands is no 120: it is told, not guessed
    if any(len(group) != 3 for group in groups[1:]):
        raise Unclear(text)
    cell = "".join(groups) + (f".{fraction}" if fraction else "")
    if not NUMBER.fullmatch(cell):
        raise Unclear(text)
    return cell


def is_target(number):
    """Whether a number may be a target: what is none (NaN) may not.

    :param float number:
    """
    return 0 <= number < MOST


def table(text):
    """Return the rows of what was copied from a spreadsheet, without empty ones.

    Cells are parted by tabs; where there is no tab, by semicolons.

    :rtype: list of lists of strings
    """
    sign = "\t" if "\t" in text else ";"
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    rows = [[cell.strip() for cell in line.split(sign)] for line in lines]
    return [row for row in rows if any(row)]

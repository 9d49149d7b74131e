"""CSV, and what goes by that name: text with something between the cells."""

import csv
import io
import re
from collections import Counter

from .encodings import guessed, known
from .limits import MAX_CELL, MAX_COLUMNS, MAX_LINE, MAX_LINES, TableError
from .table import Rows, Table

SEPARATORS = (",", ";", "\t", "|")

# Lines that are enough to tell what stands between the cells
_SAMPLE = 60

_SEP = re.compile(r'"?sep=(.)', re.IGNORECASE)


def read(content, options, lang=""):
    """Return a text as a table.

    :param dict options: encoding and separator, as chosen
    :raise TableError: for what is no text, or not in the encoding
    """
    encoding, readings = options.get("encoding"), ()
    if encoding:
        known(encoding)
    else:
        encoding, readings = guessed(content, lang)
    start, is_wide = content[:65536], "16" in encoding or "32" in encoding
    if start.count(0) * 20 > len(start) and not is_wide:
        raise TableError("unreadable")  # no text at all
    try:
        announced = _announced(content, encoding)
        separator = options.get("separator") or announced
        separator = separator or _separator(content, encoding)
        rows = _rows(content, encoding, separator, bool(announced))
    except UnicodeError as error:
        raise TableError("encoding", encoding=encoding) from error
    return Table(rows.rows, encoding=encoding, separator=separator, readings=readings)


def _lines(content, encoding):
    """Return an iterator over the lines; nothing is decoded before it is wanted."""
    return io.TextIOWrapper(io.BytesIO(content), encoding, newline="")


def _announced(content, encoding):
    """Return the separator that the first line names, as Excel wants it, or None."""
    first = _lines(content, encoding).readline(20).lstrip("\ufeff")
    found = _SEP.match(first)
    return found[1] if found and found[1] in SEPARATORS else None


def _separator(content, encoding):
    """Return what most lines have as often as each other, and most of all."""
    scores = []
    for separator in SEPARATORS:
        widths = _widths(content, encoding, separator)
        wide = {width: n for width, n in widths.items() if width > 1}
        if wide:
            width = max(wide, key=lambda one: (wide[one], one))
            scores.append((wide[width] / widths.total(), width, separator))
    if not scores:
        return SEPARATORS[0]
    best = max(scores, key=lambda score: (round(score[0], 1), score[1]))
    return best[2]


def _widths(content, encoding, separator):
    """Return how many cells the first lines have, if that is the separator."""
    widths = Counter()
    try:
        table = _table(content, encoding, separator)
        for row, _number in zip(table, range(_SAMPLE), strict=False):
            if any(cell.strip() for cell in row):
                widths[len(row)] += 1
    except csv.Error:  # one cell of all there is
        return Counter()
    return widths


def _table(content, encoding, separator):
    return csv.reader(_whole_lines(content, encoding), delimiter=separator)


def _whole_lines(content, encoding):
    """Yield the lines, up to one that is too long to be held.

    :raise csv.Error: after the beginning of that one
    """
    file = _lines(content, encoding)
    while line := file.readline(MAX_LINE):
        # nothing that people write, and Python before 3.11 refuses it
        yield line.replace("\0", "")
        if len(line) == MAX_LINE and line[-1] not in "\r\n":
            raise csv.Error("line too long")


def _rows(content, encoding, separator, skip_first):
    rows, number = Rows(), 0
    try:
        for number, cells in enumerate(_table(content, encoding, separator), 1):
            _add(rows, number, cells, skip_first)
    except csv.Error as error:  # Python's own limit of a cell, or a line of one
        raise TableError("cell", row=number + 1, most=MAX_CELL) from error
    return rows


def _add(rows, number, cells, skip_first):
    """Keep a line, up to the limits."""
    if number > 2 * MAX_LINES:
        raise TableError("lines", found=number, most=MAX_LINES)
    if number == 1:
        if skip_first:
            return
        if cells:
            cells[0] = cells[0].lstrip("\ufeff")
    if len(cells) > MAX_COLUMNS:
        while cells and not cells[-1].strip():
            cells.pop()
        if len(cells) > MAX_COLUMNS:
            raise TableError("columns", found=len(cells), row=number, most=MAX_COLUMNS)
    if any(len(cell) > MAX_CELL for cell in cells):
        raise TableError("cell", row=number, most=MAX_CELL)
    rows.add(number, dict(enumerate(cells)))

"""ODS, as LibreOffice writes it: without a library, which Odoo's reader wants."""

import re

from .archive import Handler, attribute, opened, parse
from .limits import MAX_COLUMNS, MAX_ROWS, TableError
from .table import Rows, Table
from .values import number, said

_CONTENT = "content.xml"
_DURATION = re.compile(r"PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S")


def is_ods(content):
    """Whether an archive is one of LibreOffice's."""
    return b"mimetypeapplication/vnd.oasis.opendocument" in content[:200]


def read(content, sheet=None):
    """Return one sheet of a spreadsheet, the first unless one is named."""
    archive = opened(content)
    book = parse(archive, _CONTENT, _Content(sheet))
    if sheet not in book.sheets and book.sheets:
        sheet = book.sheets[0]
    if not book.sheets:
        raise TableError("unreadable")
    rows = book.rows
    rows.spread(book.merged)
    return Table(rows.rows, tuple(book.sheets), (), sheet, tuple(rows.hidden))


class _Content(Handler):
    """The names of the sheets, and the rows of one: of the first if none is named."""

    def __init__(self, sheet):
        self.sheets, self.rows = [], Rows()
        self.merged = []
        self._sheet, self._is_wanted = sheet, False
        self._number, self._column = 0, 0
        self._row, self._cell, self._cells = {}, {}, {}
        self._lines, self._depth = [], 0

    def start(self, name, attributes):
        if name == "table":
            title = attribute(attributes, "name") or ""
            self.sheets.append(title)
            self._number = 0
            self._is_wanted = title == self._sheet or not (
                self._sheet or len(self.sheets) > 1
            )
        elif name == "table-row":
            self._row, self._column, self._cells = attributes, 0, {}
        elif name in ("table-cell", "covered-table-cell"):
            self._cell, self._lines, self._depth = attributes, [], 0
        elif name == "annotation":  # a comment is no text of the cell
            self._depth = -1
        elif name == "p" and self._depth >= 0:
            self._lines.append("")
            self._depth = 1
        elif name == "s" and self._depth > 0:
            self._lines[-1] += " " * min(_times(attributes, "c"), 99)

    def data(self, text):
        if self._depth > 0:
            self._lines[-1] += text

    def end(self, name):
        if name == "annotation":
            self._depth = 0
        elif name == "p" and self._depth > 0:
            self._depth = 0
        elif name in ("table-cell", "covered-table-cell"):
            self._end_cell()
        elif name == "table-row":
            self._end_row()

    def _end_cell(self):
        times = _times(self._cell, "number-columns-repeated")
        text = _value(self._cell, self._lines) if self._is_wanted else ""
        if text.strip():
            self.idle = 0
            if self._column + times > MAX_COLUMNS:
                raise TableError(
                    "columns",
                    found=self._column + times,
                    row=self._number + 1,
                    most=MAX_COLUMNS,
                )
            for again in range(times):
                self._cells[self._column + again] = text
            self._note_merged()
        self._column += times

    def _note_merged(self):
        rows = _times(self._cell, "number-rows-spanned")
        if rows > 1:
            first = self._number + 1
            self.merged.append((first, first + rows - 1, self._column))

    def _end_row(self):
        times = _times(self._row, "number-rows-repeated")
        hidden = attribute(self._row, "visibility") in ("collapse", "filter")
        for again in range(times if self._cells else 0):
            self.rows.add(self._number + 1 + again, self._cells, hidden)
        self._number += times


def _times(attributes, name):
    value = attribute(attributes, name) or "1"
    return min(int(value), MAX_ROWS) if value.isdecimal() and len(value) < 9 else 1


def _value(cell, lines):
    """Return the text of a cell: what is in it, not how it is shown."""
    kind = attribute(cell, "value-type")
    if kind == "date":
        value = attribute(cell, "date-value") or ""
        return value.removesuffix("T00:00:00").replace("T", " ")[:19]
    if kind == "time":
        found = _DURATION.fullmatch(attribute(cell, "time-value") or "")
        if found:
            hours, minutes, seconds = map(int, found.groups())
            text = f"{hours:02}:{minutes:02}"
            return f"{text}:{seconds:02}" if seconds else text
    if kind == "boolean":
        return said(attribute(cell, "boolean-value") == "true")
    if kind == "float":
        return number(attribute(cell, "value"))
    return said("\n".join(lines))

"""What every reader of files returns: a table of text, as far as the limits allow."""

from bisect import bisect_left, bisect_right
from typing import NamedTuple

from .limits import MAX_CELLS, MAX_COLUMNS, MAX_LINES, MAX_ROWS, TableError


class Table(NamedTuple):
    """What a file says: the rows that are not empty, as text."""

    rows: list[list]  # number of the row in the file, then its cells
    sheets: tuple[str, ...] = ()  # names of those that show; none for CSV
    hidden_sheets: tuple[str, ...] = ()
    sheet: str = ""  # which one this is
    hidden_rows: tuple[int, ...] = ()  # numbers of rows that do not show
    uncalculated: tuple[int, ...] = ()  # numbers of rows with a formula without value
    encoding: str = ""
    separator: str = ""
    readings: tuple = ()  # ((encoding, words), …) where letters are not certain


class Rows:
    """Collects rows, up to the limits; knows each text once, for they come again."""

    def __init__(self):
        self.rows = []
        self.hidden = []
        self.uncalculated = []
        self._texts = {}
        self._cells = 0

    def add(self, number, cells, hidden=False, uncalculated=False):
        """Keep a row if anything is in it.

        :param number: of the row in the file, from 1
        :param cells: dict of texts by their column, from 0
        :raise TableError: where it is one too many
        """
        if number > MAX_ROWS:
            raise TableError("lines", found=number, most=MAX_LINES)
        cells = {at: said for at, said in cells.items() if said.strip()}
        if uncalculated:
            self.uncalculated.append(number)
        if not cells:
            return
        width = max(cells) + 1
        self._count(number, width, len(cells))
        if hidden:
            self.hidden.append(number)
        row = [number, *[""] * width]
        for at, said in cells.items():
            row[at + 1] = self._texts.setdefault(said, said)
        self.rows.append(row)

    def spread(self, areas):
        """Let each row of cells that are merged say what the first of them says.

        :param areas: ``(first row, last row, column)`` of each, the rows from 1
        :raise TableError: where they are more than a sheet may have
        """
        numbers = [row[0] for row in self.rows]
        for first, last, column in areas:
            at = bisect_left(numbers, first)
            to = bisect_right(numbers, last, at)
            self._count_cells(max(1, to - at))
            texts = self.rows[at:to]
            if not texts or numbers[at] != first or column >= len(texts[0]) - 1:
                continue
            for row in texts[1:]:
                row += [""] * (column + 2 - len(row))
                row[column + 1] = row[column + 1] or texts[0][column + 1]

    def _count_cells(self, filled):
        self._cells += filled
        if self._cells > MAX_CELLS:
            raise TableError("cells", found=self._cells, most=MAX_CELLS)

    def _count(self, number, width, filled):
        if width > MAX_COLUMNS:
            raise TableError("columns", found=width, row=number, most=MAX_COLUMNS)
        # one line more, for the headings
        if len(self.rows) > MAX_LINES:
            raise TableError("lines", found=len(self.rows) + 1, most=MAX_LINES)
        self._count_cells(filled)

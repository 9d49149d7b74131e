"""XLS, as Excel wrote it until 2003, and as some programs still do."""

import struct
from datetime import datetime, timedelta

import xlrd
from xlrd.compdoc import CompDocError
from xlrd.xldate import xldate_as_datetime

from .limits import MAX_XLS_BYTES, TableError
from .table import Rows, Table
from .values import number, said

# What xlrd raises of what it does not expect
_UNEXPECTED = (
    xlrd.XLRDError,
    CompDocError,
    AssertionError,
    struct.error,
    IndexError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    UnicodeError,
    OverflowError,
    MemoryError,
)


def read(content, sheet=None):
    """Return one sheet of a workbook, the first that shows unless one is named."""
    if len(content) > MAX_XLS_BYTES:
        raise TableError("bytes", found=len(content), most=MAX_XLS_BYTES)
    try:
        return _read(content, sheet, formats=True)
    except _UNEXPECTED:
        # formats are in no order: without them nothing is known of hidden rows
        return _without_formats(content, sheet)


def _without_formats(content, sheet):
    try:
        return _read(content, sheet, formats=False)
    except _UNEXPECTED as error:
        raise TableError("unreadable") from error


def _read(content, sheet, formats):
    book = xlrd.open_workbook(
        file_contents=content,
        on_demand=True,
        ragged_rows=True,
        formatting_info=formats,
        logfile=_Silence(),
    )
    names = book.sheet_names()
    if not names:
        raise TableError("unreadable")
    hidden = [name for at, name in enumerate(names) if _is_hidden(book, at)]
    visible = [name for name in names if name not in hidden]
    name = sheet if sheet in names else (visible or names)[0]
    rows = _rows(book, book.sheet_by_name(name))
    return Table(rows.rows, tuple(visible), tuple(hidden), name, tuple(rows.hidden))


def _is_hidden(book, at):
    # known without loading the sheet
    return bool(book._sheet_visibility[at])


def _rows(book, sheet):
    rows = Rows()
    for at in range(sheet.nrows):
        cells = {
            column: _value(cell, book.datemode)
            for column, cell in enumerate(sheet.row(at))
            if cell.ctype not in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK)
        }
        info = sheet.rowinfo_map.get(at)
        rows.add(at + 1, cells, bool(info and info.hidden))
    rows.spread(
        (top + 1, bottom, left)
        for top, bottom, left, _right in sheet.merged_cells
        if bottom - top > 1
    )
    return rows


def _value(cell, datemode):
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return said(cell.value)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return said(bool(cell.value))
    if cell.ctype == xlrd.XL_CELL_DATE:
        return _moment(cell.value, datemode)
    return number(cell.value) if cell.ctype == xlrd.XL_CELL_NUMBER else ""


def _moment(value, datemode):
    if 0 <= value < 1:
        seconds = round(value * 86_400) % 86_400
        return said((datetime.min + timedelta(seconds=seconds)).time())
    try:
        return said(xldate_as_datetime(value, datemode))
    except (xlrd.xldate.XLDateError, OverflowError, ValueError):
        return number(value)


class _Silence:
    """Takes what xlrd would print."""

    def write(self, _text):  # pylint: disable=method-required-super
        """Forget it."""

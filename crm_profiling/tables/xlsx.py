"""XLSX and XLSM. Odoo's reader holds the whole book in memory, at 50 times its size."""

import posixpath
import re
from datetime import datetime, time, timedelta

from openpyxl.styles import numbers as formats
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from .archive import Handler, Stop, attribute, opened, parse
from .limits import MAX_CELLS, MAX_COLUMNS, TableError
from .table import Rows, Table
from .values import number, said

_TRUE = ("1", "true")

_AREA = re.compile(
    r"(?P<column>[A-Z]{1,3})(?P<first>\d{1,7}):[A-Z]{1,3}(?P<last>\d{1,7})"
)

# What may stand between the rows of a sheet and the cells that are merged
_BETWEEN = {
    "sheetCalcPr", "sheetProtection", "protectedRanges", "protectedRange", "scenarios",
    "scenario", "inputCells", "autoFilter", "filterColumn", "filters", "filter",
    "customFilters", "customFilter", "dynamicFilter", "dateGroupItem", "sortState",
    "sortCondition", "dataConsolidate", "dataRefs", "dataRef",
}  # fmt: skip


def read(content, sheet=None):
    """Return one sheet of a workbook, the first that shows unless one is named."""
    archive = opened(content)
    book = _Book(archive)
    sheet = sheet if sheet in book.sheets else book.first
    found = parse(archive, book.sheets[sheet], _Sheet(book))
    rows = found.rows
    rows.spread(found.merged)
    return Table(
        rows.rows,
        tuple(name for name in book.sheets if name not in book.hidden),
        tuple(book.hidden),
        sheet,
        tuple(rows.hidden),
        tuple(rows.uncalculated),
    )


class _Book:
    """What a workbook says of its sheets, and what its cells refer to."""

    def __init__(self, archive):
        names = set(archive.namelist())

        def part(path, handler):
            return parse(archive, path, handler) if path in names else handler

        root = "xl/workbook.xml"
        for type_, target in part("_rels/.rels", _Relations()).found.values():
            if type_.endswith("/officeDocument"):
                root = target.lstrip("/")
        folder, name = posixpath.split(root)
        relations = part(f"{folder}/_rels/{name}.rels".lstrip("/"), _Relations())
        listed = parse(archive, root, _Workbook())
        self.epoch = listed.epoch
        self.sheets, self.hidden = {}, []
        for title, relation, state in listed.found:
            # charts and macros are sheets as well
            path = _within(folder, relations.found.get(relation, ("", ""))[1])
            if path in names and "worksheets" in path:
                self.sheets[title] = path
                if state in ("hidden", "veryHidden"):
                    self.hidden.append(title)
        if not self.sheets:
            raise TableError("unreadable")
        visible = [name for name in self.sheets if name not in self.hidden]
        self.first = (visible or [*self.sheets])[0]
        self.texts = part(f"{folder}/sharedStrings.xml", _Texts()).found
        self.dates = part(f"{folder}/styles.xml", _Styles()).found


def _within(folder, path):
    if path.startswith("/"):
        return path.lstrip("/")
    return posixpath.normpath(posixpath.join(folder, path))


class _Relations(Handler):
    def __init__(self):
        self.found = {}  # {id: (type, target)}

    def start(self, name, attributes):
        if name == "Relationship":
            self.found[attribute(attributes, "Id")] = (
                attribute(attributes, "Type") or "",
                attribute(attributes, "Target") or "",
            )


class _Workbook(Handler):
    def __init__(self):
        self.found = []  # [(title, id of its relation, state)]
        self.epoch = CALENDAR_WINDOWS_1900

    def start(self, name, attributes):
        if name == "workbookPr" and attributes.get("date1904") in _TRUE:
            self.epoch = CALENDAR_MAC_1904
        elif name == "sheet":
            self.found.append(
                (
                    attributes.get("name") or "",
                    attribute(attributes, "id"),
                    attributes.get("state"),
                )
            )


class _Texts(Handler):
    """The texts that cells share."""

    def __init__(self):
        self.found = []
        self._parts, self._is_text, self._is_spoken = [], False, False

    def start(self, name, attributes):
        if name == "t":
            self._is_text = not self._is_spoken
        elif name == "rPh":  # how it is pronounced
            self._is_spoken = True

    def data(self, text):
        if self._is_text:
            self._parts.append(text)

    def end(self, name):
        if name == "t":
            self._is_text = False
        elif name == "rPh":
            self._is_spoken = False
        elif name == "si":
            self.idle = 0
            self.found.append("".join(self._parts))
            self._parts = []
            if len(self.found) > MAX_CELLS:
                raise TableError("cells", found=len(self.found), most=MAX_CELLS)


class _Styles(Handler):
    """Which styles show a number as a date, a time or a duration."""

    def __init__(self):
        self.found = {}  # {number of the style: kind}
        self._codes, self._is_list, self._count = {}, False, 0

    def start(self, name, attributes):
        if name == "numFmt":
            code = attributes.get("formatCode") or ""
            self._codes[attributes.get("numFmtId")] = code
        elif name == "cellXfs":
            self._is_list = True
        elif name == "xf" and self._is_list:
            if kind := self._kind(attributes.get("numFmtId") or "0"):
                self.found[str(self._count)] = kind
            self._count += 1

    def end(self, name):
        if name == "cellXfs":
            raise Stop

    def _kind(self, id_):
        code = self._codes.get(id_)
        if code is None:
            code = formats.BUILTIN_FORMATS.get(int(id_) if id_.isdecimal() else 0, "")
        if formats.is_timedelta_format(code):
            return "duration"
        if not formats.is_date_format(code):
            return ""
        return "time" if formats.is_datetime(code) == "time" else "date"


class _Sheet(Handler):
    """The rows of a sheet."""

    def __init__(self, book):
        self.rows, self.merged = Rows(), []
        self._book = book
        self._columns = {}  # {letters: index}, for they come again
        self._number, self._column, self._cells = 0, -1, {}
        self._row, self._cell, self._text = {}, {}, None
        self._value, self._is_formula, self._is_uncalculated = None, False, False

    def start(self, name, attributes):
        if self.is_complete:
            self._note_merged(name, attributes)
        elif name == "c":
            self._cell, self._value, self._is_formula = attributes, None, False
        elif name in ("v", "t"):
            self._text = []
        elif name == "f":
            self._is_formula = True
        elif name == "row":
            self._row, self._column, self._cells = attributes, -1, {}
            self._is_uncalculated = False
            said_ = attributes.get("r", "")
            self._number = int(said_) if said_.isdecimal() else self._number + 1

    def data(self, text):
        if self._text is not None:
            self._text.append(text)

    def end(self, name):
        if name == "c":
            self._end_cell()
        elif name in ("v", "t"):
            # a rich text has several
            self._value = (self._value or "") + "".join(self._text or ())
            self._text = None
        elif name == "row":
            self.rows.add(
                self._number,
                self._cells,
                self._row.get("hidden") in _TRUE,
                self._is_uncalculated,
            )
        elif name == "sheetData":
            self.is_complete = True
        elif name == "mergeCells":
            raise Stop

    def _note_merged(self, name, attributes):
        if name == "mergeCell":
            found = _AREA.fullmatch(attributes.get("ref") or "")
            if found and int(found["first"]) < int(found["last"]):
                place = int(found["first"]), int(found["last"]), _index(found["column"])
                self.merged.append(place)
        elif name != "mergeCells" and name not in _BETWEEN:
            raise Stop

    def _end_cell(self):
        self._column = self._place()
        if not self._value:
            is_text = self._cell.get("t") == "str"  # which may well be empty
            self._is_uncalculated |= self._is_formula and not is_text
            return
        text = self._said(self._value)
        if text.strip():
            self.idle = 0
            if self._column >= MAX_COLUMNS:
                raise TableError(
                    "columns",
                    found=self._column + 1,
                    row=self._number,
                    most=MAX_COLUMNS,
                )
            self._cells[self._column] = text

    def _place(self):
        letters = self._cell.get("r", "").rstrip("0123456789")
        if not letters:
            return self._column + 1
        if letters not in self._columns:
            self._columns[letters] = _index(letters)
        return self._columns[letters]

    def _said(self, value):
        kind = self._cell.get("t")
        if kind == "s":
            known = value.isdecimal() and int(value) < len(self._book.texts)
            return self._book.texts[int(value)] if known else ""
        if kind in (None, "n"):
            format_ = self._book.dates.get(self._cell.get("s"))
            return _number(value, format_, self._book.epoch)
        if kind == "b":
            return said(value.strip() in _TRUE)
        if kind == "d":
            return value.removesuffix("T00:00:00").replace("T", " ")
        return "" if kind == "e" else said(value)


def _index(letters):
    """Return the number of a column, from 0."""
    index = 0
    for letter in letters[:3]:
        index = 26 * index + (ord(letter) - ord("A") + 1) % 27
    return max(0, index - 1)


def _number(value, kind, epoch):
    """Return a number as text, as its format shows it."""
    if not kind:
        return number(value)
    try:
        found = from_excel(float(value), epoch, timedelta=kind == "duration")
    except (ValueError, OverflowError, TypeError):
        return number(value)
    if kind == "time" and isinstance(found, datetime):
        found = found.time()
    if kind == "date" and isinstance(found, time):
        return number(value)  # 0.5 is no day
    return said(_rounded(found))


def _rounded(moment):
    """Return a moment to the second, as it is shown; days are held as fractions."""
    if isinstance(moment, datetime) and moment.microsecond >= 500_000:
        moment += timedelta(seconds=1)
    return moment

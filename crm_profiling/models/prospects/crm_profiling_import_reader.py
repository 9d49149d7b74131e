import csv
import io
import logging
from typing import NamedTuple

from odoo import api, models
from odoo.exceptions import UserError

from ...prospects import text

_logger = logging.getLogger(__name__)

# What a fair gives is smaller by far; more would not fit into one request.
MAX_BYTES = 25 * 1024 * 1024
MAX_LINES = 50_000
MAX_COLUMNS = 500

_SEPARATORS = (",", ";", "\t", "|")


class Sheet(NamedTuple):
    """What a file says: its headings, and the lines that are not empty."""

    headings: list[str]
    lines: list[list]  # number of the line in the file, then its cells
    sheets: list[str]  # names of all sheets, none for CSV
    options: dict  # sheet, encoding and separator, as chosen or guessed


class CrmProfilingImportReader(models.AbstractModel):
    """Reads files of prospects, by what Odoo's own import reads files with."""

    _name = "crm.profiling.import.reader"
    _description = "Profiling Import Reader"

    @api.model
    def _read(self, name, content, options=None):
        """Return a file as a `Sheet`.

        :param bytes content:
        :param options: what the user chose of sheet, encoding and separator
        :raise UserError: saying what is wrong with the file, and what to do
        """
        self._check_content(name, content)
        chosen = {k: v for k, v in (options or {}).items() if v}
        options = {"quoting": '"', "has_headers": True, **chosen}
        is_csv = self._is_csv(content)
        if is_csv:
            options.setdefault("encoding", self._encoding(content))
            if not options["encoding"]:
                del options["encoding"]  # let Odoo guess
        rows = self._rows(name, content, options)
        if is_csv and "separator" not in chosen and rows and len(rows[0]) == 1:
            heading = str(rows[0][0])
            likely = max(_SEPARATORS, key=heading.count)
            if likely in heading:  # lines of several lengths: Odoo could not guess
                options["separator"] = likely
                rows = self._rows(name, content, options)
        if is_csv and "\0" in content.decode(options["encoding"]):
            self._raise_unreadable(name)  # no text at all
        numbers = self._numbers(content, options, rows, is_csv)
        return self._sheet(name, rows, numbers, options)

    @api.model
    def _check_content(self, name, content):
        if not content:
            raise UserError(
                self.env._(
                    "“%s” is empty. Save it again with a heading in each column and a"
                    " line for each prospect.",
                    name,
                )
            )
        if len(content) > MAX_BYTES:
            raise UserError(
                self.env._(
                    "“%(name)s” is too large: %(size)s MB, and %(max)s MB are the most."
                    " Split it, or leave out the columns that are not needed.",
                    name=name,
                    size=-(-len(content) // 1024**2),
                    max=MAX_BYTES // 1024**2,
                )
            )

    @api.model
    def _is_csv(self, content):
        """Whether a file is plain text: spreadsheets begin with a mark of theirs."""
        return not content.startswith((b"PK", b"\xd0\xcf\x11\xe0"))

    @api.model
    def _encoding(self, content):
        """Return the encoding that shows; guessing is slow, and errs on short texts."""
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            return "utf-16"
        try:
            content.decode()
        except UnicodeDecodeError:
            return False
        return "utf-8-sig"

    @api.model
    def _rows(self, name, content, options):
        """Return the rows that are not empty, as Odoo's import reads them."""
        if self._is_csv(content):
            file_type = "text/csv"
        else:
            file_type = False
        reader = self.env["base_import.import"].new(
            {"file": content, "file_name": name, "file_type": file_type}
        )
        try:
            if file_type:
                _length, rows = reader._read_csv(options)
            else:
                _length, rows = reader._read_file(options)
        except Exception as error:
            # readers raise whatever the library does that they read with
            _logger.info("Profiling: %r cannot be read", name, exc_info=True)
            self._raise_unreadable(name, error)
        return rows

    @api.model
    def _raise_unreadable(self, name, error=None):
        raise UserError(
            self.env._(
                "“%(name)s” cannot be read as a table. Open it in a spreadsheet, save"
                " it as XLSX, or as CSV in UTF-8, and try again. %(details)s",
                name=name,
                details=error or "",
            ).strip()
        ) from error

    @api.model
    def _numbers(self, content, options, rows, is_csv):
        """Return the numbers in the file of the rows that are not empty.

        Odoo's readers leave empty rows out, and do not say where.
        """
        if is_csv:
            content = content.decode(options["encoding"])
            table = csv.reader(
                io.StringIO(content),
                quotechar=options["quoting"],
                delimiter=options.get("separator") or ",",
            )
            filled = [any(x.strip() for x in row) for row in table]
        elif content.startswith(b"PK"):
            filled = self._filled_rows(content, options)
        else:
            filled = []
        numbers = [number for number, is_filled in enumerate(filled, 1) if is_filled]
        return numbers if len(numbers) == len(rows) else range(1, len(rows) + 1)

    @api.model
    def _filled_rows(self, content, options):
        """Return for each row of a workbook whether anything is in it."""
        import openpyxl  # noqa: PLC0415 (as late as Odoo's reader does)

        try:
            book = openpyxl.load_workbook(
                io.BytesIO(content), read_only=True, data_only=True
            )
        except Exception:  # an ODS is zipped as well
            return []
        return [
            any(x is not None and str(x).strip() for x in row)
            for row in book[options["sheet"]].values
        ]

    @api.model
    def _sheet(self, name, rows, numbers, options):
        if not rows:
            self._check_content(name, b"")
        if len(rows) < 2:
            raise UserError(
                self.env._(
                    "“%s” has headings only, or no headings. The first line names the"
                    " columns, each line below is a prospect.",
                    name,
                )
            )
        lines = [
            [number, *map(text, row)] for number, row in zip(numbers, rows, strict=True)
        ]
        headings = lines.pop(0)[1:]
        width = max(len(line) - 1 for line in lines)
        headings += [""] * (width - len(headings))
        while (
            headings
            and not headings[-1]
            and not any(
                line[len(headings)] for line in lines if len(line) > len(headings)
            )
        ):
            headings.pop()
        self._check_size(name, headings, lines)
        for line in lines:
            line[1:] = (line[1:] + [""] * len(headings))[: len(headings)]
        kept = ("sheet", "encoding", "separator")
        return Sheet(
            headings,
            lines,
            options.get("sheets") or [],
            {key: options.get(key) or "" for key in kept},
        )

    @api.model
    def _check_size(self, name, headings, lines):
        if len(lines) > MAX_LINES or len(headings) > MAX_COLUMNS:
            raise UserError(
                self.env._(
                    "“%(name)s” has %(lines)s lines and %(columns)s columns; the most"
                    " are %(max_lines)s and %(max_columns)s. Split it, or leave out"
                    " what is not needed.",
                    name=name,
                    lines=len(lines),
                    columns=len(headings),
                    max_lines=MAX_LINES,
                    max_columns=MAX_COLUMNS,
                )
            )

"""Files as tables: what is in them, and what is made to bring a server down."""

import io
import json
import subprocess
import sys
import tempfile
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import xlwt

from odoo.tests import BaseCase, tagged

from ... import names, tables
from ...tables import encodings, layout

_ADDON = Path(tables.__file__).parents[1]

# Reads a file in a process of its own, and says what that took.
_MEASURE = """
import json, sys, time, types
sys.modules["crm_profiling"] = addon = types.ModuleType("crm_profiling")
addon.__path__ = [sys.argv[1]]
from crm_profiling import tables
content = open(sys.argv[2], "rb").read()
start = time.process_time()
try:
    said = len(tables.read(content).rows)
except tables.TableError as error:
    said = error.reason
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
most = int(status["VmHWM"].split()[0]) // 1024
print(json.dumps([said, time.process_time() - start, most]))
"""

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def relations(type_, target):
    return (
        f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r1"'
        f' Type="{_OFFICE}/{type_}" Target="{target}"/></Relationships>'
    )


def book(rows="", sheet=None, **parts):
    """Return an XLSX as somebody makes it by hand.

    :param rows: XML of the rows of its only sheet
    :param sheet: the whole XML of the sheet instead
    """
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("_rels/.rels", relations("officeDocument", "xl/workbook.xml"))
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook {_MAIN} xmlns:r="{_OFFICE}"><sheets>'
            '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels", relations("worksheet", "worksheets/a.xml")
        )
        sheet = sheet or f"<worksheet {_MAIN}><sheetData>{rows}</sheetData></worksheet>"
        archive.writestr("xl/worksheets/a.xml", sheet)
        for name, content in parts.items():
            archive.writestr(f"xl/{name}.xml", content)
    return file.getvalue()


def workbook(*rows, setup=None):
    """Return an XLSX as openpyxl writes it.

    :param setup: function of the book and the sheet
    """
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    if setup:
        setup(made, made.active)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def ods(rows):
    """Return an ODS with the XML of some rows."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            '<office:document-content xmlns:office="o" xmlns:table="t"'
            ' xmlns:text="x"><office:body><office:spreadsheet>'
            f'<table:table table:name="One">{rows}</table:table>'
            '<table:table table:name="Two"><table:table-row><table:table-cell>'
            "<text:p>second</text:p></table:table-cell></table:table-row>"
            "</table:table></office:spreadsheet></office:body>"
            "</office:document-content>",
        )
    return file.getvalue()


@tagged("post_install", "-at_install")
class TestBounds(BaseCase):
    """Each ends within two seconds and 300 MB, whatever is in the file."""

    def assertEnds(self, content, *reasons):
        with tempfile.NamedTemporaryFile() as file:
            file.write(content)
            file.flush()
            done = subprocess.run(
                [sys.executable, "-c", _MEASURE, _ADDON, file.name],
                capture_output=True,
                check=True,
                text=True,
            )
        said, seconds, megabytes = json.loads(done.stdout)
        self.assertIn(said, reasons)
        self.assertLess(seconds, 4, "of the processor; half of it on a quiet machine")
        self.assertLess(megabytes, 300)

    def test_many_rows(self):
        rows = "".join(f"<row><c><v>{n % 10}</v></c></row>" for n in range(1_400_000))
        self.assertEnds(book(rows), "lines")

    def test_a_cell_far_away(self):
        name = '<row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c></row>'
        far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        self.assertEnds(book(name + far), "columns")

    def test_large_texts(self):
        self.assertEnds(b"Name,City\n" + b"Ben Example,Leeds\n" * 1_222_222, "bytes")
        self.assertEnds(b"Name\n" + b"a\n" * 9_800_000, "lines")
        self.assertEnds(b"Name\n" + b"," * 19_000_000, "columns", 1)
        self.assertEnds(b'Name,City\n"Ben,Leeds\n' + b"Al,York\n" * 2_000_000, "cell")

    def test_encodings_are_guessed(self):
        """Runs of letters that no language has, and no encoding tells."""
        self.assertEnds(b"Name,City\n" + b"a" * 5_000_000 + b"\n\xff,x", "cell")
        self.assertEnds(b"Name,City\n" + b"\xe9" * 19_000_000, "cell")
        lines = b"".join(b"%s,%d\n" % (b"a" * 30_000, n) for n in range(100))
        self.assertEnds(b"Name,City\n" + lines + b"\xff,x", 102)

    def test_bombs(self):
        self.assertEnds(book(media="\0" * 200_000_000), "unpacked")
        self.assertEnds(book("<x/>" * 9_000_000), "unreadable")
        self.assertEnds(book("<row><c>" + "<x/>" * 9_000_000), "unreadable")
        self.assertEnds(book("<row/>" * 9_000_000), "unreadable")
        self.assertEnds(ods("<table:table-row/>" * 1_000_000), "unreadable")

    def test_entities(self):
        entities = "".join(
            f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9)
        )
        sheet = (
            f'<!DOCTYPE x [<!ENTITY e0 "lol">{entities}]><worksheet {_MAIN}>'
            '<sheetData><row><c t="str"><v>&e8;</v></c></row></sheetData></worksheet>'
        )
        self.assertEnds(book(sheet=sheet), "unreadable")

    def test_repeated_cells(self):
        cell = (
            '<table:table-cell table:number-columns-repeated="{}"><text:p>{}</text:p>'
            "</table:table-cell>"
        )
        row = '<table:table-row table:number-rows-repeated="{}">{}</table:table-row>'
        self.assertEnds(ods(row.format(1, cell.format(16384, "x"))), "columns")
        self.assertEnds(ods(row.format(1_048_576, cell.format(2, "x"))), "lines")
        empty = row.format(1_048_576, cell.format(16384, ""))
        self.assertEnds(ods(row.format(1, cell.format(1, "x")) + empty), 1)

    def test_limits_are_reached(self):
        """What is just within them is read."""
        lines = b"Name\n" + b"Ben Example\n" * tables.MAX_LINES
        self.assertEqual(len(tables.read(lines).rows), tables.MAX_LINES + 1)
        with self.assertRaisesRegex(tables.TableError, "lines"):
            tables.read(lines + b"Al")
        wide = b",".join([b"x"] * tables.MAX_COLUMNS)
        self.assertEqual(len(tables.read(wide).rows[0]), tables.MAX_COLUMNS + 1)
        long = b"Name,City\n" + b"a" * tables.MAX_CELL + b",x"
        self.assertEqual(len(tables.read(long).rows), 2)
        with self.assertRaisesRegex(tables.TableError, "cell"):
            tables.read(long.replace(b",x", b"a,x"))


@tagged("post_install", "-at_install")
class TestTables(BaseCase):
    def rows(self, content, **options):
        return [row[1:] for row in tables.read(content, options).rows]

    def test_kinds_of_cells(self):
        def formats(_book, sheet):
            sheet["H2"].number_format = "[h]:mm:ss"
            sheet["I2"] = "=1+1"

        content = workbook(
            ["date", "moment", "time", "whole", "half", "yes", "error", "long", "sum"],
            [
                date(2026, 11, 28),
                datetime(2026, 11, 28, 15, 30),
                time(15, 30),
                37,
                0.5,
                True,
                "#N/A",
                timedelta(hours=26, minutes=5),
                None,
            ],
            setup=formats,
        )
        self.assertEqual(
            self.rows(content)[1],
            ["2026-11-28", "2026-11-28 15:30:00", "15:30", "37", "0.5", "TRUE", "",
             "26:05:00"],
        )  # fmt: skip
        self.assertEqual(tables.read(content).uncalculated, (2,))

    def test_old_spreadsheets(self):
        made = xlwt.Workbook()
        sheet = made.add_sheet("Fair")
        made.add_sheet("Hidden").visibility = 1
        styles = [xlwt.easyxf(num_format_str=f) for f in ("HH:MM", "YYYY-MM-DD")]
        cells = ["Ben", 37, 0.5, True, None, time(15, 30), date(2026, 11, 28)]
        for column, value in enumerate(cells):
            style = {time: styles[0], date: styles[1]}.get(type(value))
            sheet.write(0, column, value, *([style] if style else []))
        file = io.BytesIO()
        made.save(file)
        table = tables.read(file.getvalue())
        self.assertEqual(
            table.rows,
            [[1, "Ben", "37", "0.5", "TRUE", "", "15:30", "2026-11-28"]],
        )
        self.assertEqual((table.sheets, table.hidden_sheets), (("Fair",), ("Hidden",)))

    def test_open_spreadsheets(self):
        cells = (
            '<table:table-cell office:value-type="string"><text:p>Ann</text:p>'
            "<text:p>Example</text:p></table:table-cell>"
            '<table:table-cell office:value-type="float" office:value="37"/>'
            '<table:table-cell office:value-type="date"'
            ' office:date-value="2026-11-28"/>'
            '<table:table-cell office:value-type="time"'
            ' office:time-value="PT15H30M00S"/>'
            '<table:table-cell office:value-type="boolean"'
            ' office:boolean-value="true"/>'
            '<table:table-cell table:number-columns-repeated="2"/>'
            "<table:table-cell><text:p>x<text:s/><text:s/>y</text:p>"
            "</table:table-cell>"
        )
        row = f"<table:table-row>{cells}</table:table-row>"
        empty = '<table:table-row table:number-rows-repeated="3"/>'
        table = tables.read(ods(row + empty + row))
        expected = ["Ann\nExample", "37", "2026-11-28", "15:30", "TRUE", "", "", "x  y"]
        self.assertEqual(table.rows, [[1, *expected], [5, *expected]])
        self.assertEqual(self.rows(ods(row), sheet="Two"), [["second"]])

    def test_what_does_not_show(self):
        def hide(made, sheet):
            sheet.row_dimensions[2].hidden = True
            made.create_sheet("Old").sheet_state = "hidden"

        table = tables.read(workbook(["Name"], ["Ann"], ["Ben"], setup=hide))
        self.assertEqual(table.hidden_rows, (2,))
        self.assertEqual((table.sheets, table.hidden_sheets), (("Sheet",), ("Old",)))

    def test_separators(self):
        for separator in (",", ";", "\t", "|"):
            with self.subTest(separator=separator):
                text = separator.join(["Name", "Note"])
                text += f'\nBen{separator}"a, b; c"\n\nAl{separator}x\n'
                table = tables.read(text.encode())
                self.assertEqual(table.separator, separator)
                self.assertEqual(table.rows[1], [2, "Ben", "a, b; c"])
                self.assertEqual(table.rows[2][0], 4)

    def test_a_line_that_names_the_separator(self):
        for sep in ("sep=;", '"sep=;"', "SEP=;", "sep=;;;"):
            with self.subTest(sep=sep):
                table = tables.read(
                    f"\ufeff{sep}\r\nName;City\r\nBen;Leeds\r\n".encode()
                )
                self.assertEqual(table.rows, [[2, "Name", "City"], [3, "Ben", "Leeds"]])

    def test_what_is_no_table(self):
        for content in (
            b"%PDF-1.7\0\x93",
            b"PK\3\4 no archive",
            b"\x89PNG\r\n\x1a\n\0\0",
            b"\xd0\xcf\x11\xe0 none",
            book()[:400],
        ):
            with self.subTest(content=content[:8]):
                with self.assertRaisesRegex(tables.TableError, "unreadable"):
                    tables.read(content)


@tagged("post_install", "-at_install")
class TestEncodings(BaseCase):
    """Nothing garbled is taken for certain."""

    TEXTS = {
        "pl": "Łukasz Żak;Gęś i Wół",
        "de": "Jürgen Müller;Köln;Joß Groß;Straße",
        "fr": "Hélène François;Besançon;Noël;Sète",
        "es": "Muñoz;Logroño;García",
        "ru": "Иван Петров;Тула;Юрий",
        "cs": "Jiří Dvořák;Plzeň",
        "tr": "Şükrü Işık;İstanbul;Muğla",
        "hu": "Győri Tímea;Békés",
        "da": "Søren Ærø;Åse Bjørn",
        "en": "Seán O’Brien",
        "el": "Γιώργος Παπαδόπουλος",
    }

    def test_right_or_asked(self):
        for lang, text in self.TEXTS.items():
            for encoding in ("utf-8", "utf-16", *encodings._TRIED):
                content = text.encode(encoding, "replace")
                if content.decode(encoding) != text:
                    continue
                with self.subTest(lang=lang, encoding=encoding):
                    found, readings = encodings.guessed(content)
                    if not readings:
                        self.assertEqual(content.decode(found).lstrip("\ufeff"), text)
                    else:
                        offered = {content.decode(one) for one, _words in readings}
                        self.assertIn(text, offered)

    def test_the_readers_language_comes_first(self):
        content = self.TEXTS["cs"].encode("cp1250")
        self.assertEqual(encodings.guessed(content, "cs_CZ")[0], "cp1250")
        self.assertEqual(encodings.guessed(content, "fr_FR")[0], "cp1252")

    def test_words_that_differ_are_shown(self):
        _encoding, readings = encodings.guessed("Müller;Muñoz".encode("cp1252"))
        self.assertEqual(readings, (("cp1252", ("Muñoz",)), ("cp1250", ("Muńoz",))))


@tagged("post_install", "-at_install")
class TestLayout(BaseCase):
    def lines(self, *texts):
        return [
            [number, *text.split(",")] for number, text in enumerate(texts, 1) if text
        ]

    def below(self, *texts):
        return sorted(layout.below(self.lines(*texts), lambda said: "@" in said))

    def test_footers(self):
        self.assertEqual(self.below("Ann,Leeds", "Ben,York"), [])
        self.assertEqual(
            self.below("Ann,x", "", "Leads of the fair,", "© 2026,"), [3, 4]
        )
        self.assertEqual(self.below("Ann,x", "Confidential: do not distribute,"), [2])
        self.assertEqual(self.below("Ann,x", "Ben Example,"), [])
        self.assertEqual(self.below("Ann,x", "", "ben@example.com,"), [])
        self.assertEqual(self.below("Ann,x", "Total,2", "Ben,x", "Summe: 3,"), [2, 4])
        self.assertEqual(self.below("Total,Energies", "Ann,x"), [])
        self.assertEqual(self.below("Ann,", "", "Copyright,"), [])

    def test_headings(self):
        known = {"name", "city", "e-mail"}

        def recognised(cells):
            return sum(names.key(cell) in known for cell in cells)

        def at(*texts):
            return layout.heading_at(self.lines(*texts), recognised)

        self.assertEqual(at("Name,City", "Ben,York"), 0)
        self.assertEqual(at("Visitors of the fair,", "", "Name,City", "Ben,York"), 1)
        self.assertEqual(at("Name,", "x,y", "Name,City,E-mail", "Ben,York,"), 2)
        self.assertEqual(at("Wer,Wo", "Ben,York"), 0)
        self.assertEqual(at("Messe,", "Wer,Wo", "Ben,York", "Al,Leeds"), 1)

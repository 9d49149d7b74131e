"""Files as tables: what is in them, whatever program wrote them."""

import io
from datetime import date, datetime, time, timedelta

import xlwt

from ... import names, tables
from ...tables import encodings, layout
from ..plain import PlainCase, tagged
from ..spreadsheets import book, ods, workbook


@tagged("post_install", "-at_install")
class TestTables(PlainCase):
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
class TestEncodings(PlainCase):
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
class TestLayout(PlainCase):
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

"""Files as tables: what is in them, whatever program wrote them."""

import io
import zipfile
from datetime import date, datetime, time, timedelta
from time import process_time as time_of_work
from unittest.mock import patch

import openpyxl
import xlwt

from ... import names, tables
from ...tables import archive, csvs, encodings, layout, table, values, xls, xlsx
from ...tables import ods as ods_file
from ..plain import PlainCase, tagged
from ..spreadsheets import MAIN, OFFICE, book, ods, relations, workbook


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
        sheet.write(1, 0, "Al")
        sheet.row(1).hidden = True
        file = io.BytesIO()
        made.save(file)
        table = tables.read(file.getvalue())
        self.assertEqual(
            table.rows,
            [[1, "Ben", "37", "0.5", "TRUE", "", "15:30", "2026-11-28"], [2, "Al"]],
        )
        self.assertEqual(table.hidden_rows, (2,))
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

    def test_merged_cells(self):
        """Cells merged over rows say in each of them what the first says."""
        rows = [["Firm", "Name"], ["Petrel", "Ann"], [None, "Ben"], ["Dock", "Cy"]]
        told = [["Firm", "Name"], ["Petrel", "Ann"], ["Petrel", "Ben"], ["Dock", "Cy"]]

        def merge(_book, sheet):
            sheet.auto_filter.ref = "A1:B4"
            sheet.merge_cells("A2:A3")
            sheet.merge_cells("A7:B9")

        self.assertEqual(self.rows(workbook(*rows, setup=merge)), told)
        made = xlwt.Workbook()
        sheet = made.add_sheet("Fair")
        for at, (firm, name) in enumerate(rows):
            sheet.write(at, 1, name)
            if firm != "Petrel" and firm:
                sheet.write(at, 0, firm)
        sheet.write_merge(1, 2, 0, 0, "Petrel")
        file = io.BytesIO()
        made.save(file)
        self.assertEqual(self.rows(file.getvalue()), told)
        row = (
            "<table:table-row><table:table-cell{}><text:p>{}</text:p>"
            "</table:table-cell><table:table-cell><text:p>{}</text:p>"
            "</table:table-cell></table:table-row>"
        )
        merged = ' table:number-rows-spanned="2" table:number-columns-spanned="1"'
        content = ods(
            row.format("", "Firm", "Name")
            + row.format(merged, "Petrel", "Ann")
            + "<table:table-row><table:covered-table-cell/><table:table-cell>"
            "<text:p>Ben</text:p></table:table-cell></table:table-row>"
            + row.format("", "Dock", "Cy")
        )
        self.assertEqual(self.rows(content), told)

    def test_of_merged_cells_those_of_one_row_stay(self):
        rows = table.Rows()
        rows.add(2, {0: "Fair", 3: "x"})
        rows.add(4, {0: "a", 1: "b"})
        rows.add(5, {1: "c"})
        rows.add(7, {1: "d"})
        rows.spread([(2, 2, 0), (4, 6, 0), (4, 5, 1), (1, 9, 0), (5, 7, 0), (2, 4, 3)])
        self.assertEqual(
            rows.rows,
            [[2, "Fair", "", "", "x"], [4, "a", "b", "", "x"], [5, "a", "c"],
             [7, "a", "d"]],
        )  # fmt: skip
        with patch.object(table, "MAX_CELLS", 10):
            with self.assertRaises(tables.TableError) as caught:
                rows.spread([(1, 9, 0)] * 2)
        self.assertEqual(caught.exception.reason, "cells")

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
                with self.assertRaisesRegex(tables.TableError, "^unreadable$"):
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
            for encoding in ("utf-8", "utf-16", *encodings._TRIED, *encodings._SELDOM):
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

    def test_what_was_garbled_before(self):
        for garbled, text in (
            ("MÃ¼ller", "Ann MÃ¼ller"),
            ("ä_JosÃ©s", "ä_JosÃ©s"),
            ("M\ufffdller", "Éa M\ufffdller"),
            ("", "Müller Âa Ñandú"),
            (f"{'a' * 40}Ã¼{'b' * 40}", f"{'a' * 99}Ã¼{'b' * 99}"),
            # a word as long as a cell may be takes no longer than its letters
            ("", "é" + "a" * 32_000),
        ):
            with self.subTest(text=text[:20]):
                self.assertEqual(encodings.garbled(text), garbled)

    def test_how_odd_a_word_is(self):
        for odd, words in (
            (0, "Müller MÜLLER “Müller” O’Brien Jean-Élie aéè é Łódź İstanbul €é"),
            (0, "a\u0301b Ñandú ßa É-é aB"),
            (0.5, "Þor Ýa Élie-Ýa"),
            (1, "éè"),
            (2, "mÜller MüLler McÉwan éB xÉy aéèêb É’é"),
            (3, "M§ller Mül“ler Мuller § é§ éèê ÝaÞ àÉ"),
            (3.5, "ºa"),
            (4, "a€é"),
        ):
            for word in words.split():
                with self.subTest(word):
                    self.assertEqual(encodings.oddity(word), odd)

    def test_some_other_encoding_is_asked_for(self):
        """What is odd in every way, and what no encoding has."""
        found, readings = encodings.guessed(b"\xa7\xa6\xa5\xa4")
        self.assertGreater(len(readings), 1)
        self.assertEqual(readings[0][0], found)
        with (
            patch.object(encodings, "_TRIED", ("ascii",)),
            patch.object(encodings, "_SELDOM", ()),
        ):
            with self.assertRaises(tables.TableError) as caught:
                encodings.guessed(b"\xa7")
        self.assertEqual(caught.exception.details, {"encoding": ""})

    def test_the_readers_language_comes_first(self):
        content = self.TEXTS["cs"].encode("cp1250")
        self.assertEqual(encodings.guessed(content, "cs_CZ")[0], "cp1250")
        self.assertEqual(encodings.guessed(content, "fr_FR")[0], "cp1252")

    def test_names_of_encodings(self):
        for encoding in ("utf-32", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"):
            text = "Name,City\nBen Example,Leeds"
            self.assertEqual(encodings.guessed(text.encode(encoding)), (encoding, ()))
        self.assertEqual(encodings.guessed("Köln".encode()), ("utf-8-sig", ()))
        with self.assertRaisesRegex(tables.TableError, "^unreadable$"):
            encodings.guessed(b"\xff\0 and many more letters than that")

    def guessed(self, text, **oddities):
        """Guess an encoding, where words are as odd as is said of each encoding.

        :param oddities: how odd each word is; the last holds for all that follow
        """
        words, read = text.split(";"), {}
        for encoding, odd in oddities.items():
            odd = odd if isinstance(odd, tuple) else (odd,)
            for at, word in enumerate(words):
                told = word.encode("cp1252").decode(encoding)
                read.setdefault(told, odd[min(at, len(odd) - 1)])
        with (
            patch.object(encodings, "oddity", read.get),
            patch.object(encodings, "_TRIED", tuple(oddities)),
            patch.object(encodings, "_SELDOM", ()),
            patch.object(encodings, "_LAST", ()),
            patch.object(encodings, "_WIDE", ()),
        ):
            return encodings.guessed(text.encode("cp1252"))

    def test_not_much_worse_is_one_odd_word_in_four(self):
        text = "Muñoz;Ñandú;Año;Señor"
        for odd, count in ((1, 2), (1.01, 0)):
            _found, readings = self.guessed(text, cp1252=0, cp1250=(odd, 0))
            self.assertEqual(len(readings), count, odd)
        for words, odd, count in (
            ("Muñoz", 0.5, 2),
            ("Muñoz", 0.51, 0),
            ("Muñoz;Señor", 0.25, 2),
            ("Muñoz;Señor", 0.26, 0),
            (text, 3, 0),
        ):
            found, readings = self.guessed(words, cp1252=0, cp1250=odd)
            self.assertEqual((found, len(readings)), ("cp1252", count))

    def test_odd_in_every_way(self):
        others = dict.fromkeys(("cp1250", "cp1251", "cp1253", "cp850", "koi8_r"), 3)
        found, readings = self.guessed("Muñoz", cp1252=1, **others)
        self.assertEqual([one for one, _words in readings], ["cp1252", *[*others][:3]])
        self.assertEqual(found, "cp1252")
        self.assertEqual(len(self.guessed("Muñoz", cp1252=0.5, **others)[1]), 4)
        self.assertEqual(self.guessed("Muñoz", cp1252=0.49, **others), ("cp1252", ()))

    def test_what_hardly_anybody_writes_is_never_certain(self):
        for lang, (encoding, *words) in {
            "cs": ("iso8859_2", "Tomáš Dvořák", "Jiří Svoboda", "Aleš Žák", "Plzeň"),
            "pl": ("iso8859_2", "Łukasz Żak", "Paweł Wiśniewski", "Łódź", "Poznań"),
            "sk": ("iso8859_2", "Ľuboš Ťok", "Žilina", "Košice"),
            "fi": ("iso8859_15", "Päivi Mäkinen", "Šemeikka", "Väinö", "Töölö"),
            "hu": ("cp852", "Nagy Ödön", "Győri Tímea", "Szűcs Gábor"),
            "uk": ("koi8_u", "Їжакевич", "Київ", "Львів", "Євген"),
            "ru": ("cp866", "Щукин Пётр", "Ёлкина Анна", "Москва"),
            "old": ("mac_cyrillic", "Щукин Пётр", "Ёлкина Анна", "Москва", "Юрий"),
        }.items():
            for count in range(1, len(words) + 1 if lang != "old" else 1):
                with self.subTest(lang=lang, count=count):
                    text = ";".join(words[:count])
                    found, readings = encodings.guessed(text.encode(encoding))
                    told = {text.encode(encoding).decode(one) for one, _w in readings}
                    told.add(text.encode(encoding).decode(found))
                    self.assertIn(text, told)
                    self.assertTrue(len(told) == 1 or readings)
            text = ";".join(words)
            found, readings = encodings.guessed(text.encode(encoding))
            self.assertIn(encoding, [one for one, _words in readings])

    def test_a_rare_letter_does_not_decide(self):
        """“Novotný” alone is no Turk because of its ý."""
        for name in ("Milan Veselý", "Petr Novotný"):
            _found, readings = encodings.guessed(name.encode("cp1250"))
            self.assertIn(name, [name.encode("cp1250").decode(e) for e, _w in readings])

    def test_a_word_that_makes_sense_otherwise_is_asked_about(self):
        """Though that reading is odder than the likeliest in all."""
        text = "Muñoz;Ñandú;Año;Señor"
        for odd, worse, count in ((1.5, 1, 2), (0.9, 0.7, 0), (1.5, 1.4, 0)):
            _found, readings = self.guessed(
                text, cp1252=(odd, 0), cp1250=(0, worse, worse, worse)
            )
            self.assertEqual(len(readings), count, (odd, worse))
        # many words that are alike in both prove nothing
        words = [f"{letter}ller" for letter in "éöüäëïôûçñ"] * 3
        content = ";".join([*words, "½uvre"]).encode("cp1252")
        _found, readings = encodings.guessed(content)
        told = {"½uvre", "œuvre"}
        self.assertLessEqual(told, {word for _e, words in readings for word in words})

    def test_letters_of_several_bytes(self):
        for lang, (encoding, text) in {
            "ja": ("cp932", "会社名,氏名,電話\n株式会社ソ表能,髙橋 一郎,①～"),
            "zh": ("gb18030", "姓名,公司,职位\n欧阳䶮,深圳市光明科技有限公司,经理"),
            "zh_TW": ("cp950", "姓名,公司\n王小明,臺北市股份有限公司\n許功蓋,餐廳"),
            "ko": ("cp949", "이름,회사,전화\n김민수,주식회사 서울,뷁"),
            "jp": ("euc_jp", "会社名,氏名,電話\n株式会社さくら,田中 花子,03"),
        }.items():
            with self.subTest(lang=lang):
                content = text.encode(encoding)
                _found, readings = encodings.guessed(content)
                self.assertIn(encoding, [one for one, _words in readings])
                shown = dict(readings)[encoding]
                self.assertTrue(all(word in text for word in shown), shown)
        # who speaks the language finds it first
        content = "王小明,深圳市光明".encode("gb18030")
        self.assertEqual(encodings.guessed(content, "zh_CN")[0], "gb18030")
        self.assertEqual(encodings.guessed("Jürgen Groß".encode("cp1252"), "ja_JP"),
                         ("cp1252", ()))  # fmt: skip

    def test_cells_of_letters_are_found_at_once(self):
        begun = time_of_work()
        self.assertEqual(encodings._words(b"a" * 200_000 + b",b", encodings._CELL), [])
        self.assertLess(time_of_work() - begun, 5)

    def test_the_longest_words_that_differ_are_shown(self):
        text = "Año;Muñoz;Ñandúes;Ñu"
        _found, readings = self.guessed(text, cp1252=0, cp1250=0)
        self.assertEqual(readings[0][1], ("Ñandúes", "Muñoz", "Año", "Ñu"))
        with patch.object(encodings, "SHOWN", 2):
            _found, readings = self.guessed(text, cp1252=0, cp1250=0)
        self.assertEqual(readings[0][1], ("Ñandúes", "Muñoz"))

    def test_each_part_of_a_word_may_be_odd(self):
        for word, odd in (("Müller-xÉy", 2), ("xÉy-Müller", 2), ("ab-Éa", 0)):
            self.assertEqual(encodings.oddity(word), odd, word)

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
        self.assertEqual(self.below("Ann,x", "Total:,1 200.50 €"), [2])
        self.assertEqual(self.below("Ann,x", "Total,Ben"), [])
        self.assertEqual(self.below("Ann,x", "TOTAL,3 contacts"), [2])
        self.assertEqual(self.below("Ann,x", "Summe Kontakte: 4,"), [2])
        self.assertEqual(self.below("Ann,x", "Total Eren: x,", "Total Eren,"), [])
        self.assertEqual(self.below("Ann,x", "Итого,12 записей", "Total,3 Bens"), [2])
        self.assertEqual(self.below("Ann,x", ",Total,2"), [2])
        self.assertEqual(self.below("Ann,x", "Al,", "Report,"), [3])
        self.assertEqual(self.below("Ann,x", "", "Al,", "", "End,"), [3, 5])
        self.assertEqual(self.below("Ann,x", "Al,y", "Ben,", "Carl,z"), [])
        self.assertEqual(self.below("Ann,x", "Total :,2", "Sum : ,"), [2, 3])
        # a total ends nothing, two cells of somebody do
        self.assertEqual(self.below("Ann,x", "© 2026,", "Total,2"), [2, 3])
        self.assertEqual(self.below("Ann,x,y", "", "Ben,z,", "", "End,,"), [5])
        said = layout.below(self.lines("Ann,x", "", ",Leads of 2026"), bool)
        self.assertEqual(said, {})
        said = layout.below(self.lines("Ann,x", "", ",Leads"), lambda text: False)
        self.assertEqual(said, {3: "Leads"})
        self.assertEqual(layout.below([], bool), {})
        self.assertEqual(layout.filled([7, "a", "", "b"]), 2)

    def test_headings_again(self):
        lines = self.lines("Ann,x", "Name,City", "Ben,y", "Name,", "City,x")
        names = {"Name", "City"}
        found = layout.below(lines, bool, lambda cells: names >= {*cells})
        self.assertEqual(found, {2: "Name"})

    def test_headings_of_two_rows(self):
        known = {"name", "city", "e-mail", "phone", "staff?"}

        def recognised(cells):
            return len({names.key(cell) for cell in cells} & known)

        def second(*texts, at=0):
            return layout.has_second(self.lines(*texts), at, recognised)

        survey = (
            "ID,Start,Staff?,Sector?,,,Reach you?,",
            ",,Response,IT,Trade,Law,Name,City",
        )
        self.assertTrue(second(*survey, "1,2026,5,IT,,,Ann,York"))
        self.assertEqual(
            layout.in_one(*(text.split(",") for text in survey), recognised),
            ["ID", "Start", "Staff?", "Sector? [IT]", "Sector? [Trade]",
             "Sector? [Law]", "Name", "City"],
        )  # fmt: skip
        # columns in groups, whose names come again in them
        groups = ("Person,,Firm,,", "Name,E-mail,Name,City")
        self.assertFalse(second(*groups))  # nothing is known of the upper one
        groups = ("Name,,City,,", "First,E-mail,First,Phone")
        self.assertTrue(second(*groups))
        self.assertEqual(
            layout.in_one(*(text.split(",") for text in groups), recognised),
            ["Name First", "E-mail", "City First", "Phone", ""],
        )
        # a prospect below the headings, some of which are missing
        self.assertFalse(second("Name,City,,", "Ann,York,a,b"))
        self.assertFalse(second("Name,City,,", ",York,a,b"))
        self.assertFalse(second("Name,City,Phone,,", ",,1,a,b"))
        self.assertFalse(second("Name,City,Phone,,", ",,x,a,b@c.test"))
        self.assertFalse(second("ID,Name,City,", ",,York,a"))  # one gap
        self.assertFalse(second("Name,City,,", "", ",,a,b"))  # not below
        self.assertFalse(second("Name,City,,"))
        self.assertFalse(second("Name,City,,", ",,a,b", at=-1))

    def test_headings(self):
        known = {"name", "city", "e-mail"}

        def recognised(cells):
            return sum(names.key(cell) in known for cell in cells)

        def at(*texts):
            return layout.heading_at(self.lines(*texts), recognised)

        self.assertEqual(at("Name,City", "Ben,York"), 0)
        self.assertEqual(at("Visitors of the fair,", "", "Name,City", "Ben,York"), 1)
        self.assertEqual(at("Name,", "x,y", "Name,City,E-mail", "Ben,York,"), 2)
        wide = "a,b,c,d,e,f"
        self.assertEqual(at("x,,,,,", "Name,City,,,,", wide, wide), 1)
        self.assertEqual(at("x,,,,,", "Name,q,,,,", wide, wide), 2)
        self.assertEqual(at("Wer,Wo", "Ben,York"), 0)
        self.assertEqual(at("Messe,", "Wer,Wo", "Ben,York", "Al,Leeds"), 1)
        # one that is known: of a list of one column, or half as wide as the widest
        self.assertEqual(at("Fair", "Name", "Ben"), 1)
        self.assertEqual(at("Name,q,,", "a,b,c,d"), 0)
        self.assertEqual(at("x,y", "Name,"), 1)
        self.assertEqual(at("Name,,", "x,y,z", "u,v,w"), 1)
        self.assertEqual(at("Name,,,", "a,b,c,d", "e,f,g,h"), 1)
        # none: the first as wide as most are
        self.assertEqual(at("Fair,,", "A,B,C", "d,e,f", "g,h,"), 1)
        self.assertEqual(at("a,b,c,d", "e,f,,", "g,h,,"), 0)
        self.assertEqual(layout.heading_at([], recognised), 0)
        self.assertEqual(at(*["x,"] * 29, "Name,City"), 29)
        self.assertEqual(at(*["x,"] * 30, "Name,City"), 0)


@tagged("post_install", "-at_install")
class TestLimits(PlainCase):
    """What is just within a limit is read; one more is refused, and said."""

    def assertRefused(self, content, reason, options=None, **details):
        with self.assertRaises(tables.TableError) as caught:
            tables.read(content, options)
        self.assertEqual(caught.exception.reason, reason)
        self.assertEqual(str(caught.exception), reason)
        self.assertEqual(caught.exception.details, details)

    def test_of_texts(self):
        with (
            patch.object(csvs, "MAX_LINES", 2),
            patch.object(table, "MAX_LINES", 2),
            patch.object(csvs, "MAX_COLUMNS", 3),
            patch.object(csvs, "MAX_CELL", 4),
        ):
            self.assertEqual(len(tables.read(b"a,b\nc,d\ne,f\n").rows), 3)
            self.assertRefused(b"a,b\nc,d\ne,f\ng,h\n", "lines", found=4, most=2)
            self.assertEqual(len(tables.read(b"a,b\n\n\nc,d\n").rows), 2)
            self.assertRefused(b"a,b\n\n\nc,d\n\n", "lines", found=5, most=2)
            self.assertEqual(len(tables.read(b"a,b,c\nd,e,f,,\n").rows), 2)
            self.assertRefused(b"a,b,c\nd,,, ,g,\n", "columns", found=5, row=2, most=3)
            self.assertEqual(tables.read(b"aaaa,b\n").rows, [[1, "aaaa", "b"]])
            self.assertRefused(b"a,b\na,bbbbb\n", "cell", row=2, most=4)
        with patch.object(tables, "MAX_BYTES", 5):
            self.assertEqual(len(tables.read(b"a,b,c").rows), 1)
            self.assertRefused(b"a,b,cd", "bytes", found=6, most=5)

    def test_of_rows(self):
        rows = table.Rows()
        with (
            patch.object(table, "MAX_COLUMNS", 2),
            patch.object(table, "MAX_CELLS", 3),
            patch.object(table, "MAX_LINES", 2),
            patch.object(table, "MAX_ROWS", 9),
        ):
            rows.add(1, {0: "a", 1: "b"})
            rows.add(9, {1: "c"}, hidden=True)
            rows.add(3, {0: " "}, hidden=True, uncalculated=True)
            for number, cells, reason, details in (
                (4, {2: "d"}, "columns", {"found": 3, "row": 4, "most": 2}),
                (10, {0: "d"}, "lines", {"found": 10, "most": 2}),
            ):
                with self.assertRaises(tables.TableError) as caught:
                    rows.add(number, cells)
                self.assertEqual(caught.exception.reason, reason)
                self.assertEqual(caught.exception.details, details)
        self.assertEqual(rows.rows, [[1, "a", "b"], [9, "", "c"]])
        self.assertEqual((rows.hidden, rows.uncalculated), ([9], [3]))

    def test_of_cells(self):
        rows = table.Rows()
        with patch.object(table, "MAX_CELLS", 3):
            rows.add(1, {0: "a", 1: "b"})
            rows.add(2, {0: "c"})
            with self.assertRaises(tables.TableError) as caught:
                rows.add(3, {0: "d"})
        self.assertEqual(caught.exception.reason, "cells")
        self.assertEqual(caught.exception.details, {"found": 4, "most": 3})

    def test_of_workbooks(self):
        content = workbook(["a", "b"], ["c", "d"])
        with patch.object(archive, "MAX_UNPACKED", 10):
            with self.assertRaises(tables.TableError) as caught:
                tables.read(content)
        self.assertEqual(caught.exception.reason, "unpacked")
        self.assertGreater(caught.exception.details["found"], 1000)
        self.assertEqual(caught.exception.details["most"], 10)
        far = '<row r="7"><c r="D7"><v>1</v></c></row>'
        with patch.object(xlsx, "MAX_COLUMNS", 4):
            self.assertEqual(tables.read(book(far)).rows, [[7, "", "", "", "1"]])
        with patch.object(xlsx, "MAX_COLUMNS", 3):
            self.assertRefused(book(far), "columns", found=4, row=7, most=3)
        texts = "<sst><si><t>a</t></si><si><t>b</t></si></sst>"
        with patch.object(xlsx, "MAX_CELLS", 2):
            self.assertEqual(tables.read(book(far, sharedStrings=texts)).rows[0][0], 7)
        with patch.object(xlsx, "MAX_CELLS", 1):
            self.assertRefused(book(far, sharedStrings=texts), "cells", found=2, most=1)
        with patch.object(xls, "MAX_XLS_BYTES", 5):
            self.assertRefused(b"\xd0\xcf\x11\xe0..", "bytes", found=6, most=5)

    def test_of_elements_of_nothing(self):
        """So many after each cell, and no more."""
        one = book("<row><c><v>1</v></c></row>")
        two = book("<row><c><v>1</v></c></row><row><c><f/></c><c><v>2</v></c></row>")
        with patch.object(archive, "MAX_IDLE", 5):
            self.assertEqual(tables.read(one).rows, [[1, "1"]])
            self.assertEqual(tables.read(two).rows, [[1, "1"], [2, "", "2"]])
        with patch.object(archive, "MAX_IDLE", 4):
            self.assertRefused(one, "unreadable")
        more = book(
            "<row><c><v>1</v></c></row><row><c><f/></c><c/><c><v>2</v></c></row>"
        )
        with patch.object(archive, "MAX_IDLE", 5):
            self.assertRefused(more, "unreadable")

    def test_of_what_is_unpacked(self):
        content = book("<row><c><v>1</v></c></row>")
        with zipfile.ZipFile(io.BytesIO(content)) as made:
            size = sum(entry.file_size for entry in made.infolist())
        with patch.object(archive, "MAX_UNPACKED", size):
            self.assertEqual(tables.read(content).rows, [[1, "1"]])
        with patch.object(archive, "MAX_UNPACKED", size - 1):
            self.assertRefused(content, "unpacked", found=size, most=size - 1)

    def test_of_what_no_spreadsheet_says(self):
        row = "<row><c><v>1</v></c></row>"
        for sheet in (
            # declared, something could mean anything
            f'<!DOCTYPE w [<!ENTITY a "b">]><w><sheetData>{row}</sheetData></w>',
            f"<!DOCTYPE w><w><sheetData>{row}</sheetData></w>",
            # cut off
            f"<w><sheetData>{row}",
            f"<w><sheetData>{row}</w>",
            "not a word of XML",
        ):
            with self.subTest(sheet):
                self.assertRefused(book(sheet=sheet), "unreadable")

    def test_of_open_spreadsheets(self):
        cell = (
            '<table:table-cell table:number-columns-repeated="2"><text:p>x</text:p>'
            "</table:table-cell>"
        )
        row = f"<table:table-row>{cell}{cell}</table:table-row>"
        with patch.object(ods_file, "MAX_COLUMNS", 4):
            self.assertEqual(tables.read(ods(row)).rows, [[1, *"xxxx"]])
        with patch.object(ods_file, "MAX_COLUMNS", 3):
            self.assertRefused(ods(row), "columns", found=4, row=1, most=3)


@tagged("post_install", "-at_install")
class TestTexts(PlainCase):
    """Text with something between the cells."""

    def test_what_a_person_chose(self):
        content = "Name;Ort\nJürgen;Köln".encode("cp1250")
        found = tables.read(content, {"encoding": "cp1250", "separator": ","})
        self.assertEqual(found.encoding, "cp1250")
        self.assertEqual(found.separator, ",")
        self.assertEqual(found.rows, [[1, "Name;Ort"], [2, "Jürgen;Köln"]])
        self.assertEqual(found.readings, ())

    def test_an_encoding_that_it_is_not(self):
        for encoding, said in (("ascii", "ascii"), ("no such", "no such"),
                               ("x" * 50, "x" * 40), ("base64", "base64"),
                               ("\0", "\0")):  # fmt: skip
            with self.subTest(encoding):
                with self.assertRaises(tables.TableError) as caught:
                    tables.read("Köln,x".encode(), {"encoding": encoding})
                self.assertEqual(caught.exception.reason, "encoding")
                self.assertEqual(caught.exception.details, {"encoding": said})

    def test_what_is_no_text(self):
        """One nought in twenty bytes is too much, unless letters take two bytes."""
        letters = b"a" * 19
        self.assertEqual(len(tables.read(letters + b"\0").rows), 1)
        with self.assertRaisesRegex(tables.TableError, "^unreadable$"):
            tables.read(letters[1:] + b"\0", {"encoding": "cp1252"})
        content = "Name,City\nBen,York".encode("utf-16-le")
        self.assertEqual(tables.read(content).encoding, "utf-16-le")
        self.assertEqual(tables.read(content).rows[1], [2, "Ben", "York"])
        self.assertEqual(
            tables.read("Name,Ü".encode("utf-16-be")).rows, [[1, "Name", "Ü"]]
        )
        for content in (bytes(40), b"\xff\0" * 3 + b"\xff" * 40):
            with self.assertRaisesRegex(tables.TableError, "^unreadable$"):
                tables.read(content)
        self.assertEqual(tables.read("a,ü".encode("utf-32")).rows, [[1, "a", "ü"]])

    def test_noughts_in_text_are_nothing(self):
        content = b"Name,City\nBe\0n,York" + b",x" * 40
        self.assertEqual(tables.read(content).rows[1][1], "Ben")

    def test_the_separator(self):
        for text, separator in (
            ("a", ","),
            ("", ","),
            ("a;b\nc;d", ";"),
            ("a,b;c,d\ne,f;g,h", ","),
            ("a;b\nc,d;e\nf;g", ";"),
            ("a, b\tc\nd\te\nf\tg", "\t"),
            ("a|b,c\nd|e\n\n \nf|g", "|"),
            ('"a;b;c",d\n"e",f', ","),
        ):
            with self.subTest(text):
                self.assertEqual(tables.read(text.encode()).separator, separator)

    def lines(self, count, text, *others):
        """Return so many lines of a text, and others after them."""
        return "\n".join([*[text] * count, *others]).encode()

    def test_the_separator_of_most_lines(self):
        for content, separator in (
            # one long line says nothing of the others
            (self.lines(5, "a;b,c", *["a,b"] * 4, "a,b,c,d,e"), ","),
            # nine in ten have two cells, six in ten have three
            (self.lines(6, "a;b;c,d", *["e,f"] * 3, "g"), ","),
            # nearly as many: then the wider table
            (self.lines(18, "a;b;c,d,e,f,g", "h;i;j", "k"), ","),
            (self.lines(16, "a;b;c,d,e,f,g", *["h;i;j"] * 4), ";"),
        ):
            with self.subTest(content[:20]):
                self.assertEqual(tables.read(content).separator, separator)

    def test_lines_within_a_cell(self):
        for end in ("\r\n", "\n", "\r"):
            content = f'a,"b{end}c"{end}d,e{end}'.encode()
            self.assertEqual(
                tables.read(content).rows, [[1, "a", f"b{end}c"], [2, "d", "e"]]
            )

    def test_the_language_of_the_reader_and_what_may_be_meant(self):
        content = "Jiří Dvořák;Plzeň".encode("cp1250")
        self.assertEqual(tables.read(content, {}, "cs_CZ").encoding, "cp1250")
        self.assertEqual(tables.read(content, {}, "fr_FR").encoding, "cp1252")
        self.assertEqual(tables.read(content).encoding, "cp1252")
        readings = dict(tables.read(content).readings)
        self.assertTrue({"cp1250", "cp1252"} <= {*readings})

    def test_a_mark_is_no_letter(self):
        for start in ("X", "XX", "\ufeffX"):
            found = tables.read(f"{start}a,b".encode()).rows
            self.assertEqual(found, [[1, start.lstrip("\ufeff") + "a", "b"]])

    def test_no_more_than_so_many_lines_tell_it(self):
        lines = ["a;b"] * 60 + ["c,d,e,f"] * 600
        self.assertEqual(tables.read("\n".join(lines).encode()).separator, ";")

    def test_a_first_line_that_is_none(self):
        for said in ("sep=x", "sep=", "sepal;b", "xsep=;"):
            with self.subTest(said):
                self.assertEqual(tables.read(f"{said}\na;b\n".encode()).rows[0][0], 1)
        self.assertEqual(tables.read(b"sep=|\na;b|c\n").rows, [[2, "a;b", "c"]])
        self.assertEqual(
            tables.read(b"sep=|\na;b|c\n", {"separator": ";"}).rows, [[2, "a", "b|c"]]
        )

    def test_a_mark_at_the_beginning(self):
        self.assertEqual(tables.read("\ufeffa,b".encode()).rows, [[1, "a", "b"]])
        self.assertEqual(tables.read("\ufeff\ufeffa,b".encode()).rows[0][1], "a")
        self.assertEqual(tables.read("a,b\n\ufeffc,d".encode()).rows[1][1], "\ufeffc")

    def test_a_quotation_mark_that_nobody_closed(self):
        with patch.object(csvs, "MAX_CELL", 131_072):
            content = b'a,b\nc,d\n"' + b"e" * 140_000
            with self.assertRaises(tables.TableError) as caught:
                tables.read(content)
        self.assertEqual(caught.exception.reason, "cell")
        self.assertEqual(caught.exception.details, {"row": 3, "most": 131_072})
        with self.assertRaises(tables.TableError) as caught:
            tables.read(b'"' + b"e" * 140_000)
        self.assertEqual(caught.exception.details["row"], 1)


@tagged("post_install", "-at_install")
class TestWorkbooks(PlainCase):
    """XLSX as programs write it, and as its parts may be."""

    def rows(self, content, sheet=None):
        return [row[1:] for row in tables.read(content, {"sheet": sheet}).rows]

    def test_texts_that_cells_share(self):
        texts = (
            "<sst><si><t>Ann</t></si><si><r><t>Be</t></r><r><t>n</t></r>"
            "<rPh><t>pronounced</t></rPh></si><si><t>Carl</t></si></sst>"
        )
        cells = "".join(
            f'<c t="s"><v>{number}</v></c>' for number in ("0", "1", "2", "3", "x")
        )
        content = book(f"<row>{cells}<c><v>7</v></c></row>", sharedStrings=texts)
        self.assertEqual(self.rows(content), [["Ann", "Ben", "Carl", "", "", "7"]])

    def test_kinds(self):
        for cell, said in (
            ('<c t="b"><v>1</v></c>', "TRUE"),
            ('<c t="b"><v> true </v></c>', "TRUE"),
            ('<c t="b"><v>0</v></c>', "FALSE"),
            ('<c t="n"><v>37.0</v></c>', "37"),
            ("<c><v>1e3</v></c>", "1000"),
            ("<c><v>0.25</v></c>", "0.25"),
            ('<c t="d"><v>2026-11-28T00:00:00</v></c>', "2026-11-28"),
            ('<c t="d"><v>2026-11-28T15:30:00</v></c>', "2026-11-28 15:30:00"),
            ('<c t="str"><v>Ann</v></c>', "Ann"),
            ('<c t="inlineStr"><is><t>Ann</t></is></c>', "Ann"),
        ):
            with self.subTest(cell):
                rows = f'<row>{cell}<c t="str"><v>.</v></c></row>'
                self.assertEqual(self.rows(book(rows)), [[said, "."]])
        error = '<row><c t="e"><v>Ann</v></c><c><v>1</v></c></row>'
        self.assertEqual(self.rows(book(error)), [["", "1"]])

    def test_places(self):
        for cell, column in (
            ('r="A1"', 0), ('r="B1"', 1), ('r="X1"', 23), ('r="Z1"', 25),
            ('r="AA1"', 26),
            ('r="AZ1"', 51), ('r="BA1"', 52), ('r="SF1"', 499), ("", 0),
        ):  # fmt: skip
            with self.subTest(cell):
                rows = self.rows(book(f"<row><c {cell}><v>1</v></c></row>"))
                self.assertEqual(rows, [[*[""] * column, "1"]])
        after = '<row><c r="C1"><v>1</v></c><c><v>2</v></c><c><v>3</v></c></row>'
        self.assertEqual(self.rows(book(after * 2))[1], ["", "", "1", "2", "3"])

    def test_numbers_of_rows(self):
        rows = (
            "<row><c><v>1</v></c></row><row r='5'><c><v>2</v></c></row>"
            "<row><c><v>3</v></c></row><row r='x'><c><v>4</v></c></row>"
        )
        found = tables.read(book(rows)).rows
        self.assertEqual([row[0] for row in found], [1, 5, 6, 7])

    def test_formulas(self):
        rows = (
            "<row><c><f>1+1</f></c><c><v>1</v></c></row>"
            "<row><c><f>1+1</f><v>2</v></c></row>"
            "<row><c><v>3</v></c></row>"
            '<row hidden="1"><c><v>4</v></c></row>'
            '<row hidden="0"><c><v>5</v></c></row>'
        )
        found = tables.read(book(rows))
        self.assertEqual(found.uncalculated, (1,))
        self.assertEqual(found.hidden_rows, (4,))
        self.assertEqual(
            found.rows, [[1, "", "1"], [2, "2"], [3, "3"], [4, "4"], [5, "5"]]
        )

    def test_what_is_no_formula_without_a_value(self):
        rows = (
            "<row><c/><c><v>1</v></c></row>"
            '<row><c t="str"><f>A1</f><v></v></c><c><v>2</v></c></row>'
            "<row><c><f>1+1</f></c><c/><c><v>3</v></c></row>"
            "<row><c><f>1+1</f><v>2</v></c><c/></row>"
        )
        self.assertEqual(tables.read(book(rows)).uncalculated, (3,))

    def test_texts_are_whole_and_nothing_else(self):
        texts = (
            "<sst>\n <si>\n  <t>Ann</t>\n </si>\n <si>\n  <r>\n   <t>Be</t>\n  </r>"
            "\n  <r>\n   <t>n</t>\n  </r>\n </si>\n</sst>"
        )
        long = "ab" * 15_000
        cells = (
            f'<c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="str"><v>{long}</v></c>'
        )
        found = self.rows(book(f"<row>{cells}</row>", sharedStrings=texts))
        self.assertEqual(found, [["Ann", "Ben", long]])

    def test_what_follows_is_not_read(self):
        """What is behind the rows, or the styles of cells, is not looked at."""
        sheet = (
            f"<worksheet {MAIN}><sheetData><row><c s='0'><v>46354</v></c></row>"
            "</sheetData><conditionalFormatting <broken>"
        )
        styles = (
            "<styleSheet><cellXfs><xf numFmtId='14'/><xf numFmtId='x'/></cellXfs>"
            "<dxfs <broken>"
        )
        self.assertEqual(self.rows(book(sheet=sheet, styles=styles)), [["2026-11-28"]])

    def changed(self, content, without=(), **parts):
        """Return an archive with other parts, or less of them."""
        file = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(content)) as old,
            zipfile.ZipFile(file, "w") as made,
        ):
            for name in old.namelist():
                if name not in without and name not in parts:
                    made.writestr(name, old.read(name))
            for name, text in parts.items():
                made.writestr(name, text)
        return file.getvalue()

    def test_without_relations_it_is_where_all_have_it(self):
        content = self.changed(book("<row><c><v>1</v></c></row>"), ["_rels/.rels"])
        self.assertEqual(self.rows(content), [["1"]])

    def test_a_book_without_a_sheet_of_cells(self):
        content = book("<row><c><v>1</v></c></row>")
        chart = {
            "xl/_rels/workbook.xml.rels": relations("chartsheet", "chartsheets/c.xml"),
            "xl/chartsheets/c.xml": "<chartsheet/>",
        }
        for changed in (
            self.changed(content, **chart),
            self.changed(content, ["xl/worksheets/a.xml"]),
            self.changed(content, ["xl/_rels/workbook.xml.rels"]),
        ):
            with self.assertRaises(tables.TableError) as caught:
                tables.read(changed)
            self.assertEqual(caught.exception.reason, "unreadable")

    def test_half_a_second_is_the_next_one(self):
        noon = datetime(2026, 11, 28, 12)
        for microseconds, seconds in ((499_999, 0), (500_000, 1)):
            moment = xlsx._rounded(noon + timedelta(microseconds=microseconds))
            self.assertEqual(moment.second, seconds)
        self.assertEqual(xlsx._rounded(time(12)), time(12))

    def test_moments_as_their_formats_show_them(self):
        codes = ("General", "d.m.yyyy", "hh:mm", "[h]:mm", "0.00", "d.m.yy hh:mm")
        own = "".join(
            f'<numFmt numFmtId="{200 + rank}" formatCode="{code}"/>'
            for rank, code in enumerate(codes)
        )
        styles = "".join(f'<xf numFmtId="{200 + rank}"/>' for rank in range(len(codes)))
        sheet = (
            f"<styleSheet><numFmts>{own}</numFmts><cellStyleXfs><xf numFmtId='14'/>"
            f"</cellStyleXfs><cellXfs>{styles}<xf numFmtId='14'/><xf/></cellXfs>"
            "<cellStyles/></styleSheet>"
        )
        for style, value, said in (
            (0, "46354", "46354"),
            (1, "46354", "2026-11-28"),
            (1, "46354.64583333", "2026-11-28 15:30:00"),
            (1, "0.5", "0.5"),
            (1, "x", ""),
            (1, "99999999999", "99999999999"),
            (2, "0.64583333333", "15:30"),
            (2, "46354.64583333", "15:30"),
            (3, "1.25", "30:00:00"),
            (4, "46354", "46354"),
            (5, "46354.9999999", "2026-11-29"),
            (6, "46354", "2026-11-28"),
            (7, "46354", "46354"),
            (9, "46354", "46354"),
        ):
            with self.subTest(style=style, value=value):
                cell = f'<row><c s="{style}"><v>{value}</v></c><c><v>1</v></c></row>'
                found = self.rows(book(cell, styles=sheet))
                self.assertEqual(found, [[said, "1"]])

    def test_the_years_of_old_macintoshes(self):
        def setup(made, sheet):
            made.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
            sheet["A1"] = date(2026, 11, 28)

        self.assertEqual(self.rows(workbook(setup=setup)), [["2026-11-28"]])

    def test_the_sheet_that_is_meant(self):
        def setup(made, sheet):
            sheet.sheet_state = "hidden"
            made.create_sheet("Two").append(["two"])
            made.create_sheet("Three").append(["three"])
            made["Three"].sheet_state = "veryHidden"
            made.active = 1

        content = workbook(["one"], setup=setup)
        found = tables.read(content)
        self.assertEqual((found.sheet, found.rows), ("Two", [[1, "two"]]))
        self.assertEqual(found.sheets, ("Two",))
        self.assertEqual(found.hidden_sheets, ("Sheet", "Three"))
        for name, said in (("Sheet", "one"), ("Three", "three"), ("None", "two")):
            self.assertEqual(self.rows(content, name), [[said]])
        self.assertEqual(tables.read(content, {"sheet": "Three"}).sheet, "Three")

    def test_parts_that_are_elsewhere(self):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as made:
            made.writestr("_rels/.rels", relations("officeDocument", "/wb.xml"))
            made.writestr(
                "wb.xml",
                f'<workbook {MAIN} xmlns:r="{OFFICE}"><sheets>'
                '<sheet name="Chart" sheetId="1" r:id="r2"/>'
                '<sheet name="S" sheetId="2" r:id="r1"/></sheets></workbook>',
            )
            made.writestr(
                "_rels/wb.xml.rels", relations("worksheet", "/far/worksheets/a.xml")
            )
            made.writestr(
                "far/worksheets/a.xml",
                "<worksheet><sheetData><row><c><v>1</v></c></row></sheetData>"
                "</worksheet>",
            )
        found = tables.read(file.getvalue())
        self.assertEqual((found.sheets, found.rows), (("S",), [[1, "1"]]))


@tagged("post_install", "-at_install")
class TestOpenSpreadsheets(PlainCase):
    def rows(self, rows, sheet=None):
        return [row[1:] for row in tables.read(ods(rows), {"sheet": sheet}).rows]

    def test_values(self):
        for attributes, said in (
            ('value-type="float" office:value="37.0"', "37"),
            ('value-type="float"', ""),
            ('value-type="boolean" office:boolean-value="true"', "TRUE"),
            ('value-type="boolean" office:boolean-value="false"', "FALSE"),
            ('value-type="time" office:time-value="PT15H30M05S"', "15:30:05"),
            ('value-type="time" office:time-value="PT05H03M00.0000S"', "05:03"),
            ('value-type="time" office:time-value="soon"', "shown"),
            ('value-type="date" office:date-value="2026-11-28T00:00:00"', "2026-11-28"),
            (
                'value-type="date" office:date-value="2026-11-28T15:30:00.123"',
                "2026-11-28 15:30:00",
            ),
            ('value-type="string"', "shown"),
            ('value-type="percentage"', "shown"),
        ):
            with self.subTest(attributes):
                cell = (
                    f"<table:table-cell office:{attributes}><text:p>shown</text:p>"
                    "</table:table-cell><table:table-cell><text:p>.</text:p>"
                    "</table:table-cell>"
                )
                row = f"<table:table-row>{cell}</table:table-row>"
                self.assertEqual(self.rows(row), [[said, "."]])

    def test_texts(self):
        for inner, said in (
            ("<text:p>a</text:p><text:p>b</text:p>", "a\nb"),
            ('<text:p>a<text:s text:c="3"/>b</text:p>', "a   b"),
            ('<text:p>a<text:s text:c="500"/>b</text:p>', f"a{' ' * 99}b"),
            ("<text:p>a<text:span>b</text:span>c</text:p>", "abc"),
            ("<x>no</x><text:p>a</text:p>no", "a"),
            (
                "<office:annotation><text:p>no<text:s/></text:p></office:annotation>"
                "<text:p>a</text:p>",
                "a",
            ),
            ("<text:p>a</text:p><office:annotation>no</office:annotation>", "a"),
        ):
            with self.subTest(inner):
                row = (
                    f"<table:table-row><table:table-cell>{inner}</table:table-cell>"
                    "</table:table-row>"
                )
                self.assertEqual(self.rows(row), [[said]])

    def test_what_stands_around_a_text(self):
        for inner in (
            "<office:annotation/>no<text:p>a</text:p>",
            "<text:s/><text:p>a</text:p><text:s/>",
            "no<text:p>a</text:p><office:annotation/>no",
        ):
            with self.subTest(inner):
                row = (
                    f"<table:table-row><table:table-cell>{inner}</table:table-cell>"
                    "</table:table-row>"
                )
                self.assertEqual(self.rows(row), [["a"]])

    def test_rows_and_cells_without_end(self):
        cell = (
            '<table:table-cell table:number-columns-repeated="999999999">'
            "<text:p>a</text:p></table:table-cell>"
        )
        rows = (
            f"<table:table-row>{cell}</table:table-row>"
            '<table:table-row table:number-rows-repeated="1048576"/>'
        )
        self.assertEqual(tables.read(ods(rows)).rows, [[1, "a"]])

    def test_without_a_value_or_a_name(self):
        cell = '<table:table-cell office:value-type="date"/>'
        row = f"<table:table-row>{cell}<table:table-cell><text:p>.</text:p>"
        row += "</table:table-cell></table:table-row>"
        found = tables.read(ods(row))
        self.assertEqual((found.rows, found.hidden_sheets), ([[1, "", "."]], ()))

    def test_a_file_without_a_sheet(self):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as made:
            kind = "application/vnd.oasis.opendocument.text"
            made.writestr("mimetype", kind)
            made.writestr("content.xml", "<content/>")
        with self.assertRaisesRegex(tables.TableError, "^unreadable$"):
            tables.read(file.getvalue())

    def test_what_is_repeated(self):
        cells = (
            '<table:table-cell table:number-columns-repeated="2"><text:p>a</text:p>'
            "</table:table-cell><table:covered-table-cell/><table:table-cell"
            ' table:number-columns-repeated="x"><text:p>b</text:p></table:table-cell>'
        )
        rows = (
            f'<table:table-row table:number-rows-repeated="2">{cells}'
            "</table:table-row><table:table-row/>"
            f'<table:table-row table:visibility="collapse">{cells}</table:table-row>'
            f'<table:table-row table:visibility="filter">{cells}</table:table-row>'
            f'<table:table-row table:visibility="visible">{cells}</table:table-row>'
        )
        found = tables.read(ods(rows))
        said = ["a", "a", "", "b"]
        self.assertEqual(found.rows, [[number, *said] for number in (1, 2, 4, 5, 6)])
        self.assertEqual(found.hidden_rows, (4, 5))

    def test_the_sheet_that_is_meant(self):
        row = "<table:table-row><table:table-cell><text:p>one</text:p>"
        row += "</table:table-cell></table:table-row>"
        for sheet, said in ((None, "One"), ("One", "One"), ("Two", "Two")):
            found = tables.read(ods(row), {"sheet": sheet})
            self.assertEqual((found.sheet, found.sheets), (said, ("One", "Two")))
            self.assertEqual(len(found.rows), 1)
        self.assertEqual(tables.read(ods(row), {"sheet": "Two"}).rows[0][1], "second")
        self.assertEqual(tables.read(ods(row), {"sheet": "No"}).rows, [])


@tagged("post_install", "-at_install")
class TestOldWorkbooks(PlainCase):
    def written(self, *cells, setup=None):
        made = xlwt.Workbook()
        sheet = made.add_sheet("One")
        for column, (value, code) in enumerate(cells):
            style = [xlwt.easyxf(num_format_str=code)] if code else []
            sheet.write(2, column, value, *style)
        if setup:
            setup(made, sheet)
        file = io.BytesIO()
        made.save(file)
        return file.getvalue()

    def test_moments(self):
        for value, code, said in (
            (0, "HH:MM", "00:00"),
            (0.64583333333, "HH:MM", "15:30"),
            (0.999999, "HH:MM", "00:00"),
            (46354, "YYYY-MM-DD", "2026-11-28"),
            (46354.64583333333, "YYYY-MM-DD", "2026-11-28 15:30:00"),
            (1, "YYYY-MM-DD", "1900-01-01"),
            (37.0, "", "37"),
            (True, "", "TRUE"),
            (False, "", "FALSE"),
            ("#N/A", "", ""),
        ):
            with self.subTest(value=value):
                found = tables.read(self.written((value, code), (".", "")))
                self.assertEqual(found.rows, [[3, said, "."]])

    def test_the_sheet_that_is_meant(self):
        def setup(made, sheet):
            sheet.visibility = 1
            made.add_sheet("Two").write(0, 0, "two")
            made.add_sheet("Three").write(0, 0, "three")

        content = self.written(("one", ""), setup=setup)
        for sheet, name, said in (
            (None, "Two", "two"),
            ("One", "One", "one"),
            ("Three", "Three", "three"),
            ("No", "Two", "two"),
        ):
            found = tables.read(content, {"sheet": sheet})
            self.assertEqual((found.sheet, found.rows[0][1]), (name, said))
            self.assertEqual(found.sheets, ("Two", "Three"))
            self.assertEqual(found.hidden_sheets, ("One",))

    def test_the_years_of_old_macintoshes(self):
        def setup(made, sheet):
            made.dates_1904 = True
            sheet.write(0, 0, date(2026, 11, 28), xlwt.easyxf(num_format_str="D.M.YY"))

        self.assertEqual(
            tables.read(self.written(setup=setup)).rows[0][1], "2026-11-28"
        )

    def test_what_is_neither_text_nor_number(self):
        def setup(made, sheet):
            sheet.row(0).set_cell_error(0, "#DIV/0!")
            sheet.write(0, 1, ".")
            # as a day it would be after all that there are
            sheet.write(1, 0, 9_999_999, xlwt.easyxf(num_format_str="D.M.YY"))

        found = tables.read(self.written(setup=setup))
        self.assertEqual(found.rows, [[1, "", "."], [2, "9999999"]])

    def test_formats_in_no_order_are_done_without(self):
        def setup(made, sheet):
            sheet.row(2).hidden = True
            made.add_sheet("Two").write(0, 0, "two")

        content, opened = self.written(("one", ""), setup=setup), []

        def refuse(**options):
            opened.append(options["formatting_info"])
            if options["formatting_info"]:
                raise AssertionError
            return open_workbook(**options)

        open_workbook = xls.xlrd.open_workbook
        self.assertEqual(tables.read(content).hidden_rows, (3,))
        with patch.object(xls.xlrd, "open_workbook", refuse):
            for sheet, rows in (("One", [[3, "one"]]), ("Two", [[1, "two"]])):
                found = tables.read(content, {"sheet": sheet})
                self.assertEqual((found.rows, found.hidden_rows), (rows, ()))
        self.assertEqual(opened, [True, False] * 2)

    def test_as_large_as_it_may_be(self):
        content = self.written(("one", ""))
        with patch.object(xls, "MAX_XLS_BYTES", len(content)):
            self.assertEqual(tables.read(content).rows, [[3, "one"]])


@tagged("post_install", "-at_install")
class TestSaid(PlainCase):
    def test_values_as_people_write_them(self):
        for value, said in (
            (37.0, "37"),
            (0.5, "0.5"),
            (37, "37"),
            (time(15, 30), "15:30"),
            (time(15, 30, 5), "15:30:05"),
            (date(2026, 11, 28), "2026-11-28"),
            (datetime(2026, 11, 28), "2026-11-28"),
            (datetime(2026, 11, 28, 0, 0, 1), "2026-11-28 00:00:01"),
            (timedelta(minutes=61, seconds=1), "1:01:01"),
            (True, "TRUE"),
            (False, "FALSE"),
            (" #N/A ", ""),
            ("#N/A, he said", "#N/A, he said"),
            (float("inf"), ""),
            (None, ""),
        ):
            with self.subTest(value=value):
                self.assertEqual(values.said(value), said)

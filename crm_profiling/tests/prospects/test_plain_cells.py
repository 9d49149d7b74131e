"""What the cells of a file mean, without Odoo."""

import random

from ... import names
from ...cells import escaped, joined, letter, parts, text
from ...names import bare, word
from ...placeholders import is_nobodys, says_nothing
from ..plain import PlainCase, tagged


class CellsCase(PlainCase):
    def setUp(self):
        super().setUp()
        word.cache_clear()  # what was found before
        names._PLAIN.clear()


@tagged("post_install", "-at_install")
class TestPlainCells(CellsCase):
    def test_text(self):
        for cell, said in (
            (None, ""),
            ("", ""),
            (0, ""),
            (12, "12"),
            ("  a  b ", "a  b"),
            ("a\u00a0b", "a b"),
            ("two\nlines", "two\nlines"),
            ("tab\there", "tab\there"),
            ("\ufeffa\u200bb\u2066c\u202ad\u00ad\u200e\u2060", "abcd"),
            ("a\x00b\x1fc\x7fd\x9fe", "a b c d e"),
            ("a\x00b", "a b"),
            ("a\x85b", "a\x85b"),
            # an apostrophe before what a spreadsheet would calculate
            ("'=1+1", "=1+1"),
            ("'+44 7", "+44 7"),
            ("''=1", "'=1"),
            ("'Ann'", "'Ann'"),
            ("'", "'"),
            # a text that is to be no number
            ('="0171555"', "0171555"),
            ('="say ""yes"""', 'say "yes"'),
            ('=" 7 "', "7"),
            ('="0171555', '="0171555'),
            ("=1+1", "=1+1"),
        ):
            with self.subTest(cell=cell):
                self.assertEqual(text(cell), said)

    def test_formulas_are_escaped_and_read_back(self):
        for said in ("=1", "+1", "-1", "@a", "\t=1", "\r", "\n", "  =1", "\uff1d1"):
            with self.subTest(said=said):
                self.assertEqual(escaped(said), f"'{said}")
                if said.strip():
                    self.assertEqual(text(escaped(said)), said.strip())
        for said in ("1", "a=1", "", "a-b", "(1)"):
            self.assertEqual(escaped(said), said)

    def test_what_is_escaped_already_is_escaped_again(self):
        self.assertEqual(escaped("'=1"), "''=1")
        self.assertEqual(text(escaped("'=1")), "'=1")
        self.assertEqual(escaped("'Ann"), "'Ann")

    def test_in_a_file_that_says_it_is_text_no_formula_needs_help(self):
        self.assertEqual(escaped("=1", is_text=True), "=1")
        self.assertEqual(escaped("'=1", is_text=True), "''=1")

    def test_placeholders_say_nothing(self):
        for cell in (
            "",
            "-",
            "n/a",
            "N/A ",
            "#N/A",
            "Unknown",
            "K.A.",
            "(Blank)",
            "xxx",
            "Anonymous",
            "N.N.",
        ):
            self.assertTrue(says_nothing(cell), cell)
        for cell in ("0", "No", "a-", "n/a or so, said he there", "Nan Goldin"):
            self.assertFalse(says_nothing(cell), cell)

    def test_placeholders_are_short(self):
        self.assertTrue(says_nothing("n/a" + " " * 17))
        self.assertFalse(says_nothing("n/a" + " " * 18))

    def test_people_may_be_called_na(self):
        for name in ("Na", "nan", "NIL", "None", "Brak", "Leer", "Blank"):
            self.assertTrue(says_nothing(name), name)
            self.assertFalse(says_nothing(name, is_name=True), name)
        self.assertTrue(says_nothing("n/a", is_name=True))
        self.assertTrue(says_nothing("", is_name=True))

    def test_what_is_no_company(self):
        for company in ("Freelancer", "self-employed", '"', "〃", "dto.", "–"):
            self.assertTrue(is_nobodys(company), company)
        for company in ("", "Ditto Ltd", "0", "A", "Freelancer" * 3):
            self.assertFalse(is_nobodys(company), company)

    def test_words(self):
        self.assertEqual(word(" Big \u2013 Company "), "big - company")
        self.assertEqual(bare("Number of staff? (2\u201320)"), "numberofstaff220")
        self.assertEqual(bare("\u2026"), "")

    def test_parts(self):
        for cell, found in (
            ("", []),
            ("a", ["a"]),
            ("a; b;a;;c ", ["a", "b", "c"]),
            ("a\nb; c", ["a", "b", "c"]),
            ('"a\nb"; c', ["a\nb", "c"]),
            ('a "b" c\nd', ['a "b" c', "d"]),
            ('"a; b"; c', ["a; b", "c"]),
            ('"say ""a"""; b', ['say "a"', "b"]),
            ("a, b", ["a, b"]),
        ):
            with self.subTest(cell=cell):
                self.assertEqual(parts(cell), found)

    def test_parts_that_stand_in_quotes_each(self):
        self.assertEqual(parts('"Fair 2026","Hot lead"'), ["Fair 2026", "Hot lead"])
        self.assertEqual(parts('"Fair, Hall 4", "Hot"', ";,"), ["Fair, Hall 4", "Hot"])
        self.assertEqual(parts('"Fair, ""4""" ,"Hot"'), ['Fair, "4"', "Hot"])
        self.assertEqual(parts('"Fair, 4"; "Hot"', ";,"), ["Fair, 4", "Hot"])
        self.assertEqual(parts('"Fair, 4"', ";,"), ["Fair, 4"])

    def test_letters_are_put_together(self):
        for written, said in (
            ("Mu\u0308ller", "M\u00fcller"), ("e\u0301a", "\u00e9a"),
            ("\u30ab\u3099", "\u30ac"), ("\u1100\u1161\u11a8", "\uac01"),
            # other signs of the same word stay, and heaps of marks
            ("\u212b", "\u212b"), ("\ufa19", "\ufa19"), ("q\u0301", "q\u0301"),
            ("\u0301a", "\u0301a"),
        ):  # fmt: skip
            self.assertEqual(text(written), said)
        heap = f"a{chr(0x301) * 30_000}"
        self.assertGreater(len(text(heap)), 29_000)

    def test_parts_with_several_separators(self):
        self.assertEqual(parts("a, b; c", ";,"), ["a", "b", "c"])
        # what stands in quotes is one
        self.assertEqual(parts('"a, b"; c', ";,"), ["a, b", "c"])
        self.assertEqual(parts('"a, b"; c', ",;"), ["a, b; c"])

    def test_joined_and_taken_apart_again(self):
        pick = random.Random(1)
        for _time in range(200):
            said = list(
                dict.fromkeys(
                    "".join(pick.choices('ab;,"\n -', k=pick.randint(1, 6))).strip()
                    for _name in range(pick.randint(1, 4))
                )
            )
            said = [name for name in said if name and "\n" not in name]
            self.assertEqual(parts(joined(said)), said, said)
        self.assertEqual(joined(["a", "b"]), "a; b")
        self.assertEqual(joined(["a; b"]), '"a; b"')
        self.assertEqual(joined(["a, b"]), "a, b")
        self.assertEqual(joined(["a, b"], ";,"), '"a, b"')
        self.assertEqual(joined(["a\nb"]), '"a\nb"')
        self.assertEqual(joined(['"a', 'b"']), '"""a"; b"')
        self.assertEqual(joined([]), "")

    def test_letters_of_columns(self):
        for index, name in (
            (0, "A"), (1, "B"), (25, "Z"), (26, "AA"), (27, "AB"), (51, "AZ"),
            (52, "BA"), (701, "ZZ"), (702, "AAA"),
        ):  # fmt: skip
            self.assertEqual(letter(index), name)

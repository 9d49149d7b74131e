"""What the cells of a file mean, without Odoo."""

import random

from ... import names, prospects
from ...prospects import (
    Words,
    band_names,
    bare,
    escaped,
    joined,
    letter,
    opposite,
    parts,
    same_numbers,
    says_nothing,
    starts,
    text,
    word,
)
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

    def test_words(self):
        self.assertEqual(word(" Big \u2013 Company "), "big - company")
        self.assertEqual(bare("Number of staff? (2\u201320)"), "numberofstaff220")
        self.assertEqual(bare("\u2026"), "")

    def test_numbers(self):
        self.assertTrue(same_numbers("2-20 staff", "20-2 staff"[::-1][:0] + "2 - 20"))
        self.assertTrue(same_numbers("none", "nobody"))
        self.assertFalse(same_numbers("2-20", "2-50"))
        self.assertFalse(same_numbers("2-20", "2"))

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


@tagged("post_install", "-at_install")
class TestPlainWords(CellsCase):
    def setUp(self):
        super().setUp()
        self.words = Words()
        for rank, said in enumerate((("Yes", "No"), ("Ja", "Nein"), ("No", "Yes"))):
            for thing, name in enumerate(said, 1):
                self.words.add(name, thing, rank)

    def test_names_of_a_lower_rank_come_first(self):
        self.assertEqual(self.words.find(" YES "), [1])
        self.assertEqual(self.words.find("no"), [2])
        self.assertEqual(self.words.find("ja"), [1])
        self.assertEqual(self.words.find("maybe"), [])
        self.assertEqual(self.words.find(""), [])

    def test_whatever_the_order_in_which_they_were_added(self):
        words = Words()
        words.add("Yes", 2, rank=1)
        words.add("Yes", 1, rank=0)
        words.add("Yes", 1, rank=0)
        self.assertEqual(words.find("Yes"), [1])
        words.add("No", 2, rank=1)
        words.add("No", 1)  # of the lowest, where none is said
        self.assertEqual(words.find("No"), [1])

    def test_a_name_that_things_share(self):
        words = Words()
        words.add("Other", 1)
        words.add("other", 2)
        words.add("Other", 1)
        words.add("", 3)
        self.assertEqual(words.find("Other"), [1, 2])
        self.assertEqual(words.things(), {1, 2})

    def test_all_things_and_their_names(self):
        self.assertEqual(self.words.things(), {1, 2})
        self.assertEqual(self.words.named(1), {"yes", "ja", "no"})
        self.assertEqual(self.words.named(3), set())

    def test_another_way_to_compare(self):
        words = Words(bare)
        words.add("Number of staff?", 1)
        self.assertEqual(words.find("number-of-staff"), [1])

    def test_what_is_mistyped(self):
        words = Words()
        for thing, name in enumerate(("Services", "Industry", "2-20", "21-50"), 1):
            words.add(name, thing)
        self.assertEqual(words.closest("Servces"), [1])
        self.assertEqual(words.closest("industri"), [2])
        self.assertEqual(words.closest("Zoo"), [])
        self.assertEqual(words.closest("2-21"), [])
        self.assertEqual(words.closest("2 - 20"), [3])

    def test_as_alike_as_is_needed(self):
        """Eight letters of ten are alike, seven of ten are not."""
        words = Words()
        words.add("abcdefghij", 1)
        self.assertEqual(words.closest("abcdefghxx"), [1])
        self.assertEqual(words.closest("abcdefgxxx"), [])

    def test_nobody_mistypes_a_whole_paragraph(self):
        words = Words()
        words.add("a" * 100, 1)
        words.add("b" * 101, 2)
        self.assertEqual(words.closest("a" * 99 + "x"), [1])
        self.assertEqual(words.closest("b" * 100 + "x"), [])

    def test_never_the_contrary(self):
        words = Words()
        for thing, name in enumerate(
            ("interested", "Decision-maker", "with budget"), 1
        ):
            words.add(name, thing)
        self.assertEqual(words.closest("not interested"), [])
        self.assertEqual(words.closest("uninterested"), [])
        self.assertEqual(words.closest("intrested"), [1])
        self.assertEqual(words.closest("Decision maker"), [2])
        self.assertEqual(words.closest("without budget"), [])


@tagged("post_install", "-at_install")
class TestPlainOpposites(CellsCase):
    def assertOpposite(self, one, other):
        self.assertTrue(opposite(word(one), word(other)), (one, other))
        self.assertTrue(opposite(word(other), word(one)), (other, one))

    def assertSame(self, one, other):
        self.assertFalse(opposite(word(one), word(other)), (one, other))
        self.assertFalse(opposite(word(other), word(one)), (other, one))

    def test_words_that_deny(self):
        for one, other in (
            ("decided", "not decided"),
            ("with a plan", "without a plan"),
            ("entschieden", "nicht entschieden"),
            ("under 100", "over 100"),
            ("more staff", "less staff"),
            ("решено", "не решено"),
        ):
            self.assertOpposite(one, other)

    def test_signs(self):
        self.assertOpposite("<100k", ">100k")
        self.assertOpposite("100k", ">100k")
        self.assertOpposite("500", "500+")
        self.assertOpposite("-5", "5")
        self.assertSame("2-20", "2-20 staff")

    def test_prefixes_that_deny(self):
        for one, other in (
            ("satisfied", "dissatisfied"),
            ("certain", "uncertain"),
            ("existing customer", "non-existing customer"),
            ("possible", "impossible"),
            ("zufrieden", "unzufrieden"),
            ("известно", "неизвестно"),
        ):
            self.assertOpposite(one, other)

    def test_a_prefix_that_denies_and_a_slip(self):
        self.assertOpposite("satisfied", "dissatisfed")
        self.assertOpposite("certain", "uncertan")
        self.assertOpposite("existing customer", "non-existng customer")
        self.assertOpposite("really satisfied", "really dissatisfied")
        self.assertOpposite("fit", "unfit")
        self.assertOpposite("age", "teenage")
        self.assertSame("it", "kit")
        # four letters of five are alike, three are not
        self.assertOpposite("abcdx", "unabcde")
        self.assertSame("abcxx", "unabcde")

    def test_slips_deny_nothing(self):
        for one, other in (
            ("services", "servces"),
            ("industry", "industri"),
            ("decision-maker", "decison maker"),
            ("unknown", "unknwon"),
            ("inform", "infrom"),
            ("the same words", "the same words"),
        ):
            self.assertSame(one, other)

    def test_yes_and_no_have_nothing_in_common(self):
        self.assertFalse(prospects.YES & prospects.NO)
        self.assertIn("ja", prospects.YES)
        self.assertIn("nein", prospects.NO)


@tagged("post_install", "-at_install")
class TestPlainBands(PlainCase):
    def test_bands_that_are_suggested(self):
        for numbers, found in (
            ([1, 2, 3, 12, 25, 40, 55, 120, 300, 800], [1, 3, 21, 51, 201]),
            (range(1, 1000), [1, 201, 501]),
            ([1, 2, 3], []),
            (range(2010, 2027), []),
            ([-5, -2, 0, 1, 4, 6, 9], []),
        ):
            with self.subTest(found=found):
                self.assertEqual(starts([*map(float, numbers)]), found)

    def test_bands_at_their_limits(self):
        for numbers, found in (
            # six different ones are enough, five are not
            ([1, 2, 3, 4, 5, 6], [1, 3, 6]),
            ([1, 2, 3, 4, 5, 5, 5], []),
            # the largest three times the smallest
            ([10, 12, 15, 20, 25, 30], [1, 11, 21]),
            ([10, 12, 15, 20, 25, 29], []),
            # nothing is a size, less than nothing is none
            ([0, 1, 4, 6, 9, 20], [0, 2, 6, 11]),
            ([-1, 1, 4, 6, 9, 20], []),
            # halves: each band begins at a round number, not above it
            ([0.5, 1, 2, 4, 8, 16.5], [0, 1, 2, 5, 10]),
            ([1.5, 2, 3, 4, 8, 16], [0, 2, 5, 10]),
            # none begins above the largest, or where another one does
            ([0.1, 0.2, 0.3, 0.4, 0.5, 0.6], []),
            ([*[0] * 30, 0.5, 1, 2, 3, 4], []),
            ([*[1] * 30, 2, 3, 4, 5, 6], [1, 2]),
            # as near to one as to the other: the lower one
            ([1, 15, 35, 75, 150, 350], [1, 11, 21, 51, 101]),
        ):
            with self.subTest(numbers=numbers):
                self.assertEqual(starts([*map(float, numbers)]), found)
                self.assertEqual(starts([*map(float, reversed(numbers))]), found)

    def test_what_bands_are_called(self):
        self.assertEqual(band_names([0, 1, 3, 21]), ["0", "1-2", "3-20", "21+"])
        self.assertEqual(band_names([5]), ["5+"])
        self.assertEqual(band_names([1, 3, 4]), ["1-2", "3", "4+"])

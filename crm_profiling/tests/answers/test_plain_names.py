"""How names compare, without Odoo."""

import itertools

from ... import names
from ...companies import company, is_slip, without_a_letter
from ...names import first_twin, key
from ..plain import PlainCase, tagged

SAME = [
    # case, blanks
    ("Acme Ltd", "ACME  ltd", " acme\tltd\n", "acme\u00a0ltd", "acme\u2003ltd"),
    ("Straße", "STRASSE", "strasse", "stra\u1e9ee"),
    # dashes, of which a minus is one
    ("2-20", "2\u201020", "2\u201120", "2\u201320", "2\u201420", "2\u221220"),
    # what does not show
    ("Müller", "Mu\u0308ller", "M\u00ad\u00fcller", "\ufeffMüller", "Mü\u200bller"),
    ("Müller", "Müller\u2122", "Müller \u00ae", "\u00a9 Müller", "Müller\u2120"),
    ("heart \u2764", "heart \u2764\ufe0f"),
    # full width, ligatures, letters by themselves
    ("ACME 24", "\uff21\uff23\uff2d\uff25\u3000\uff12\uff14"),
    ("office", "o\ufb03ce"),
    # the dots of a Turkish i
    ("İstanbul", "istanbul", "ISTANBUL", "\u0131stanbul", "i\u0307stanbul"),
    # apostrophes
    (
        "O'Neill",
        "O\u2019Neill",
        "O\u2018Neill",
        "o`neill",
        "O\u00b4Neill",
        "o\u02bcneill",
    ),
    ("", None, False, "  ", "\u200b", "\u2122"),
]
DIFFERENT = [
    ("Muller", "Müller"),  # accents tell people apart
    ("2-20", "220"),
    ("2-20", "2 20"),
    ("O'Neill", "ONeill"),
    ("A B", "AB"),
    ("Acme", "Acme 2"),
]


@tagged("post_install", "-at_install")
class TestPlainNames(PlainCase):
    def setUp(self):
        super().setUp()
        names._PLAIN.clear()  # what was found before

    def test_names_that_people_take_for_one(self):
        for same in SAME:
            for one, other in itertools.combinations(same, 2):
                with self.subTest(one=one, other=other):
                    self.assertEqual(key(one), key(other))

    def test_names_that_people_tell_apart(self):
        for one, other in DIFFERENT:
            with self.subTest(one=one, other=other):
                self.assertNotEqual(key(one), key(other))

    def test_a_key_is_its_own_key(self):
        """Stored and compared again, it is the same."""
        for name in itertools.chain(*SAME, *DIFFERENT):
            self.assertEqual(key(key(name)), key(name), repr(name))

    def test_what_a_key_is(self):
        self.assertEqual(key(" The  Big-Company "), "the big-company")
        self.assertEqual(
            key("The \u2018Big\u2019\u2013Company\u2122"), "the 'big'-company"
        )
        self.assertEqual(key("a\u0001b"), "a b")  # a control character parts words
        self.assertEqual(key("é\u0001b"), "é b")
        self.assertEqual(key("é\ue000b\ud800"), "éb")  # what is private, or half a sign
        self.assertEqual(key("é\u3164b\u034f\ufe0f"), "éb")
        self.assertEqual(key("`a`"), "'a'")

    def test_heaps_of_marks(self):
        """More than ten on one letter are of no language; short names keep them."""
        mark, many = "\u0316", "a" * 99
        self.assertEqual(key(f"{many}b{mark * 50}"), f"{many}b{mark * 10}")
        self.assertEqual(key(f"b{mark * 10}{many}"), f"b{mark * 10}{many}")
        self.assertEqual(key(f"b{mark * 99}"), f"b{mark * 99}")
        self.assertEqual(key(f"b{mark * 100}"), f"b{mark * 10}")
        marks = names._marks()
        self.assertEqual(names._HEAPS.pattern, f"({marks}{{10}}){marks}+")
        for char in ("\u0300", "\u0316", "\u064b", "\U0001e8d0"):
            self.assertRegex(char, marks)
        self.assertNotRegex("aé'-", marks)

    def test_no_more_is_looked_at(self):
        self.assertEqual(key("a" * 600 + "b"), "a" * 600)
        self.assertEqual(key("é" * 600 + "b"), "é" * 600)
        self.assertEqual(key("é" + "a" * 598 + " b"), "é" + "a" * 598)
        self.assertEqual(len(key("\ufdfa" * 100)), 600)  # one sign, eighteen letters

    def test_the_first_twin(self):
        people = ["Ann", "Bob", "ann", "bob"]
        self.assertEqual(first_twin(people, key), "ann")
        self.assertIsNone(first_twin(people[:2], key))
        self.assertIsNone(first_twin([], key))

    def test_legal_forms_in_east_asia(self):
        for name, other in (
            ("株式会社さくら製作所", "（株）さくら製作所"),
            ("深圳市光明科技有限公司", "深圳市光明科技"),
            ("주식회사 서울", "서울 (주)"),
        ):
            self.assertEqual(company(name), company(other))
        self.assertEqual(company("株式会社"), "株式会社")

    def test_companies_without_their_legal_form(self):
        for name, found in (
            ("Fräsprofi e.K.", "fräsprofi"),
            ("Fräsprofi e. K.", "fräsprofi"),
            ("Muster GmbH & Co. KG", "muster"),
            ("ООО Ромашка", "ромашка"),
            ("Kowalski sp. z o.o.", "kowalski"),
            ("Novák, spol. s r.o.", "novák"),
            ("AB Volvo", "volvo"),
            ("Foo UG (haftungsbeschränkt)", "foo"),
            ("Acme, Inc.", "acme"),
            ("KG Muster", "muster"),
            ("Corp Muster", "corpmuster"),
            ("Muster Corp", "muster"),
            ("Muster GmbH Verlag", "mustergmbhverlag"),
            ("GmbH Muster S. A.", "gmbhmuster"),
            ("AG SA Muster", "muster"),
            ("The Big Co", "thebig"),
            # of nothing but a form, something is left
            ("e. K.", "ek"),
            ("A e. K.", "a"),
            ("KG GmbH", "kg"),
            ("GmbH", "gmbh"),
            ("...", ""),
            ("", ""),
        ):
            with self.subTest(name=name):
                self.assertEqual(company(name), found)

    def test_slips(self):
        for one, other, is_one in (
            ("petrel", "petral", True),
            ("petrel", "petrl", True),
            ("petrel", "pettrel", True),
            ("petrel", "petrle", True),
            ("petrel", "petrel", False),
            ("petrel", "etrela", False),
            ("petrel", "patral", False),
            ("", "a", True),
            ("", "", False),
            ("", "ab", False),
            ("petr", "petrel", False),
            ("petrel", "petr", False),
            ("petrel", "betrel", True),
            ("petrel", "etrel", True),
            ("petrel", "eptrel", True),
            ("petrel", "petlre", False),
            ("petrel", "pertel", True),
            ("petrel", "pertle", False),
            ("petrel", "petxyl", False),
            ("petrel", "xetrexl", False),
            ("abba", "baba", True),
        ):
            with self.subTest(one=one, other=other):
                self.assertIs(is_slip(one, other), is_one)
                self.assertIs(is_slip(other, one), is_one)
                if is_one:
                    self.assertTrue(without_a_letter(one) & without_a_letter(other))

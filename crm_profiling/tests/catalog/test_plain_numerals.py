"""Numbers as people write them, without Odoo."""

from math import inf

from ...numerals import LONGEST, NoNumber, Notation, read
from ..plain import PlainCase, tagged

GERMAN = Notation(",", ".")
RUSSIAN = Notation(",", "\u00a0")
SWISS = Notation(".", "’")


@tagged("post_install", "-at_install")
class TestPlainNumbers(PlainCase):
    """What is written is read as whoever wrote it meant it, or not at all."""

    def assertNumber(self, wanted, *written, **kwargs):
        for said in written:
            with self.subTest(said=said):
                self.assertEqual(read(said, **kwargs)[:2], (wanted, wanted))

    def assertNone(self, reason, *written, **kwargs):
        for said in written:
            with self.subTest(said=said):
                with self.assertRaises(NoNumber) as caught:
                    read(said, **kwargs)
                self.assertEqual(caught.exception.reason, reason)

    def test_a_number_with_words_around_it(self):
        self.assertNumber(
            37,
            "37", " 37 ", "37.0", "≈37", "~ 37", "about 37", "approx.37", "ca. 37",
            "37 employees", "37 Mitarbeiter (ca.)", "примерно 37 чел.", "37+", "37 +",
            "37 people in all", "c. 37", "\uff13\uff17",
        )  # fmt: skip

    def test_thousands_in_any_notation(self):
        self.assertNumber(
            250_000,
            "250000", "250,000", "250 000", "250\u00a0000", "250\u202f000", "250'000",
            "250’000", "250.000,00", "250,000.00", "250k", "250 K", "250 tsd.",
            "0.25 million", "0,25 Mio.", "2.5 lakh", "2,50,000", "250 тыс.",
        )  # fmt: skip

    def test_money(self):
        self.assertNumber(
            250_000,
            "250 000 €", "€250,000", "EUR 250,000", "250 TEUR", "250 T€", "250k €",
            "250 k€", "0.25 M€", "250 000,- €",
            unit="EUR",
        )  # fmt: skip
        self.assertNone("currency", "$250,000", "250 000 USD", "250 kUSD", unit="EUR")
        self.assertNone("currency", "37 EUR", unit="employees")

    def test_the_language_decides_what_both_could_mean(self):
        self.assertNumber(1.2, "1.200")
        self.assertNumber(1200, "1.200", notation=GERMAN)
        self.assertNumber(1200, "1.200", "1\u00a0200", notation=RUSSIAN)
        self.assertNumber(1200, "1,200", "1'200", notation=SWISS)
        self.assertNumber(1.2, "1,200", notation=GERMAN)
        self.assertNumber(1_200_000, "1.200.000", "1,200,000")

    def test_english_is_read_everywhere(self):
        for notation in (GERMAN, RUSSIAN, SWISS):
            self.assertNumber(0.5, ".5", ",5", "0.50", notation=notation)
            self.assertNumber(1.5, "1.5", notation=notation)
            self.assertNumber(1234.5, "1,234.5", "1234.5", notation=notation)

    def test_negative_numbers_and_percent(self):
        self.assertNumber(-5, "-5", "−5", "about -5", "-5 %", unit="%")
        self.assertNumber(15, "15 %", "15", "15%", unit="% of sales")
        self.assertNone("percent", "15 %", "15 percent", unit="employees")

    def test_from_one_number_to_another(self):
        for said in ("21-50", "21–50", "21 to 50", "21 bis 50 Leute", "21..50",
                     "between 21 and 50", "from 21 to 50", "от 21 до 50"):  # fmt: skip
            with self.subTest(said=said):
                self.assertEqual(read(said)[:2], (21, 50))
        self.assertEqual(read("101-300k")[:2], (101_000, 300_000))
        self.assertEqual(read("over 50"), (50, inf, True))
        self.assertEqual(read(">=50"), (50, inf, False))
        self.assertEqual(read("up to 50")[:2], (-inf, 50))
        self.assertLess(read("<50").upper, 50)

    def test_what_is_no_number(self):
        self.assertNone("nothing", "", "-", "many", "n/a", "37,", "+49 30 1234567")
        self.assertNone("nothing", "5 hundred", "3rd", "10x", "no. 5", "37 / office")
        self.assertNone("several", "12 34", "1/2", "2024-01-05", "5 of 10", "1e3")
        self.assertNone("several", "0123 456", "37²", "50-21", "1.2.3", "1,2,3")
        self.assertNone("long", "9" * 16, " " * LONGEST + "1")

    def test_up_to_how_long_it_may_be(self):
        self.assertNumber(1, " " * (LONGEST - 1) + "1")
        self.assertNone("long", " " * LONGEST + "1")
        self.assertNumber(999_999_999_999_999, "9" * 15, "999 999 999 999 999")
        self.assertNone("long", "1" + "0" * 15, "0." + "9" * 15)
        self.assertNumber(5, "5 of us all here", "5 a b c d", unit="of")

    def test_words_after_a_number_are_few(self):
        self.assertNumber(5, "5 a b c d f"[:9])
        self.assertNone("nothing", "5 people who work in here", "5 & more", "5 #")

    def test_what_a_number_is_multiplied_with_stands_right_after_it(self):
        self.assertNumber(3000, "3 k m", "3k", "about 3 k", "3 (k)")
        self.assertNumber(5, "5 people k", "5 people t €", "5 people k€")
        self.assertNumber(250, "250 t", "250 tons")
        self.assertNumber(250_000, "250 t €", "250 T EUR", "250 T. CHF", "250k EUR")
        self.assertNumber(250_000_000, "250 mEUR", "250 m€", "250 M €", "0.25 bn")
        self.assertNumber(20_000_000, "2 crore")
        self.assertNone("nothing", "k 3", "5 billion", "5 dozen")

    def test_currencies_are_compared_whatever_they_are_written_by(self):
        self.assertNumber(5, "5 €", "€ 5", "EUR 5", "5 euros", "5 EUR", unit="euro")
        self.assertNumber(5, "5 EUR", unit="in €")
        self.assertNumber(5, "5 EUR", "$ 5 €", "5 USD")  # nobody said of what
        self.assertNone("currency", "EUR 5 USD", "USD 5 EUR", "5 k$", unit="EUR")
        self.assertNone("currency", "5 kUSD", "5 tUSD", unit="EUR")
        self.assertNumber(5000, "5 kEUR", unit="EUR")

    def test_cents_that_are_none(self):
        self.assertNumber(5, "5,-", "5.--", "5.-", "5,- €", "5.", "5.- people")
        self.assertNone("nothing", "5:", "5 -")

    def test_units_before_and_after(self):
        self.assertNumber(5, "h 5", "5 h", "h: 5", "5 (h)", unit="h")
        self.assertNone("nothing", "h 5", "#5", "no more than 5", unit="hours")
        self.assertNumber(5, ":5", "5 (about)", ". 5")

    def test_each_way_to_say_a_bound(self):
        for said, wanted in {
            "<= 5": (-inf, 5, False),
            "≤5": (-inf, 5, False),
            "не более 5": (-inf, 5, False),
            ">= 5": (5, inf, False),
            "≥5": (5, inf, False),
            "min. 5": (5, inf, False),
            "> 5": (5, inf, True),
            "более 5": (5, inf, True),
            "~5k+": (5000, 5000, True),
            "5+ people": (5, 5, True),
            "at least about 5": (5, inf, False),
            "over €5": (5, inf, True),
        }.items():
            with self.subTest(said=said):
                self.assertEqual(read(said), wanted)
        for said in ("< 5", "under 5", "меньше 5"):
            below = read(said)
            self.assertEqual(below[0], -inf)
            self.assertTrue(4.99 < below.upper < 5)
        self.assertNone("nothing", "min 5+", "over 5+", "over under 5")

    def test_each_end_of_a_range(self):
        for said, wanted in {
            "5-5": (5, 5),
            "-5--3": (-5, -3),
            "-5 to -3": (-5, -3),
            "1-2 million": (1_000_000, 2_000_000),
            "1k-2 million": (1000, 2_000_000),
            "101k-300k": (101_000, 300_000),
            "1...5": (1, 5),
            "1…5": (1, 5),
            "5.- 6.-": (5, 6),
            "0-5": (0, 5),
            "1.5 - 2.5": (1.5, 2.5),
        }.items():
            with self.subTest(said=said):
                self.assertEqual(read(said), (*wanted, False))
        self.assertNone("several", "over 21-50", "21-over 50", "21-50+", "6-5")
        self.assertNone("nothing", "5 to")
        self.assertNone("percent", "5-7 %", "5 %-7")
        self.assertNone("currency", "5-7 USD", unit="EUR")
        self.assertEqual(read("5-7 %", unit="%")[:2], (5, 7))

    def test_groups_of_digits(self):
        self.assertNumber(1_234_567.89, "1.234.567,89", "1,234,567.89", "1 234 567,89")
        self.assertNumber(1_234_567, "12,34,567", "12.34.567", "1'234'567")
        self.assertNumber(0.123, "0,123", "0.123", ",123", ".123")
        self.assertNumber(1234.5, "1 234.5", "1 234,5", "1'234.5", "1'234,5")
        self.assertNone("several", "1.23.45", "12 3456", "1 23", "1,234 567")

    def test_no_number_is_not_taken_for_one_however_it_is_typed(self):
        for said in ("nan", "inf", "-inf", "1_000", "0x10", "١a٢", "--5", "5--"):
            with self.subTest(said=said):
                self.assertRaises(NoNumber, read, said)

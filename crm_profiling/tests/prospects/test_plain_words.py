"""What a word means, mistyped or not, without Odoo."""

from ...names import bare, word
from ...opposites import NO, YES, opposite
from ...words import Words, same_numbers
from ..plain import tagged
from .test_plain_cells import CellsCase


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

    def test_numbers(self):
        self.assertTrue(same_numbers("2-20 staff", "20-2 staff"[::-1][:0] + "2 - 20"))
        self.assertTrue(same_numbers("none", "nobody"))
        self.assertFalse(same_numbers("2-20", "2-50"))
        self.assertFalse(same_numbers("2-20", "2"))

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
        self.assertFalse(YES & NO)
        self.assertIn("ja", YES)
        self.assertIn("nein", NO)

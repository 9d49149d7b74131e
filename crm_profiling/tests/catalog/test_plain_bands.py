"""The bands that hold numbers, without Odoo."""

from ...bands import Bands
from ...numerals import NoNumber, read
from ..plain import PlainCase, tagged

STAFF = Bands({"1": 1, "501+": 501, "2-20": 2, "21-50": 21, "51-100": 51, "101+": 101})


@tagged("post_install", "-at_install")
class TestPlainBands(PlainCase):
    """Each number belongs to one answer, or is below the lowest."""

    def placed(self, said):
        try:
            return STAFF.place(read(said))
        except NoNumber as why:
            return why.reason

    def test_bands_against_every_one_of_them(self):
        for tenth in range(-20, 6000):
            value = tenth / 10
            holding = [
                answer
                for answer, lower, upper in STAFF
                if lower <= value and (upper is None or value < upper)
            ]
            self.assertEqual(STAFF.find(value), holding[0] if holding else None)
            self.assertEqual(len(holding), value >= 1)

    def test_a_number_is_kept(self):
        self.assertEqual(self.placed("37"), ("21-50", 37))
        self.assertEqual(self.placed("40+"), ("21-50", 40))
        self.assertEqual(self.placed("1.2k"), ("501+", 1200))

    def test_a_range_gives_an_answer_and_no_number(self):
        self.assertEqual(self.placed("21-50"), ("21-50", None))
        self.assertEqual(self.placed("25 to 30"), ("21-50", None))
        self.assertEqual(self.placed("500+"), ("501+", None))
        self.assertEqual(self.placed("more than 500"), ("501+", None))
        self.assertEqual(self.placed("<2"), ("1", None))

    def test_what_belongs_to_no_answer_or_to_several(self):
        self.assertEqual(self.placed("0"), "below")
        self.assertEqual(self.placed("-37"), "below")
        self.assertEqual(self.placed("up to 0"), "below")
        self.assertEqual(self.placed("1-50"), "wide")
        self.assertEqual(self.placed("at least 21"), "wide")
        self.assertEqual(self.placed("<10"), "wide")

    def test_more_than_a_number_begins_one_above_it(self):
        """“Over 500” is of the answer from 501 on, and “over 499” may be 500."""
        self.assertEqual(self.placed("over 500"), ("501+", None))
        self.assertEqual(self.placed("500.5+"), ("501+", None))
        self.assertEqual(self.placed("over 499"), "wide")
        self.assertEqual(self.placed("over 501"), ("501+", None))
        self.assertEqual(self.placed("499+"), ("101+", 499))
        self.assertEqual(self.placed("501+"), ("501+", 501))
        halves = Bands({"few": 0, "some": 0.25, "more": 0.5, "many": 1})
        self.assertEqual(halves.place(read("0+")), ("some", None))

    def test_up_to_a_number_begins_at_the_lowest_answer(self):
        self.assertEqual(self.placed("up to 1"), ("1", None))
        self.assertEqual(self.placed("<1"), "below")
        self.assertEqual(self.placed("up to 2"), "wide")
        self.assertEqual(self.placed("1-1"), ("1", 1))
        self.assertEqual(self.placed("0-1"), "below")

    def test_without_answers_there_is_no_band(self):
        self.assertEqual(list(Bands({})), [])
        self.assertIsNone(Bands({}).find(5))
        with self.assertRaises(NoNumber):
            Bands({}).place(read("5"))

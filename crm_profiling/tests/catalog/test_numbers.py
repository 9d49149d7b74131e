"""Questions that a number answers."""

import random

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import SQL

from ..common import STAFF_FROM, ProfilingCase


@tagged("post_install", "-at_install")
class TestNumbers(ProfilingCase):
    """Answers stand for numbers, from one up to the next answer's."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.staff = cls.ask_staff_by_number("employees")

    def by_number(self, said, **context):
        answer_id, value = self.staff.with_context(**context)._answer_by_number(said)
        return self.env["crm.profiling.answer"].browse(answer_id).name, value

    def test_a_number_finds_its_answer(self):
        self.assertEqual(self.by_number("37"), ("21-50", 37))
        self.assertEqual(self.by_number(37.0), ("21-50", 37))
        self.assertEqual(self.by_number("about 1.2k employees"), ("500+", 1200))
        self.assertEqual(self.by_number("51-100"), ("51-100", None))

    def test_as_the_user_writes_numbers(self):
        self.env["res.lang"].sudo()._activate_lang("de_DE")
        self.assertEqual(self.by_number("1.200"), ("1", 1.2))
        self.assertEqual(self.by_number("1.200", lang="de_DE"), ("500+", 1200))

    def test_what_is_no_answer_is_told_in_words(self):
        for said, *words in (
            ("0", "below", "“1”", "begins at 1 employees"),
            ("-3", "below"),
            ("10-60", "several answers"),
            ("12 %", "percent"),
            ("12 €", "employees"),
            ("a lot", "“a lot” is none"),
            ("", "“” is none"),
            (None, "is none"),
            (True, "is none"),
            ([37], "is none"),
            ("9" * 200, "is none"),
        ):
            with self.subTest(said=said), self.assertRefused(ValidationError, *words):
                self.staff._answer_by_number(said)

    def test_bands_are_shown(self):
        self.assertEqual(
            self.staff.answer_ids.mapped("band"),
            ["1", "2 to 20", "21 to 50", "51 to 100", "101 to 500", "501 or more"],
        )
        self.assertFalse(self.choice("Sector?", "IT").band)
        self.choice("Staff?", "21-50").value_from = 20.5
        self.assertEqual(self.choice("Staff?", "2-20").band, "2 to less than 20.5")

    def test_bands_follow_while_they_are_typed(self):
        with Form(self.staff) as form:
            with form.answer_ids.edit(2) as line:
                line.value_from = 31
            self.assertIn("“2-20”: 2 to 30 · “21-50”: 31 to 50 ·", form.bands)

    def test_two_answers_of_one_number_are_refused(self):
        words = "“21-50”", "“51-100”", "begin at 21"
        with self.assertRefused(ValidationError, *words):
            self.choice("Staff?", "51-100").value_from = 21
        with self.assertRefused(ValidationError, "begin at 21"):
            self.staff.answer_ids = [Command.create({"name": "New", "value_from": 21})]
        # out of use, it is in nobody's way until it comes back
        self.choice("Staff?", "21-50").active = False
        self.choice("Staff?", "51-100").value_from = 21
        with self.assertRefused(ValidationError, "begin at 21"):
            self.choice("Staff?", "21-50").active = True

    def test_two_answers_swap_their_numbers(self):
        one, other = self.choice("Staff?", "1"), self.choice("Staff?", "2-20")
        self.staff.answer_ids = [
            Command.update(one.id, {"value_from": 2}),
            Command.update(other.id, {"value_from": 1}),
        ]
        self.assertEqual(self.by_number("1"), ("2-20", 1))

    def test_what_is_no_number_is_refused(self):
        for value in ("nan", "inf", float("-inf")):
            with self.assertRefused(ValidationError, "no number"):
                self.choice("Staff?", "500+").value_from = value

    def test_a_question_of_several_answers_takes_no_number(self):
        with self.assertRefused(ValidationError, "takes one answer"):
            self.staff.selection_mode = "multiple"
        question = self.question("Topics?", ["A", "B"], selection_mode="multiple")
        with self.assertRefused(ValidationError, "takes one answer"):
            question.by_number = True

    def test_a_question_by_number_has_an_answer_that_stands_for_one(self):
        with self.assertRefused(ValidationError, "none of its answers"):
            self.staff.answer_ids.without_number = True
        with self.assertRefused(ValidationError, "begin at 0"):
            self.ask("Function?").by_number = True
        with self.assertRefused(ValidationError, "begin at 0"):
            self.question("Seats?", ["Few", "Many"], by_number=True)

    def test_an_answer_that_stands_for_no_number(self):
        self.staff.answer_ids = [
            Command.create({"name": "Unknown", "without_number": True})
        ]
        self.assertFalse(self.choice("Staff?", "Unknown").band)
        with self.assertRefused(ValidationError, "below"):
            self.by_number("0")

    def test_numbers_are_taken_from_the_names(self):
        with Form(self.ask("Budget?")) as form:
            form.by_number = True
        self.assertEqual(
            [(a.name, a.value_from, a.without_number) for a in form.record.answer_ids],
            [
                ("Unknown", 0, True),
                ("<100k", 0, False),
                ("101-300k", 101_000, False),
                (">300k", 300_000, False),
            ],
        )

    def test_sql_says_the_same(self):
        self.choice("Staff?", "51-100").active = False
        self.choice("Staff?", "1").without_number = True
        chance = random.Random(14)
        values = [chance.choice([-1, 1, 600, 60]) * chance.random() for _ in range(99)]
        values += [
            start + step for start in STAFF_FROM.values() for step in (-0.1, 0, 1)
        ]
        rows = self.env.execute_query(
            SQL(
                """SELECT number, answer_id FROM unnest(%s::float8[]) AS number
                LEFT JOIN %s band
                       ON band.question_id = %s AND band.lower <= number
                      AND (band.upper IS NULL OR number < band.upper)""",
                values,
                self.env["crm.profiling.answer"]._bands_sql(),
                self.staff.id,
            )
        )
        self.assertEqual(len(rows), len(values))
        self.assertTrue(any(answer_id is None for _number, answer_id in rows))
        for number, answer_id in rows:
            self.assertEqual(self.staff._bands().find(number), answer_id, number)

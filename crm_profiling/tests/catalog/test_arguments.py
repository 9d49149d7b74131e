"""What anybody may send who can log in is looked at, up to its very limits."""

from odoo.exceptions import UserError, ValidationError
from odoo.tests import TransactionCase, tagged

from ...models.answers.crm_profiling_condition import LONGEST as LONGEST_CONDITION
from ...models.answers.crm_profiling_condition_uses import FURTHEST
from ...models.catalog.arguments import (
    LARGEST_ID,
    check_one,
    check_values,
    ids_of,
    is_id,
    list_of,
)
from ...models.catalog.crm_profiling_searched import LONGEST, storable
from ...models.catalog.settings import number


@tagged("post_install", "-at_install")
class TestWhatAnybodySends(TransactionCase):
    def test_what_may_be_an_id(self):
        for value in (1, 7, LARGEST_ID):
            self.assertIs(is_id(value), True, value)
        for value in (0, -1, LARGEST_ID + 1, True, False, None, "1", 1.0, [1], ""):
            self.assertIs(is_id(value), False, value)

    def test_what_may_be_a_list_of_ids(self):
        for value, ids in (
            ([3, 1], [3, 1]),
            ((3, 1), [3, 1]),
            ([], []),
            (None, []),
            (False, []),
        ):
            self.assertEqual(ids_of(value), ids, value)
        for value in (3, "3", {3}, {3: 1}, [3, 0], [True], [[3]], ["3"], True):
            self.assertIsNone(ids_of(value), value)

    def test_what_may_be_values(self):
        check_values(self.env)
        check_values(self.env, {}, {"name": 1})
        for value in (None, False, [], "name", 3, {1: 2}, {"name": 1, 2: 3}):
            with self.subTest(value=value), self.assertRaises(ValidationError):
                check_values(self.env, {"name": 1}, value)

    def test_values_of_one_are_a_list_of_one(self):
        vals = {"name": "Ann"}
        self.assertEqual(list_of(self.env, vals), [vals])
        self.assertEqual(list_of(self.env, [vals, vals]), [vals, vals])
        self.assertEqual(list_of(self.env, (vals,)), (vals,))
        self.assertEqual(list_of(self.env, []), [])
        for value in (None, "name", 3, [3], [vals, None], (vals, [vals]), {3: 4}):
            with self.subTest(value=value), self.assertRaises(ValidationError):
                list_of(self.env, value)

    def test_one_record_is_neither_none_nor_two(self):
        users = self.env["res.users"].browse([1, 2])
        check_one(users[0])
        for records in (users, users.browse()):
            with self.assertRaises(UserError):
                check_one(records)

    def test_what_a_text_is_found_by(self):
        """NUL and half a character are in no text that PostgreSQL holds."""
        self.assertEqual(storable("a\0b\ud83dc"), "abc")
        for text in ("", "Ünï", "Юрий", "\U0001f600", " a\n"):
            self.assertEqual(storable(text), text)
        search = self.env["crm.profiling.question"]._search_display_name
        for text in ("a\0", "\ud83d"):
            for operator, value in (
                ("ilike", text),
                ("=", text),
                ("in", [text]),
                ("in", ["a", text]),
            ):
                with self.subTest(operator, value=value), self.assertRaises(UserError):
                    search(operator, value)
        # not found, and not refused
        for operator, value in (
            ("ilike", "x" * LONGEST),
            ("in", ["x" * (LONGEST + 1), False]),
            ("=", "x" * (LONGEST + 1)),
            ("=", False),
            ("ilike", ""),
        ):
            with self.subTest(operator):
                search(operator, value)
        for operator in ("ilike", "like", "=ilike", "not ilike"):
            with self.subTest(operator), self.assertRaises(UserError):
                search(operator, "x" * (LONGEST + 1))

    def test_settings_beyond_their_limits_count_as_these(self):
        key = "crm_profiling.some_setting"
        for said, counts in (
            ("", 5),
            ("0", 1),
            ("1", 1),
            ("1.5", 1.5),
            ("9", 9),
            ("9.01", 9),
            ("inf", 9),
            ("-inf", 1),
            ("nan", 5),
            ("NaN", 5),
            ("eight", 5),
            ("4 ", 4),
        ):
            with self.subTest(said=said):
                self.env["ir.config_parameter"].set_param(key, said)
                self.assertEqual(number(self.env, key, 5, 1, 9), counts)
        # nothing of the limits where nothing is said
        self.assertEqual(number(self.env, f"{key}s", 5, 1, 9), 5)

    def test_conditions_are_neither_too_long_nor_lead_too_far(self):
        Condition = self.env["crm.profiling.condition"]
        head, tail = "[('name', '=', '", "')]"
        within = head + "x" * (LONGEST_CONDITION - len(head) - len(tail)) + tail
        self.assertEqual(len(within), LONGEST_CONDITION)
        self.assertTrue(Condition._check(within))
        with self.assertRaises(ValidationError):
            Condition._check(within.replace("x", "xx", 1))
        way = ["parent_id"] * (FURTHEST - 1)
        self.assertTrue(Condition._check(repr([(".".join([*way, "name"]), "=", "A")])))
        for path in (
            [*way, "parent_id", "name"],
            [*way, "parent_id", "parent_id", "name"],
        ):
            with self.assertRaises(ValidationError):
                Condition._check(repr([(".".join(path), "=", "A")]))
        # or step by step
        inner = [(".".join([*way[1:], "name"]), "=", "A")]
        self.assertTrue(Condition._check(repr([("parent_id", "any", inner)])))
        with self.assertRaises(ValidationError):
            further = [("parent_id", "any", inner)]
            Condition._check(repr([("parent_id", "any", further)]))

    def test_no_condition_is_none(self):
        Condition = self.env["crm.profiling.condition"]
        for text in (False, None, "", "[]"):
            self.assertIsNone(Condition._parsed(text), text)
        for text in ("[", "3", "{}", "name", "[('name', '=')]", "[1", "(" * 500):
            with self.subTest(text=text), self.assertRaises(ValueError):
                Condition._parsed(text)

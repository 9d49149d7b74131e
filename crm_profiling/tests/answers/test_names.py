"""One way to compare names, in Python and in the database."""

import random
import time

from odoo.exceptions import UserError
from odoo.tests import BaseCase, tagged, users

from ...names import VERSION, key
from ..common import ProfilingCase

# Names that people take for one
SAME = (
    ("Ann", "ANN", " ann ", "a\u200bnn", "\ufeffAnn", "ａｎｎ"),
    ("Weiß Bau", "WEISS BAU", "weiss  bau", "WEIẞ\u00a0Bau"),
    (
        "Müller – Söhne",
        "müller - söhne",
        "Mu\u0308ller — So\u0308hne",
        "MÜLLER − SÖHNE",
    ),
    ("Acme™ Labs", "Acme Labs", "ACME® Labs"),
    ("İpek Işık", "ipek ışık", "IPEK IŞIK", "i\u0307pek işik"),
    ("Seán O’Brien", "SEÁN O'BRIEN", "Sea\u0301n O`Brien"),
    ("Юрий", "ЮРИЙ", "юри\u0438\u0306"),
)
OTHERS = ("Ann", "Anne", "Änn", "A nn", "A-nn", "An n", "Müller", "Muller", "Mueller")


@tagged("post_install", "-at_install")
class TestKey(BaseCase):
    def test_names_that_are_one(self):
        for names in SAME:
            with self.subTest(name=names[0]):
                self.assertEqual(len(set(map(key, names))), 1, [*map(key, names)])

    def test_names_that_are_not(self):
        self.assertEqual(len(set(map(key, OTHERS))), len(OTHERS))

    def test_of_nothing(self):
        for nothing in ("", None, False, " ", "\u200b", "\ufeff \u00ad"):
            self.assertEqual(key(nothing), "")

    def test_a_key_is_its_own_key(self):
        pick = random.Random(5)
        for _try in range(20_000):
            name = "".join(chr(pick.randrange(1, 0x2FFF)) for _n in range(5))
            self.assertEqual(key(key(name)), key(name), name.encode("unicode_escape"))


@tagged("post_install", "-at_install")
class TestStoredKey(ProfilingCase):
    def test_it_follows_the_name(self):
        ann = self.prospect("Weiß  Bau")
        self.assertEqual(self.stored(ann).profiling_name_key, "weiss bau")
        ann.name = "Ann™"
        self.assertEqual(self.stored(ann).profiling_name_key, "ann")

    def test_it_costs_nothing_where_the_name_stays(self):
        ann = self.prospect("Ann")
        ann.function = "Buyer"
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        ann.function = "Owner"
        self.env.flush_all()
        self.assertLessEqual(self.env.cr.sql_log_count - before, 1)

    def test_it_is_filled_in_batches(self):
        people = [self.prospect(f"Groß {number}") for number in range(3)]
        ids = [one.id for one in people]
        self.env.flush_all()
        query = "UPDATE res_partner SET profiling_name_key = NULL WHERE id = ANY(%s)"
        self.env.cr.execute(query, [ids[:2]])
        self.env["res.partner"]._profiling_fill_name_keys()
        self.env.cr.execute(
            "SELECT profiling_name_key FROM res_partner WHERE id = ANY(%s) ORDER BY id",
            [ids],
        )
        keys = [row[0] for row in self.env.cr.fetchall()]
        self.assertEqual(keys, ["gross 0", "gross 1", "gross 2"])

    def test_keys_are_made_anew_where_they_are_made_otherwise(self):
        """Once, at the update that brings the other way; and at no other one."""
        ann = self.prospect("Ann")
        parameters = self.env["ir.config_parameter"].sudo()
        for said, filled in (("0", True), (str(VERSION), False), (False, False)):
            with self.subTest(said=said):
                self.env.cr.execute(
                    "UPDATE res_partner SET profiling_name_key = 'x' WHERE id = %s",
                    [ann.id],
                )
                self.env.invalidate_all()
                parameters.set_param("crm_profiling.name_key", said)
                self.env["res.partner"].init()
                key_now = self.stored(ann).profiling_name_key
                self.assertEqual(key_now, "ann" if filled else "x")
                kept = parameters.get_param("crm_profiling.name_key")
                self.assertEqual(kept, str(VERSION))


@tagged("post_install", "-at_install")
class TestHostileNames(ProfilingCase):
    """Names that are none take no more time than others, and break nothing."""

    NAMES = {
        "heaps of marks": "a" + "\u0300\u0316" * 20_000,
        "letters that stand for many": "\ufdfa" * 1_000_000,
        "nothing twice": "".join(map(chr, range(0x4E00, 0x4E00 + 20_000))),
    }

    def test_they_are_compared_at_once(self):
        for what, name in self.NAMES.items():
            with self.subTest(what):
                begun = time.process_time()
                compared = key(name)
                # ten times what it takes: it took a minute
                self.assertLess(time.process_time() - begun, 5)
                # what the index of contacts holds
                self.assertLess(len(compared.encode()), 2_700)
                self.assertEqual(key(compared), compared)

    def test_letters_with_several_marks_stay_apart(self):
        """However many letters there are."""
        self.assertNotEqual(key("e\u0323\u0302" * 60), key("e\u0323" * 60))
        self.assertNotEqual(key("x" * 599), key("x" * 598))

    @users("profiling_salesman")
    def test_nobody_writes_the_key(self):
        """A contact would be taken for another one by the next file."""
        Partner = self.env["res.partner"]
        with self.assertRaises(UserError):
            self.prospect("Ann").with_user(self.env.user).write(
                {"profiling_name_key": "bob"}
            )
        with self.assertRaises(UserError):
            Partner.create({"name": "Ann", "profiling_name_key": "bob"})

"""Bits of answers are dense, apart from ids, and never mean two things."""

import importlib.util
from pathlib import Path

from psycopg2.errors import UniqueViolation

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import ProfilingCase
from ..concurrency import ConcurrentCase


class BitCase(ProfilingCase):
    def rank(self, answer):
        """Return the rank of an answer's bit."""
        bit = (
            self.env["crm.profiling.bit"].sudo().search([("answer_id", "=", answer.id)])
        )
        return bit.rank

    def asked(self, partner):
        """Return the words kept of what a contact answered."""
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT asked FROM crm_profiling_state WHERE id = %s", [partner.id]
        )
        return self.env.cr.fetchone()[0]

    def move_ids(self, number):
        """Have the next answer get a high id, as after many refused creations."""

        def set_next(number):
            self.env.cr.execute(
                "SELECT setval('crm_profiling_answer_id_seq', %s)", [number]
            )

        self.env.cr.execute("SELECT last_value FROM crm_profiling_answer_id_seq")
        # no rollback takes it back
        self.addCleanup(set_next, self.env.cr.fetchone()[0])
        set_next(number)


@tagged("post_install", "-at_install")
class TestBits(BitCase):
    def test_ids_may_be_as_high_as_they_like(self):
        """From id 14,285 on every write on contacts used to fail."""
        for number in (14_284, 2_000_000_000):
            self.move_ids(number)
            name = f"Beyond {number}?"
            self.question(name, ["Yes", "No"])
            profile = self.profile(f"Yes to {number}", {name: "Yes"})
            ann = self.prospect("Ann", {name: "Yes"})
            self.assertGreater(self.choice(name, "Yes").id, number)
            self.assertIn(profile, ann.profile_ids)
            self.answer(ann, name, "No")
            self.assertProfiles(ann)
            self.put_tag(ann, "Hand")
            ann.action_archive()
            self.assertEqual(len(self.asked(ann)), 1)

    def test_refused_creations_use_none_up(self):
        before = set(self.env["crm.profiling.bit"].sudo().search([]).mapped("rank"))
        for _time in range(3):
            with self.assertRaises(ValidationError), self.env.cr.savepoint():
                self.question("Twice?", ["Yes", "yes "])
        question = self.question("Once?", ["Yes", "No"])
        self.assertEqual(
            [self.rank(answer) for answer in question.answer_ids],
            [rank for rank in range(len(before) + 2) if rank not in before][:2],
        )

    def test_an_answer_that_nobody_gave_leaves_its_bit_to_the_next(self):
        self.env["crm.profiling.bit"].sudo()._gc_free()  # what is free before
        question = self.ask("Sector?")
        new = self.env["crm.profiling.answer"].create(
            {"name": "New", "question_id": question.id}
        )
        rank = self.rank(new)
        new.unlink()
        self.env["crm.profiling.bit"].sudo()._gc_free()
        other = self.env["crm.profiling.answer"].create(
            {"name": "Other", "question_id": question.id}
        )
        self.assertEqual(self.rank(other), rank)

    def test_a_bit_is_not_given_again_while_a_contact_holds_it(self):
        new = self.env["crm.profiling.answer"].create(
            {"name": "New", "question_id": self.ask("Sector?").id}
        )
        rank = self.rank(new)
        ann = self.prospect("Ann", {"Sector?": "IT"})
        # as one that was found: no response keeps it from being deleted
        self.env.cr.execute(
            "UPDATE crm_profiling_state SET found = %s WHERE id = %s",
            [[0] * (rank // 63) + [1 << rank % 63], ann.id],
        )
        new.unlink()
        for held in (True, False):
            if not held:
                self.env.cr.execute("UPDATE crm_profiling_state SET found = '{}'")
            self.env["crm.profiling.bit"].sudo()._gc_free()
            bit = self.env["crm.profiling.bit"].sudo().search([("rank", "=", rank)])
            self.assertEqual(bool(bit), held)

    def test_nothing_is_given_to_nothing(self):
        self.assertFalse(self.env["crm.profiling.answer"].browse().copy())

    def test_where_none_is_free_none_is_taken_back(self):
        Bit = self.env["crm.profiling.bit"].sudo()
        Bit.search([("answer_id", "=", False)]).unlink()
        before = Bit.search([])
        Bit._gc_free()
        self.assertEqual(Bit.search([]), before)

    @mute_logger("odoo.sql_db")
    def test_two_answers_never_share_one(self):
        yes, no = self.ask("Journalist?").answer_ids
        with self.assertRaises(UniqueViolation), self.env.cr.savepoint():
            self.env.cr.execute(
                "UPDATE crm_profiling_bit SET rank = %s WHERE answer_id = %s",
                [self.rank(yes), no.id],
            )

    def test_many_answers_need_many_words(self):
        question = self.question("Which?", [f"Answer {n}" for n in range(200)])
        last = question.answer_ids[-1]
        profile = self.env["crm.profiling.profile"].create(
            {"name": "Last", "required_answer_ids": [Command.link(last.id)]}
        )
        ann = self.env["res.partner"].create(
            {"name": "Ann", "profiling_answer_ids": [Command.link(last.id)]}
        )
        self.assertEqual(ann.profile_ids, profile)
        self.assertEqual(len(self.asked(ann)), self.rank(last) // 63 + 1)


@tagged("post_install", "-at_install")
class TestBitsAtUpdate(BitCase):
    """A database in which the bit of an answer was its id."""

    def as_landed(self):
        """Put states and bits back to what they were before."""
        evaluator = self.env["crm.profiling.catalog"]._evaluator()
        cr = self.env.cr
        self.env.flush_all()
        cr.execute("SELECT id, asked FROM crm_profiling_state WHERE asked <> '{}'")
        rows = [
            (id_, sum(word << 63 * place for place, word in enumerate(words)))
            for id_, words in cr.fetchall()
        ]
        cr.execute(
            """DROP TABLE crm_profiling_bit;
               ALTER TABLE crm_profiling_state DROP found;
               ALTER TABLE crm_profiling_state RENAME asked TO known"""
        )
        for id_, mask in rows:
            known = sum(1 << answer_id for answer_id in evaluator.answer_ids(mask))
            words = []
            while known:
                words.append(known & (1 << 63) - 1)
                known >>= 63
            cr.execute(
                "UPDATE crm_profiling_state SET known = %s WHERE id = %s", [words, id_]
            )

    def migrate(self):
        path = Path(__file__).parents[2] / "migrations/19.0.3.0.0/pre-bits.py"
        spec = importlib.util.spec_from_file_location("pre_bits", path)
        script = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(script)
        script.migrate(self.env.cr, "19.0.2.1.0")

    def states(self):
        evaluator = self.env["crm.profiling.catalog"]._evaluator()
        self.env.cr.execute("SELECT id, asked, matched FROM crm_profiling_state")
        return {
            id_: (
                evaluator.answer_ids(
                    sum(word << 63 * place for place, word in enumerate(words))
                ),
                matched,
            )
            for id_, words, matched in self.env.cr.fetchall()
        }

    def test_every_row_is_carried_over(self):
        self.move_ids(14_300)
        self.question("New?", ["Yes", "No"])
        self.prospect("Ann", {"New?": "No", "Sector?": "IT", "Staff?": "500+"})
        self.prospect("Bob", {"Journalist?": "Yes"})
        self.prospect("Nobody")
        Membership = self.env["crm.profiling.membership"]
        pinned = self.prospect("Pinned")
        Membership.create({"partner_id": pinned.id, "profile_id": self.saas.id})
        before = self.states()
        self.as_landed()
        self.migrate()
        self.env["crm.profiling.catalog"]._changed()
        self.assertEqual(self.states(), before)
        self.assertEqual(sorted(self.ranks()), list(range(len(self.ranks()))))
        # and nobody is evaluated differently: a run finds nothing to do
        rows = self.rows()
        self.env["crm.profiling.applier"].sudo()._apply_all()
        self.assertEqual(self.rows(), rows)
        self.migrate()  # once more: nothing
        self.assertEqual(self.rows(), rows)

    def ranks(self):
        self.env.cr.execute("SELECT rank FROM crm_profiling_bit")
        return [rank for (rank,) in self.env.cr.fetchall()]


@tagged("post_install", "-at_install")
class TestCatalogByVersion(ProfilingCase):
    def test_what_is_rolled_back_was_never_there(self):
        """A catalog is kept by its version, not by the process."""
        Catalog = self.env["crm.profiling.catalog"]
        before = Catalog._get()
        ann = self.prospect("Ann", {"Sector?": "Industry"})
        savepoint = self.env.cr.savepoint()
        self.partnership.required_answer_ids += self.choice("Sector?", "Industry")
        self.assertProfiles(ann, "Partnership")
        self.assertIsNot(Catalog._get(), before)
        savepoint.rollback()
        self.assertIs(Catalog._get(), before)
        self.assertProfiles(ann)
        self.answer(ann, "Staff?", "500+")
        self.assertProfiles(ann)

    def test_changing_it_does_not_empty_what_odoo_keeps(self):
        registry = self.env.registry
        self.env["ir.model.data"]._xmlid_to_res_id("base.main_company")
        cache = registry._Registry__caches["default"]
        kept = len(cache)
        self.saas.required_answer_ids += self.choice("Staff?", "51-100")
        self.saas.entry_priority = "3"
        self.assertGreaterEqual(len(cache), kept)


@tagged("post_install", "-at_install")
class TestBitsConcurrency(ConcurrentCase):
    def add(self, env, name):
        """Add an answer to the first question; return the rank of its bit."""
        question_id = self.ids["questions"][0]
        answer = env["crm.profiling.answer"].create(
            {"name": name, "question_id": question_id}
        )
        bit = env["crm.profiling.bit"].search([("answer_id", "=", answer.id)])
        return bit.rank

    def test_two_managers_add_answers_at_once(self):
        ranks = []
        late = self.overtaken(
            lambda env: self.add(env, "Perhaps"),
            lambda env: ranks.append(self.add(env, "Maybe")),
        )
        self.assertEqual(late, ranks[0] + 1)

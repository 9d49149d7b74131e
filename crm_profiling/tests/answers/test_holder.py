"""Whose answer counts stands twice, in Python and in SQL: the two say the same."""

import random
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged
from odoo.tools import SQL
from odoo.tools.date_utils import relativedelta

from ...models.catalog.ours import is_ours
from ..common import ProfilingCase

ROUNDS = 12


@tagged("post_install", "-at_install")
class TestHolder(ProfilingCase):
    """Companies, their contacts and addresses, archived and moved ones, all levels."""

    def setUp(self):
        super().setUp()
        self.Response = self.env["crm.profiling.response"].sudo()
        self.dice = random.Random(11)
        self.question("Tools?", ["Paper", "ERP"], selection_mode="multiple")
        questions = self.env["crm.profiling.question"].search([])
        self.dice.choice(questions).validity_months = 6
        for question in questions:
            question.level = self.dice.choice(["contact", "company"])
        self.questions = questions
        self.partners = self.env["res.partner"]
        for number in range(24):
            self.partners |= self.partners.create(
                {
                    "name": f"Contact {number}",
                    "is_company": self.dice.random() < 0.4,
                    "parent_id": self.dice.choice([False, *self.partners.ids]),
                    "type": self.dice.choice(["contact", "contact", "invoice"]),
                }
            )

    def scatter(self):
        """Put answers anywhere, as transactions that do not see each other would."""
        self.env.cr.execute("DELETE FROM crm_profiling_response")
        self.env.cr.execute("DELETE FROM crm_profiling_response_history")
        now = fields.Datetime.now()
        for partner in self.partners:
            for question in self.dice.sample(self.questions, 5):
                answer = self.dice.choice(question.answer_ids)
                self.env.cr.execute(
                    """INSERT INTO crm_profiling_response
                                   (partner_id, answer_id, question_id, date, source)
                       VALUES (%s, %s, %s, %s, 'form')""",
                    [
                        partner.id,
                        answer.id,
                        answer.question_id.id,
                        # not to the second: a slow machine reads the clock twice
                        now - relativedelta(months=self.dice.randrange(12), hours=1),
                    ],
                )
        self.env.invalidate_all()

    def stir(self):
        """Move, archive and restore contacts, and ask questions of others."""
        partner = self.dice.choice(self.partners)
        below = partner._profiling_with_descendants()
        partner.parent_id = self.dice.choice([False, *(self.partners - below).ids])
        partner = self.dice.choice(self.partners)
        partner.active = not partner.active
        partner.is_company = not partner.is_company
        question = self.dice.choice(self.questions)
        question.level = "company" if question.level == "contact" else "contact"
        for question in self.dice.sample(self.questions, 3):
            question.active = not question.active
            question.validity_months = self.dice.choice([0, 3, 6])

    @freeze_time("2026-08-31 12:00:00")  # answers are out of date to the second
    def test_python_and_sql_agree(self):
        for _round in range(ROUNDS):
            self.stir()
            self.scatter()
            catalog = self.env["crm.profiling.catalog"]._get().questions
            facts = self.Response._read_facts(self.partners.ids)
            known = {
                (partner.id, catalog[answer_id].id, answer_id)
                for partner in self.partners
                for answer_id in facts.known(partner.id, catalog)
            }
            source = self.env["crm.profiling.source"].sudo()._of("asked")
            self.assertEqual(known, set(self.rows_of(source._known_sql())))
            self.assertTrue(known)
            stale = set()
            for partner in self.partners:
                one = self.Response._counting_for_sql(partner, SQL("answer_id"))
                self.assertEqual(
                    {(answer_id,) for answer_id in facts.known(partner.id, catalog)},
                    set(self.env.execute_query(one)),
                )
                counting = self.Response._counting(partner)
                self.assertEqual(
                    {(partner.id, r.question_id.id, r.answer_id.id) for r in counting},
                    {one for one in known if one[0] == partner.id},
                )
                self.assertEqual(
                    {(r.answer_id.id, r._is_stale()) for r in counting},
                    self.counting_in_sql(partner),
                )
                if any(response._is_stale() for response in counting):
                    stale.add(partner.id)
            self.assertEqual(
                stale, {row[0] for row in self.rows_of(source._expired_sql())}
            )
            self.assertEqual(
                stale, set(self.partners.filtered("profiling_has_stale_answers").ids)
            )
            self.assertStraysAgree(facts, catalog)

    def test_to_the_second_when_an_answer_goes_out_of_date(self):
        """In Python, in SQL and in a search: at that moment it is valid still."""
        question = self.questions[0]
        question.write({"validity_months": 6, "level": "contact", "active": True})
        ann = self.prospect("Ann")
        with freeze_time("2026-02-28 12:00:00"):
            ann.profiling_answer_ids = question.answer_ids[:1]
        for moment, stale in (
            ("2026-08-28 11:59:59", False),
            ("2026-08-28 12:00:00", False),
            ("2026-08-28 12:00:01", True),
        ):
            with freeze_time(moment), self.subTest(moment=moment):
                self.env.invalidate_all()
                self.assertEqual(ann.profiling_response_ids._is_stale(), stale)
                self.assertEqual({one[1] for one in self.counting_in_sql(ann)}, {stale})
                self.assertEqual(ann.profiling_has_stale_answers, stale)

    def counting_in_sql(self, partner):
        """Return ``{(answer_id, is it stale)}`` of what counts for one contact."""
        return set(
            self.env.execute_query(
                self.Response._counting_for_sql(
                    partner, SQL("response.answer_id"), self.Response._stale_sql()
                )
            )
        )

    def assertStraysAgree(self, facts, catalog):
        """Who holds what another one should, in Python, has it taken over, in SQL."""
        strays = {
            (partner_id, answer_id)
            for partner_id, held in facts.held.items()
            for answer_id in held
            if facts.holder(partner_id, catalog[answer_id]) != partner_id
        }
        with self.env.cr.savepoint() as savepoint:
            self.Response._hand_over()
            after = self.Response._read_facts(self.partners.ids).held
            for partner_id, answer_id in strays:
                self.assertNotIn(answer_id, after.get(partner_id, {}))
            history = self.env["crm.profiling.response.history"].sudo().search([])
            self.assertLessEqual(
                set(history.partner_id.ids),
                {facts.commercial[partner_id] for partner_id, _answer_id in strays},
            )
            self.assertFalse(self.Response._hand_over())
            savepoint.rollback()
        self.env.invalidate_all()

    def rows_of(self, sql):
        return self.env.execute_query(SQL("SELECT * FROM %s listed", sql))


@tagged("post_install", "-at_install")
class TestSources(ProfilingCase):
    def test_answers_are_asked(self):
        Source = self.env["crm.profiling.source"]
        self.assertEqual(Source._all()[0]._name, "crm.profiling.source.asked")
        self.assertEqual(Source._of("asked")._origin, "asked")
        with self.assertRaises(KeyError):
            Source._of("guessed")
        origins = self.env["crm.profiling.question"]._fields["origin"]
        for origin, _name in self.some(origins._description_selection(self.env)):
            self.assertEqual(Source._of(origin)._origin, origin)
        self.assertEqual(
            set(self.env["crm.profiling.question"].search([]).mapped("origin")),
            {"asked"},
        )

    def test_what_is_watched_is_there(self):
        for source in self.some(self.env["crm.profiling.source"]._all()):
            for model, names in source._watched().items():
                self.assertLessEqual(set(names), self.env[model]._fields.keys())

    def test_who_is_looked_at_where_something_else_is_told(self):
        """Of companies all their contacts; quietly, where it was nobody's doing."""
        acme = self.prospect("ACME", is_company=True)
        ann = self.prospect("Ann", parent_id=acme.id)
        bob, old = self.prospect("Bob"), self.prospect("Old", parent_id=acme.id)
        old.active = False
        applied = []

        def apply(contacts):
            applied.append((contacts, is_ours(contacts.env, "profiling_quiet")))

        source = self.env["crm.profiling.source"]._of("asked")
        with patch.object(self.env.registry["res.partner"], "_profiling_apply", apply):
            source._changed_for(acme.ids)
            source._changed_for(bob.ids, quietly=True)
        self.assertEqual([len(contacts) for contacts, _quiet in applied], [3, 1])
        self.assertEqual(applied[0][0], acme | ann | old)
        self.assertEqual(applied[1][0], bob)
        self.assertEqual([quiet for _contacts, quiet in applied], [False, True])

    def test_nothing_is_told_of_what_other_companies_ask(self):
        """Not even that it was asked long ago."""
        other = self.env["res.company"].sudo().create({"name": "Other"})
        self.manager.sudo().company_ids -= other
        theirs = self.question("Theirs?", ["Yes", "No"], validity_months=1)
        ann = self.prospect("Ann", {"Theirs?": "Yes"})
        ann.profiling_response_ids.sudo().date = "2026-01-01"
        stale = [("profiling_has_stale_answers", "=", True)]
        self.assertIn(ann, ann.search(stale))
        theirs.sudo().company_id = other
        self.assertNotIn(ann, ann.search(stale))
        self.assertIn(ann, ann.sudo().search(stale))


@tagged("post_install", "-at_install")
class TestColumns(ProfilingCase):
    """What other addons keep of an answer is stored, and kept in the history."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.addClassCleanup(cls.registry.reset_changes)
        Model = cls.env["ir.model"].sudo()
        for name in ("crm.profiling.response", "crm.profiling.response.history"):
            for field, kind in (("x_mood", "char"), ("x_calls", "integer")):
                cls.env["ir.model.fields"].sudo().create(
                    {
                        "model_id": Model._get_id(name),
                        "name": field,
                        "field_description": field,
                        "ttype": kind,
                    }
                )

    def test_are_stored(self):
        ann = self.prospect("Ann")
        it, industry = self.choice("Sector?", "IT"), self.choice("Sector?", "Industry")
        Response = self.env["crm.profiling.response"]
        response = Response.create(
            {"partner_id": ann.id, "answer_id": it.id, "x_mood": "Glad", "x_calls": 3}
        )
        self.assertRecordValues(response, [{"x_mood": "Glad", "x_calls": 3}])
        # said again: what nobody says anew stays
        Response._record({ann.id: ({it.id}, set())}, {"x_calls": 4})
        self.assertRecordValues(response, [{"x_mood": "Glad", "x_calls": 4}])
        Response._record({ann.id: ({industry.id}, set())}, {"x_mood": "Sad"})
        self.assertRecordValues(response, [{"x_mood": "Sad", "x_calls": 0}])
        past = self.env["crm.profiling.response.history"].search(
            [("partner_id", "=", ann.id)], order="id"
        )
        self.assertRecordValues(
            past, [{"x_mood": "Glad", "x_calls": 3}, {"x_mood": "Glad", "x_calls": 4}]
        )
        response.unlink()
        last = past.search([("partner_id", "=", ann.id)], order="id desc", limit=1)
        self.assertRecordValues(last, [{"x_mood": "Sad", "end_reason": "taken_back"}])

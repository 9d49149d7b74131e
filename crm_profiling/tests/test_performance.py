"""The number of queries grows neither with profiles, questions nor contacts."""

import logging
from contextlib import contextmanager
from pathlib import Path
from traceback import extract_stack
from unittest.mock import patch

from lxml import etree

from odoo import Command
from odoo.sql_db import Cursor
from odoo.tests import Form, tagged

from .common import ProfilingCase

_logger = logging.getLogger(__name__)


@tagged("post_install", "-at_install")
class TestQueries(ProfilingCase):
    """Each test does the same thing in a small world and in a large one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._forget_catalog()
        # the first of each size is for the caches to warm up
        cls.groups = [cls.contacts(size) for size in (10, 10, 1000)]

    def grow(self, profiles, questions):
        """Add so many profiles, and questions of four answers for them."""
        Question = self.env["crm.profiling.question"]
        start = Question.search_count([])
        Question.create(
            [
                {
                    "name": f"Q{start + number}?",
                    "level": "company" if number % 5 == 0 else "contact",
                    "answer_ids": [Command.create({"name": str(n)}) for n in range(4)],
                }
                for number in range(questions)
            ]
        )
        answers = Question.search([]).answer_ids
        tag = self.tag("Tag")
        self.env["crm.profiling.profile"].create(
            [
                {
                    "name": f"P{number}",
                    "category_id": tag.id,
                    "required_answer_ids": answers[number % len(answers)].ids,
                    "excluded_answer_ids": answers[(number + 1) % len(answers)].ids,
                }
                for number in range(profiles)
            ]
        )

    def answers(self, rank):
        """Return that answer of every question."""
        questions = self.env["crm.profiling.question"].search([])
        return self.env["crm.profiling.answer"].browse(
            question.answer_ids[rank].id for question in questions
        )

    @classmethod
    def contacts(cls, count):
        """Create contacts, in companies of ten: some questions are asked of those."""
        Partner = cls.env["res.partner"]
        companies = Partner.create(
            [{"name": f"Company {n}", "is_company": True} for n in range(count // 10)]
        )
        return Partner.create(
            [
                {"name": f"Contact {n}", "parent_id": companies[n % len(companies)].id}
                for n in range(count)
            ]
        )

    def assertSame(self, few, many):
        """Check that two numbers of queries are the same.

        Give or take what Odoo's own caches hold at the moment; one query a profile,
        a question or a hundred contacts would make a difference of nine at least.
        """
        self.assertAlmostEqual(few, many, delta=4)

    def assertSameQueries(self, measure, grow):
        """Check that a measure is the same before and after the world grows."""
        measure(), measure()  # caches, sequences, first times
        before = measure()
        grow()
        measure()
        self.assertSame(before, measure())

    # One contact

    def test_saving_one_contacts_answers(self):
        """Five queries more than saving anything else of it, whatever there is."""
        self.grow(3, 6)
        contact = self.groups[0][0]
        ranks = iter(range(1000))

        def measure():
            answers = self.answers(next(ranks) % 4)
            commands = [Command.set(answers.ids)]
            return self.count_queries(contact.write, {"profiling_answer_ids": commands})

        def measure_more():
            rank = next(ranks)
            plain = self.count_queries(contact.write, {"comment": f"Note {rank}"})
            return measure() - plain

        self.assertLessEqual(min(measure_more() for _time in range(3)), 5)
        self.assertSameQueries(measure, lambda: self.grow(297, 54))
        self.assertLessEqual(min(measure_more() for _time in range(3)), 5)
        self.assertEqual(len(contact.profiling_answer_ids), 60)

    def test_one_more_answer(self):
        self.grow(3, 6)
        contact = self.groups[0][0]
        ranks = iter(range(1000))

        def measure():
            answer = self.answers(next(ranks) % 4)[1]
            commands = [Command.link(answer.id)]
            return self.count_queries(contact.write, {"profiling_answer_ids": commands})

        self.assertSameQueries(measure, lambda: self.grow(297, 54))

    def test_the_tab(self):
        self.grow(3, 6)
        contact = self.groups[0][0]

        def measure():
            contact.write({"profiling_answer_ids": [Command.set(self.answers(0).ids)]})
            return self.count_queries(
                contact.web_read,
                {
                    "profiling_answer_ids": {"fields": {"display_name": {}}},
                    "profiling_result": {},
                    "profiling_progress": {},
                },
            )

        self.assertSameQueries(measure, lambda: self.grow(297, 54))
        self.assertGreater(len(contact.profiling_result["profiles"]), 290)

    def test_a_step_of_an_interview(self):
        self.grow(3, 6)
        interview = self.env["crm.profiling.interview"]
        contact = self.groups[0][0]
        shown = interview.begin(contact.id)
        interview = interview.browse(shown["id"])
        ranks = iter(range(1000))

        def measure():
            answer = self.answers(next(ranks) % 4)[1]
            return self.count_queries(
                interview.answer, answer.question_id.id, answer.ids
            )

        self.assertSameQueries(measure, lambda: self.grow(297, 94))
        shown = interview.get_screen()
        self.assertEqual(len(shown["questions"]), 100)
        self.assertGreater(len(shown["profiles"]), 290)
        _logger.info("A step of an interview: %s queries", measure())

    def test_the_catalog_of_the_widgets(self):
        self.grow(3, 6)
        get_catalog = self.env["crm.profiling.questionnaire"].get_catalog

        def measure():
            return self.count_queries(get_catalog)

        self.assertSameQueries(measure, lambda: self.grow(0, 54))

    def test_ticking_an_answer_in_the_form(self):
        self.grow(3, 6)
        contact = self.groups[0][0]

        def measure():
            form = Form(contact)
            return self.count_queries(form.profiling_answer_ids.add, self.answers(1)[1])

        self.assertSameQueries(measure, lambda: self.grow(297, 54))

    # Many contacts

    def assertSameForMany(self, prepare):
        """Check that what `prepare` returns needs as much for 10 and 1000 contacts."""
        _first, few, many = (
            self.count_queries(*prepare(contacts)) for contacts in self.groups
        )
        self.assertSame(few, many)

    def test_one_answer_on_many_contacts(self):
        self.grow(20, 6)
        answer = self.answers(1)[1]
        commands = {"profiling_answer_ids": [Command.link(answer.id)]}
        self.assertSameForMany(lambda contacts: (contacts.write, commands))
        for contacts in self.groups:
            self.assertEqual(contacts.profiling_answer_ids, answer)

    def test_all_answers_on_many_contacts(self):
        self.grow(20, 6)
        commands = {"profiling_answer_ids": [Command.set(self.answers(1).ids)]}
        self.assertSameForMany(lambda contacts: (contacts.write, commands))

    def test_a_company_answer_for_a_large_company(self):
        self.grow(20, 6)
        commands = {"profiling_answer_ids": [Command.set(self.answers(1).ids)]}

        def answer(contacts):
            company = self.prospect("ACME", is_company=True)
            contacts.parent_id = company
            return company.write, commands

        self.assertSameForMany(answer)

    def test_evaluating_many_contacts_again(self):
        self.grow(20, 6)
        for contacts in self.groups:
            contacts.profiling_answer_ids = [Command.set(self.answers(1).ids)]
        self.assertSameForMany(lambda contacts: (contacts.write, {"type": "contact"}))

    def test_evaluating_many_contacts_whatever_the_planner_believes(self):
        """With statistics from when tables were small it does not use their indexes."""
        self.grow(20, 6)
        contacts = self.groups[-1]
        contacts.profiling_answer_ids = [Command.set(self.answers(1).ids)]
        self.env.flush_all()
        for kind in ("indexscan", "bitmapscan", "indexonlyscan"):
            self.env.cr.execute(f"SET LOCAL enable_{kind} = off")
        before = self.rows_read()
        contacts._profiling_apply()
        # each table a few times, not each table for each contact
        rows = self.rows_read() - before
        self.assertLess(rows, 50 * self.env["crm.profiling.response"].search_count([]))

    def rows_read(self):
        """Return how many rows this transaction has gone through so far."""
        self.env.cr.execute(
            """SELECT sum(seq_tup_read) + sum(idx_tup_fetch)
                 FROM pg_stat_xact_user_tables"""
        )
        return self.env.cr.fetchone()[0]

    def test_reading_profiles_of_many_contacts(self):
        self.grow(20, 6)
        for contacts in self.groups:
            contacts.profiling_answer_ids = [Command.set(self.answers(0).ids)]
        fields = ["profile_ids", "profiling_answer_ids", "profiling_progress"]
        self.assertSameForMany(lambda contacts: (contacts.read, fields))

    def test_a_profile_changes_for_many_contacts(self):
        self.grow(20, 6)
        answers = self.answers(0)
        late = []

        def change(contacts):
            contacts.profiling_answer_ids = [Command.set(answers.ids)]
            late.append(self.profile(f"Late {len(late)}"))
            vals = {"required_answer_ids": [Command.set(answers[1].ids)]}
            return late[-1].write, vals

        self.assertSameForMany(change)
        for contacts, profile in zip(self.groups, late, strict=True):
            self.assertIn(profile, contacts[-1].profile_ids)

    def test_creating_contacts_with_answers(self):
        self.grow(20, 6)
        Partner = self.env["res.partner"]
        given = [Command.link(answer.id) for answer in self.answers(0)]

        def extra(count):
            """Return what answers add to the queries of creating contacts."""
            plain = [{"name": f"C{n}"} for n in range(count)]
            answering = [{**vals, "profiling_answer_ids": given} for vals in plain]
            return self.count_queries(Partner.create, answering) - self.count_queries(
                Partner.create, plain
            )

        extra(5)
        self.assertSame(extra(5), extra(300))

    def test_counting_members(self):
        self.grow(3, 6)
        self.groups[0].profiling_answer_ids = [Command.set(self.answers(0).ids)]
        Profile = self.env["crm.profiling.profile"]

        def measure():
            profiles = Profile.search([])
            return self.count_queries(
                profiles.read, ["name", "member_count", "criteria_summary"]
            )

        self.assertSameQueries(measure, lambda: self.grow(50, 10))


@tagged("post_install", "-at_install")
class TestCostForOthers(ProfilingCase):
    """What the addon costs those who open contacts for something else.

    Counted are the queries that the addon's fields add to what the web client asks
    for, and those its methods make even where none of its fields is asked for.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.profile("Whoever", {"Sector?": "IT"})
        cls.question("Of the company?", ["Yes", "No"], level="company")
        cls.company = cls.env["res.partner"].create({"name": "Co", "is_company": True})
        cls.person = cls.env["res.partner"].create(
            {"name": "Ann", "parent_id": cls.company.id, "email": "ann@example.com"}
        )
        cls.answered = cls.prospect(
            "Bob",
            {"Sector?": "IT", "Staff?": "2-20", "Of the company?": "Yes"},
            parent_id=cls.company.id,
        )

    def asked(self, view_type="form", user=None):
        """Return contacts as a user sees them, and what a view asks of them."""
        Partner = self.env["res.partner"].with_user(user or self.salesman)
        if view_type == "form":
            spec = dict(Form(Partner)._view["fields_spec"])
            if "profiling_answer_ids" in spec:  # its widget asks for it, too
                spec["profiling_said"] = {}
            return Partner, spec
        arch = Partner.get_view(view_type=view_type)["arch"]
        names = {node.get("name") for node in etree.fromstring(arch).iter("field")}
        fields = Partner._fields
        return Partner, {
            name: {"fields": {"display_name": {}}} if fields[name].relational else {}
            for name in names
        }

    def without_ours(self, model_name, spec):
        """Return a specification less the fields of the addon, at any depth."""
        fields, kept = self.env[model_name]._fields, {}
        for name, part in spec.items():
            if "crm_profiling" in (fields[name]._module or ""):
                continue
            kept[name] = dict(part)
            if below := part.get("fields"):
                comodel_name = fields[name].comodel_name
                kept[name]["fields"] = self.without_ours(comodel_name, below)
        return kept

    def cost(self, call, spec):
        """Return how many queries more a call makes because of the addon."""
        bare = self.without_ours("res.partner", spec)
        call(spec), call(bare)  # caches, first times
        more = self.count_queries(call, spec) - self.count_queries(call, bare)
        with self.watched() as own:
            self.count_queries(call, bare)
        return more + len(own)

    @contextmanager
    def watched(self):
        """Collect the queries made by methods of the addon."""
        own, execute = [], Cursor.execute
        models = f"{Path(__file__).parent.parent / 'models'}/"

        def watch(cursor, query, *args, **kwargs):
            # a method that only hands on makes no query of its own
            if any(
                frame.filename.startswith(models) and "super(" not in (frame.line or "")
                for frame in extract_stack()
            ):
                own.append(query)
            return execute(cursor, query, *args, **kwargs)

        with patch.object(Cursor, "execute", watch):
            yield own

    def test_a_contact_of_a_company(self):
        Partner, spec = self.asked()
        for contact in self.person, self.answered, self.company:
            with self.subTest(contact.name):
                cost = self.cost(Partner.browse(contact.id).web_read, spec)
                # answers, numbers and words, profiles, campaigns; and who is not to be
                # called, with what waits until a conversation is over
                self.assertEqual(cost, 5)

    def test_a_new_contact(self):
        Partner, spec = self.asked()
        cost = self.cost(lambda spec: Partner.onchange({}, [], spec), spec)
        self.assertEqual(cost, 2)

    def test_a_list_of_contacts(self):
        Partner, spec = self.asked("list")
        domain = [("id", "in", (self.person | self.answered | self.company).ids)]
        cost = self.cost(lambda spec: Partner.web_search_read(domain, spec), spec)
        self.assertEqual(cost, 0)

    def test_nothing_for_users_without_sales(self):
        Partner, spec = self.asked(user=self.outsider)
        self.assertEqual(spec, self.without_ours("res.partner", spec))
        contact = Partner.browse(self.answered.id)
        chosen = {"parent_id": self.company.id}
        for call in (
            contact.web_read,
            lambda spec: Partner.onchange({}, [], spec),
            lambda spec: Partner.onchange(chosen, ["parent_id"], spec),
            lambda spec: Partner.web_search_read([("id", "=", contact.id)], spec),
        ):
            self.assertEqual(self.cost(call, spec), 0)

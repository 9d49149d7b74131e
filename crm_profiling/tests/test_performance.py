"""The number of queries grows neither with profiles, questions nor contacts."""

from odoo import Command
from odoo.tests import Form, tagged

from .common import ProfilingCase


@tagged("post_install", "-at_install")
class TestQueries(ProfilingCase):
    """Each test does the same thing in a small world and in a large one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._forget_catalog()

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

    def companies(self, count):
        """Create companies of ten, so that company questions have somebody to ask."""
        Partner = self.env["res.partner"]
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
        self.grow(3, 6)
        contact = self.companies(10)[0]
        ranks = iter(range(1000))

        def measure():
            answers = self.answers(next(ranks) % 4)
            commands = [Command.set(answers.ids)]
            return self.count_queries(
                contact.write, {"profiling_answer_ids": commands}
            )

        self.assertSameQueries(measure, lambda: self.grow(297, 54))
        self.assertEqual(len(contact.profiling_answer_ids), 60)

    def test_one_more_answer(self):
        self.grow(3, 6)
        contact = self.companies(10)[0]
        ranks = iter(range(1000))

        def measure():
            answer = self.answers(next(ranks) % 4)[1]
            commands = [Command.link(answer.id)]
            return self.count_queries(
                contact.write, {"profiling_answer_ids": commands}
            )

        self.assertSameQueries(measure, lambda: self.grow(297, 54))

    def test_the_tab(self):
        self.grow(3, 6)
        contact = self.companies(10)[0]

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

    def test_the_catalog_of_the_widgets(self):
        self.grow(3, 6)
        get_catalog = self.env["crm.profiling.questionnaire"].get_catalog

        def measure():
            return self.count_queries(get_catalog)

        self.assertSameQueries(measure, lambda: self.grow(0, 54))

    def test_ticking_an_answer_in_the_form(self):
        self.grow(3, 6)
        contact = self.companies(10)[0]

        def measure():
            form = Form(contact)
            return self.count_queries(
                form.profiling_answer_ids.add, self.answers(1)[1]
            )

        self.assertSameQueries(measure, lambda: self.grow(297, 54))

    # Many contacts

    def test_one_answer_on_many_contacts(self):
        self.grow(20, 6)
        answer = self.answers(1)[1]
        counts = []
        for count in (10, 10, 1000):
            contacts = self.companies(count)
            commands = {"profiling_answer_ids": [Command.link(answer.id)]}
            counts.append(self.count_queries(contacts.write, commands))
            self.assertEqual(contacts.profiling_answer_ids, answer)
        self.assertSame(counts[1], counts[2])

    def test_a_company_answer_for_a_large_company(self):
        self.grow(20, 6)
        answers = self.answers(1)
        counts = []
        for count in (10, 10, 1000):
            company = self.prospect("ACME", is_company=True)
            self.companies(count).parent_id = company
            commands = {"profiling_answer_ids": [Command.set(answers.ids)]}
            counts.append(self.count_queries(company.write, commands))
        self.assertSame(counts[1], counts[2])

    def test_evaluating_many_contacts_again(self):
        self.grow(20, 6)
        answers = self.answers(1)
        counts = []
        for count in (10, 10, 1000):
            contacts = self.companies(count)
            contacts.profiling_answer_ids = [Command.set(answers.ids)]
            counts.append(self.count_queries(contacts.write, {"type": "contact"}))
        self.assertSame(counts[1], counts[2])

    def test_reading_profiles_of_many_contacts(self):
        self.grow(20, 6)
        contacts = self.companies(100)
        contacts.profiling_answer_ids = [Command.set(self.answers(0).ids)]
        fields = ["profile_ids", "profiling_answer_ids", "profiling_progress"]
        self.count_queries(contacts[:10].read, fields)
        few = self.count_queries(contacts[:10].read, fields)
        many = self.count_queries(contacts.read, fields)
        self.assertSame(few, many)

    def test_a_profile_changes_for_many_contacts(self):
        self.grow(20, 6)
        counts = []
        for count in (10, 10, 1000):
            contacts = self.companies(count)
            contacts.profiling_answer_ids = [Command.set(self.answers(0).ids)]
            profile = self.profile(f"Late {count} {len(counts)}")
            answer = self.answers(0)[1]
            vals = {"required_answer_ids": [Command.set(answer.ids)]}
            counts.append(self.count_queries(profile.write, vals))
            self.assertIn(profile, contacts[-1].profile_ids)
        self.assertSame(counts[1], counts[2])

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
        self.companies(10).profiling_answer_ids = [Command.set(self.answers(0).ids)]
        Profile = self.env["crm.profiling.profile"]

        def measure():
            profiles = Profile.search([])
            return self.count_queries(
                profiles.read, ["name", "member_count", "criteria_summary"]
            )

        self.assertSameQueries(measure, lambda: self.grow(50, 10))

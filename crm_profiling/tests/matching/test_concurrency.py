"""Users, managers and the run at work on one contact at once."""

from contextlib import contextmanager

from odoo.fields import Command
from odoo.tests import tagged

from ..concurrency import ConcurrentCase


@tagged("post_install", "-at_install")
class TestConcurrency(ConcurrentCase):
    def result(self):
        """Return the tags of the contact, and how its memberships came to be."""
        with self.transaction() as env:
            ann = env["res.partner"].browse(self.ann)
            return (
                ann.category_id.mapped("name"),
                ann.profiling_membership_ids.mapped(
                    lambda m: (m.state, bool(m.category_id))
                ),
            )

    def answers(self):
        with self.transaction() as env:
            return env["res.partner"].browse(self.ann).profiling_answer_ids.ids

    def profile(self, env):
        return env["crm.profiling.profile"].browse(self.ids["profile"])

    def test_two_users_answer_one_contact(self):
        """Each alone sees one answer of two: together they match."""
        self.overtaken(
            lambda late: self.answer(late, self.second),
            lambda early: self.answer(early, self.first),
        )
        self.assertEqual(self.result(), (["Concurrent"], [("matched", True)]))

    def test_two_users_give_two_answers_to_one_question(self):
        with self.transaction() as env:
            question = env["crm.profiling.question"].browse(self.ids["questions"][0])
            [no] = set(question.answer_ids.ids) - {self.first}
        self.overtaken(
            lambda late: self.hear(late, no),
            lambda early: self.hear(early, self.first),
        )
        self.assertEqual(self.answers(), [no])

    def test_two_users_give_the_same_answer(self):
        """No contradiction: the second one finds it given, and goes on."""
        self.overtaken(
            lambda late: self.hear(late, self.first),
            lambda early: self.hear(early, self.first),
        )
        self.assertEqual(self.answers(), [self.first])

    def activate(self, env):
        """Have everybody brought in line with the profile, as the run does."""
        self.profile(env).active = True

    def archive_the_profile(self):
        """Have Ann answer both, with the profile to come."""
        with self.transaction() as env:
            self.profile(env).active = False
            self.answer(env, self.first)
            self.answer(env, self.second)

    def test_a_user_tags_while_the_run_is_on(self):
        """The tag is the user's, though the run was about to give it."""

        def tag(env):
            ann = env["res.partner"].browse(self.ann)
            ann.category_id = [Command.link(self.ids["tag"])]

        self.archive_the_profile()
        self.overtaken(self.activate, tag)
        self.assertEqual(self.result(), (["Concurrent"], [("matched", False)]))

    def test_a_contact_is_answered_while_the_run_is_on(self):
        """The run must not go by the answers of before."""

        def take_back(env):
            env["res.partner"].browse(self.ann).profiling_answer_ids = False

        self.archive_the_profile()
        self.overtaken(self.activate, take_back)
        self.assertEqual(self.result(), ([], []))

    def test_a_contact_goes_while_the_run_is_on(self):
        self.archive_the_profile()
        self.overtaken(self.activate, lambda user: self.delete(user, self.ann))
        with self.transaction() as env:
            self.assertFalse(self.profile(env).membership_ids)
            self.assertTrue(self.profile(env).active)

    def test_who_evaluates_by_an_old_catalog_begins_again(self):
        """A profile is changed between a user's first look and the user's answer."""

        def ask_for(env, *answer_ids):
            self.profile(env).required_answer_ids = [Command.set(answer_ids)]

        self.overtaken(
            lambda user: self.answer(user, self.first),
            lambda manager: ask_for(manager, self.first),
        )
        self.assertEqual(self.result(), (["Concurrent"], [("matched", True)]))
        with self.transaction() as env:
            ask_for(env, self.first, self.second)
        self.assertEqual(self.result(), ([], []))

    @contextmanager
    def asked_of_companies(self):
        """Have the first question asked of companies meanwhile; give a company."""
        with self.transaction() as env:
            question = env["crm.profiling.question"].browse(self.ids["questions"][0])
            question.level = "company"
            self.profile(env).required_answer_ids = [Command.set([self.first])]
            acme = env["res.partner"].create({"name": "ACME", "is_company": True}).id
        try:
            yield acme
        finally:
            self.clean(self.ann)
            self.clean(acme)
            self.ask_contacts_again()

    def ask_contacts_again(self):
        with self.transaction() as env:
            question = env["crm.profiling.question"].browse(self.ids["questions"][0])
            question.level = "contact"
            self.profile(env).required_answer_ids = [Command.set(self.ids["yes"])]

    def company_answers(self, env, acme):
        env["res.partner"].browse(acme).write(
            {"profiling_answer_ids": [Command.link(self.first)]}
        )

    def contact_comes(self, env, acme):
        env["res.partner"].browse(self.ann).parent_id = acme

    def test_a_contact_comes_to_a_company_that_has_answered(self):
        with self.asked_of_companies() as acme:
            self.overtaken(
                lambda late: self.contact_comes(late, acme),
                lambda early: self.company_answers(early, acme),
            )
            self.assertEqual(self.result(), (["Concurrent"], [("matched", True)]))

    def test_a_company_answers_that_a_contact_has_come_to(self):
        with self.asked_of_companies() as acme:
            self.overtaken(
                lambda late: self.company_answers(late, acme),
                lambda early: self.contact_comes(early, acme),
            )
            self.assertEqual(self.result(), (["Concurrent"], [("matched", True)]))

"""Two transactions at once, on real cursors: what is committed stays until the end."""

from contextlib import contextmanager

from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api
from odoo.fields import Command
from odoo.sql_db import db_connect
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestConcurrency(BaseCase):
    """Whoever comes second fails, and does it again with what the first one did.

    Odoo tries a request or a job again after a serialization failure. So it is enough
    that the second transaction fails instead of deciding by what it saw before.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.transaction() as env:
            cls.ids = cls.create_data(env)
        cls.addClassCleanup(cls.delete_data)

    @classmethod
    @contextmanager
    def transaction(cls):
        """Open a transaction of its own, committed at the end."""
        with db_connect(get_db_name()).cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            yield env
            env.flush_all()

    @classmethod
    def create_data(cls, env):
        questions = env["crm.profiling.question"].create(
            [
                {
                    "name": f"Concurrent {name}?",
                    "answer_ids": [
                        Command.create({"name": "Yes"}),
                        Command.create({"name": "No"}),
                    ],
                }
                for name in ("first", "second")
            ]
        )
        yes = questions.answer_ids.filtered(lambda answer: answer.name == "Yes")
        tag = env["res.partner.category"].create({"name": "Concurrent"})
        profile = env["crm.profiling.profile"].create(
            {
                "name": "Concurrent",
                "category_id": tag.id,
                "required_answer_ids": [Command.set(yes.ids)],
            }
        )
        return {
            "questions": questions.ids,
            "yes": yes.ids,
            "tag": tag.id,
            "profile": profile.id,
        }

    @classmethod
    def delete_data(cls):
        with cls.transaction() as env:
            env["crm.profiling.profile"].browse(cls.ids["profile"]).unlink()
            env["crm.profiling.run"].search([("state", "!=", "done")]).unlink()
            env["crm.profiling.question"].browse(cls.ids["questions"]).unlink()
            env["res.partner.category"].browse(cls.ids["tag"]).unlink()

    def setUp(self):
        super().setUp()
        self.first, self.second = self.ids["yes"]
        with self.transaction() as env:
            self.ann = env["res.partner"].create({"name": "Ann"}).id
        self.addCleanup(self.delete_ann)

    def delete_ann(self):
        with self.transaction() as env:
            env["res.partner"].browse(self.ann).exists().unlink()

    def answer(self, env, answer_id):
        env["res.partner"].browse(self.ann).write(
            {"profiling_answer_ids": [Command.link(answer_id)]}
        )
        env.flush_all()

    def snapshot(self, env):
        """Make the transaction see the database as it is now, and no later."""
        env.cr.execute("SELECT 1")

    @contextmanager
    def refused(self):
        """Expect that a transaction cannot go on, so that Odoo begins it again."""
        with mute_logger("odoo.sql_db"), self.assertRaises(SerializationFailure):
            yield

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

    def test_two_users_answer_one_contact(self):
        """Each alone sees one answer of two: together they match."""
        with self.transaction() as late:
            self.snapshot(late)
            with self.transaction() as early:
                self.answer(early, self.first)
            with self.refused():
                self.answer(late, self.second)
            late.cr.rollback()
            late.invalidate_all()
            self.answer(late, self.second)
        self.assertEqual(self.result(), (["Concurrent"], [("matched", True)]))

    def test_two_users_give_two_answers_to_one_question(self):
        with self.transaction() as env:
            no = (
                env["crm.profiling.question"]
                .browse(self.ids["questions"][0])
                .answer_ids.filtered(lambda answer: answer.name == "No")
                .id
            )
        with self.transaction() as late:
            self.snapshot(late)
            with self.transaction() as early:
                self.answer(early, self.first)
            with self.refused():
                self.answer(late, no)
            late.cr.rollback()
            late.invalidate_all()
            self.answer(late, no)
        with self.transaction() as env:
            ann = env["res.partner"].browse(self.ann)
            self.assertEqual(ann.profiling_answer_ids.ids, [no])

    def test_two_users_give_the_same_answer(self):
        """No contradiction: the second one finds it given, and goes on."""
        with self.transaction() as late:
            self.snapshot(late)
            with self.transaction() as early:
                self.answer(early, self.first)
            with self.refused():
                self.answer(late, self.first)
            late.cr.rollback()
            late.invalidate_all()
            self.answer(late, self.first)
        with self.transaction() as env:
            ann = env["res.partner"].browse(self.ann)
            self.assertEqual(ann.profiling_answer_ids.ids, [self.first])

    def test_a_user_tags_while_the_run_is_on(self):
        """The tag is the user's, though the run was about to give it."""
        with self.transaction() as env:
            self.answer(env, self.first)
            env["crm.profiling.profile"].browse(self.ids["profile"]).active = False
            self.answer(env, self.second)
        with self.transaction() as run:
            profile = run["crm.profiling.profile"].browse(self.ids["profile"])
            self.snapshot(run)
            with self.transaction() as user:
                user["res.partner"].browse(self.ann).category_id = [
                    Command.link(self.ids["tag"])
                ]
            with self.refused():
                profile.active = True
                run.flush_all()
            run.cr.rollback()
            run.invalidate_all()
            profile.active = True
        self.assertEqual(self.result(), (["Concurrent"], [("matched", False)]))

    def test_a_contact_is_answered_while_the_run_is_on(self):
        """The run must not go by the answers of before."""
        with self.transaction() as env:
            profile = env["crm.profiling.profile"].browse(self.ids["profile"])
            profile.active = False
            self.answer(env, self.first)
            self.answer(env, self.second)
        with self.transaction() as run:
            self.snapshot(run)
            with self.transaction() as user:
                user["res.partner"].browse(self.ann).profiling_answer_ids = False
            with self.refused():
                run["crm.profiling.profile"].browse(self.ids["profile"]).active = True
                run.flush_all()
            run.cr.rollback()
            run.invalidate_all()
            run["crm.profiling.profile"].browse(self.ids["profile"]).active = True
        self.assertEqual(self.result(), ([], []))

    def test_a_contact_goes_while_the_run_is_on(self):
        with self.transaction() as env:
            env["crm.profiling.profile"].browse(self.ids["profile"]).active = False
            self.answer(env, self.first)
            self.answer(env, self.second)
        with self.transaction() as run:
            self.snapshot(run)
            with self.transaction() as user:
                user["res.partner"].browse(self.ann).unlink()
            with self.refused():
                run["crm.profiling.profile"].browse(self.ids["profile"]).active = True
                run.flush_all()
            run.cr.rollback()
            run.invalidate_all()
            run["crm.profiling.profile"].browse(self.ids["profile"]).active = True

    def test_who_evaluates_by_an_old_catalog_begins_again(self):
        """A profile is changed between a user's first look and the user's answer."""
        with self.transaction() as late:
            self.snapshot(late)
            with self.transaction() as manager:
                profile = manager["crm.profiling.profile"].browse(self.ids["profile"])
                profile.required_answer_ids = [Command.unlink(self.second)]
            with self.refused():
                self.answer(late, self.first)
            late.cr.rollback()
            late.invalidate_all()
            self.answer(late, self.first)
        self.assertEqual(self.result(), (["Concurrent"], [("matched", True)]))
        with self.transaction() as manager:
            profile = manager["crm.profiling.profile"].browse(self.ids["profile"])
            profile.required_answer_ids = [Command.link(self.second)]
        self.assertEqual(self.result(), ([], []))

    @contextmanager
    def asked_of_companies(self):
        """Have the first question asked of companies meanwhile; give a company."""
        with self.transaction() as env:
            question = env["crm.profiling.question"].browse(self.ids["questions"][0])
            question.level = "company"
            profile = env["crm.profiling.profile"].browse(self.ids["profile"])
            profile.required_answer_ids = [Command.set([self.first])]
            acme = env["res.partner"].create({"name": "ACME", "is_company": True}).id
        yield acme
        with self.transaction() as env:
            env["res.partner"].browse(self.ann).unlink()
            env["res.partner"].browse(acme).unlink()
            question = env["crm.profiling.question"].browse(self.ids["questions"][0])
            question.level = "contact"
            profile = env["crm.profiling.profile"].browse(self.ids["profile"])
            profile.required_answer_ids = [Command.set(self.ids["yes"])]

    def test_a_contact_comes_to_a_company_that_answers(self):
        """Whichever is first, the contact knows what the company said."""

        def answer(env, acme):
            env["res.partner"].browse(acme).write(
                {"profiling_answer_ids": [Command.link(self.first)]}
            )

        def move(env, acme):
            env["res.partner"].browse(self.ann).parent_id = acme

        for first, second in ((answer, move), (move, answer)):
            with self.subTest(first=first.__name__), self.asked_of_companies() as acme:
                with self.transaction() as late:
                    self.snapshot(late)
                    with self.transaction() as early:
                        first(early, acme)
                    with self.refused():
                        second(late, acme)
                        late.flush_all()
                    late.cr.rollback()
                    late.invalidate_all()
                    second(late, acme)
                self.assertEqual(self.result(), (["Concurrent"], [("matched", True)]))
            self.setUp()


@tagged("post_install", "-at_install")
class TestCallList(TestConcurrency):
    """Two users call through one list and never get the same prospect."""

    def setUp(self):
        super().setUp()
        with self.transaction() as env:
            groups = env.ref("sales_team.group_sale_salesman")
            self.users = [
                env["res.users"]
                .with_context(no_reset_password=True)
                .create(
                    {
                        "name": name,
                        "login": f"concurrent_{name}",
                        "group_ids": [Command.set(groups.ids)],
                    }
                )
                .id
                for name in ("sam", "cora")
            ]
            self.partners = (
                env["res.partner"]
                .create([{"name": f"Concurrent {number}"} for number in range(3)])
                .ids
            )
            queue = env["crm.profiling.queue"]._create_for(
                env["res.partner"].browse(self.partners)
            )
            self.queue = queue.id
        self.addCleanup(self.delete_list)

    def delete_list(self):
        with self.transaction() as env:
            env["crm.profiling.queue"].browse(self.queue).unlink()
            env["res.partner"].browse(self.partners).unlink()
            users = env["res.users"].browse(self.users)
            partners = users.partner_id
            users.unlink()
            partners.unlink()

    def next(self, env, user):
        """Go to the next prospect of the list, and return its id."""
        # rather than wait for what the other one of these two holds, for ever
        env.cr.execute("SET LOCAL lock_timeout = '1s'")
        Interview = env(user=self.users[user])["crm.profiling.interview"]
        shown = Interview.begin(queue_id=self.queue)
        env.flush_all()
        return shown["partner"]["id"]

    def test_both_look_at_the_same_moment(self):
        """The second one does not wait, and goes to the next prospect."""
        with self.transaction() as sam, self.transaction() as cora:
            self.snapshot(sam), self.snapshot(cora)
            got = [self.next(sam, 0), self.next(cora, 1)]
        self.assertEqual(got, self.partners[:2])

    def test_one_looked_before_the_other_took(self):
        """The second one fails, looks again, and finds the first prospect taken."""
        with self.transaction() as late:
            self.snapshot(late)
            with self.transaction() as early:
                self.assertEqual(self.next(early, 0), self.partners[0])
            with self.refused():
                self.next(late, 1)
            late.cr.rollback()
            late.invalidate_all()
            self.assertEqual(self.next(late, 1), self.partners[1])

    def test_each_prospect_once(self):
        for turn in range(3):
            with self.transaction() as env:
                self.assertEqual(self.next(env, turn % 2), self.partners[turn])
                user = self.users[turn % 2]
                env["crm.profiling.interview"].search(
                    [("user_id", "=", user), ("state", "=", "ongoing")]
                ).finish()

    def test_a_double_click_on_finish(self):
        """The second request fails, is tried again, and posts nothing more."""
        with self.transaction() as env:
            self.next(env, 0)
            interview = env["crm.profiling.interview"].search(
                [("partner_id", "=", self.partners[0])]
            )
            interview_id = interview.id
        with self.transaction() as late:
            self.snapshot(late)
            with self.transaction() as early:
                early["crm.profiling.interview"].browse(interview_id).finish()
            with self.refused():
                late["crm.profiling.interview"].browse(interview_id).finish()
                late.flush_all()
            late.cr.rollback()
            late.invalidate_all()
            late["crm.profiling.interview"].browse(interview_id).finish()
        with self.transaction() as env:
            messages = env["res.partner"].browse(self.partners[0]).message_ids
            self.assertEqual(
                len(messages.filtered(lambda m: "Interviewed" in m.body)), 1
            )

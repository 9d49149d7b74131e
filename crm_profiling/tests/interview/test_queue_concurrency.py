"""Call lists on real cursors: nobody is called twice, whoever else is calling."""

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..concurrency import ConcurrentCase


@tagged("post_install", "-at_install")
class TestCallList(ConcurrentCase):
    """Two users call through one list and never get the same prospect."""

    def setUp(self):
        super().setUp()
        with self.transaction() as env:
            self.sam, self.cora = (self.user(env, name).id for name in ("sam", "cora"))
            prospects = env["res.partner"].create(
                [{"name": f"Concurrent {number}"} for number in range(3)]
            )
            self.prospects = prospects.ids
            self.queue = env["crm.profiling.queue"]._create_for(prospects).id
        self.addCleanup(self.delete_list)

    def user(self, env, name):
        groups = env.ref("sales_team.group_sale_salesman")
        Users = env["res.users"].with_context(no_reset_password=True)
        return Users.create(
            {
                "name": name,
                "login": f"concurrent_{name}",
                "group_ids": [Command.set(groups.ids)],
            }
        )

    def delete_list(self):
        with self.transaction() as env:
            env["crm.profiling.queue"].browse(self.queue).unlink()
            users = env["res.users"].browse([self.sam, self.cora])
            partners = users.partner_id
            users.unlink()
            self.delete(env, *partners.ids, *self.prospects)

    def begin(self, env, user_id, **what):
        """Have a user go to the next prospect, or another; return the prospect's id."""
        Interview = env(user=user_id)["crm.profiling.interview"]
        shown = Interview.begin(queue_id=self.queue, **what)
        env.flush_all()
        return shown["partner"]["id"]

    def ongoing(self, env, user_id):
        """Return the interview that a user is at."""
        Interview = env(user=user_id)["crm.profiling.interview"]
        return Interview.search([("user_id", "=", user_id), ("state", "=", "ongoing")])

    def test_both_look_at_the_same_moment(self):
        """The second one does not wait, and goes to the next prospect."""
        with self.transaction() as sam, self.transaction() as cora:
            self.snapshot(sam), self.snapshot(cora)
            got = [self.begin(sam, self.sam), self.begin(cora, self.cora)]
        self.assertEqual(got, self.prospects[:2])

    def test_one_looked_before_the_other_took(self):
        """The second one fails, looks again, and finds the first prospect taken."""
        got = self.overtaken(
            lambda late: self.begin(late, self.cora),
            lambda early: self.begin(early, self.sam),
        )
        self.assertEqual(got, self.prospects[1])
        with self.transaction() as env:
            self.assertEqual(
                self.ongoing(env, self.sam).partner_id.ids, self.prospects[:1]
            )

    def test_both_choose_the_same_prospect(self):
        """The second one does not wait, and is told that a colleague calls them."""
        [_first, chosen, _last] = self.prospects
        with self.transaction() as sam, self.transaction() as cora:
            self.snapshot(sam), self.snapshot(cora)
            self.begin(sam, self.sam, partner_id=chosen)
            with self.assertRaisesRegex(UserError, "Concurrent 1.*a colleague"):
                self.begin(cora, self.cora, partner_id=chosen)

    def test_one_chose_a_prospect_before_the_other_took_them(self):
        [_first, chosen, _last] = self.prospects
        with self.assertRaisesRegex(UserError, "Concurrent 1.*sam"):
            self.overtaken(
                lambda late: self.begin(late, self.cora, partner_id=chosen),
                lambda early: self.begin(early, self.sam, partner_id=chosen),
            )

    def test_each_prospect_once(self):
        for turn, user in enumerate((self.sam, self.cora, self.sam)):
            with self.transaction() as env:
                self.assertEqual(self.begin(env, user), self.prospects[turn])
                self.ongoing(env, user).finish()

    def test_a_double_click_on_finish(self):
        """The second request fails, is tried again, and plans nothing more."""
        with self.transaction() as env:
            self.begin(env, self.sam)
            interview_id = self.ongoing(env, self.sam).id

        def finish(env):
            interview = env(user=self.sam)["crm.profiling.interview"]
            call = env.ref("mail.mail_activity_data_call")
            interview.browse(interview_id).finish(
                activity={
                    "activity_type_id": call.id,
                    "date_deadline": fields.Date.today(),
                    "summary": "Make an offer",
                    "user_id": self.sam,
                }
            )

        self.overtaken(finish, finish)
        with self.transaction() as env:
            prospect = env["res.partner"].browse(self.prospects[0])
            told = prospect.message_ids.filtered(lambda m: "Interviewed" in m.body)
            self.assertEqual((len(told), len(prospect.activity_ids)), (1, 1))

    def test_a_double_click_on_not_reached(self):
        """It counts once, and the second request goes on to where the first one did."""
        with self.transaction() as env:
            self.begin(env, self.sam)
            interview = self.ongoing(env, self.sam)
            interview_id, line_id = interview.id, interview.queue_line_id.id
            interview.answer(self.ids["questions"][0], [self.first])

        def leave(env):
            interview = env(user=self.sam)["crm.profiling.interview"]
            return interview.browse(interview_id).skip_prospect()["partner"]["id"]

        self.assertEqual(self.overtaken(leave, leave), self.prospects[1])
        with self.transaction() as env:
            line = env["crm.profiling.queue.line"].browse(line_id)
            self.assertEqual((line.state, line.attempts), ("waiting", 1))

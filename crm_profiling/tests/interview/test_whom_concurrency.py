"""Call next, on real cursors: two callers never get the same contact."""

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from ..concurrency import ConcurrentCase


@tagged("post_install", "-at_install")
class TestCallNext(ConcurrentCase):
    """Each contact is in two call lists, one for each of two callers."""

    def setUp(self):
        super().setUp()
        with self.transaction() as env:
            self.sam, self.cora = (self.user(env, name).id for name in ("sam", "cora"))
            prospects = env["res.partner"].create(
                [
                    {"name": f"Concurrent {n}", "phone": f"+3247088888{n}"}
                    for n in range(2)
                ]
            )
            self.prospects = prospects.ids
            Queue = env["crm.profiling.queue"]
            queues = Queue.concat(*(Queue._create_for(prospects) for _caller in "ab"))
            for queue, user_id in zip(queues, (self.sam, self.cora), strict=True):
                queue.user_ids = [Command.set([user_id])]
            queues.priority = "3"
            self.queues = queues.ids
        self.addCleanup(self.delete_lists)

    def user(self, env, name):
        groups = env.ref("sales_team.group_sale_salesman")
        Users = env["res.users"].with_context(no_reset_password=True)
        return Users.create(
            {
                "name": name,
                "login": f"concurrent_next_{name}",
                "group_ids": [Command.set(groups.ids)],
            }
        )

    def delete_lists(self):
        with self.transaction() as env:
            env["crm.profiling.queue"].browse(self.queues).unlink()
            env["mail.activity"].search(
                [("user_id", "in", [self.sam, self.cora])]
            ).unlink()
            users = env["res.users"].browse([self.sam, self.cora])
            partners = users.partner_id
            users.unlink()
            self.delete(env, *partners.ids, *self.prospects)
            env["crm.profiling.turn"].search([("name", "=like", "call %")]).unlink()

    def call(self, env, user_id):
        """Have a user call next; return the contact's id."""
        shown = env(user=user_id)["crm.profiling.interview"].begin_next()
        env.flush_all()
        return not shown.get("finished") and shown["partner"]["id"]

    def test_both_look_at_the_same_moment(self):
        """The second one does not wait, and gets somebody else from another list."""
        with self.transaction() as sam, self.transaction() as cora:
            self.snapshot(sam), self.snapshot(cora)
            got = [self.call(sam, self.sam), self.call(cora, self.cora)]
        self.assertEqual(got, self.prospects)

    def test_one_looked_before_the_other_took(self):
        """The second one fails, looks again, and finds the first contact taken."""
        got = self.overtaken(
            lambda late: self.call(late, self.cora),
            lambda early: self.call(early, self.sam),
        )
        self.assertEqual(got, self.prospects[1])

    def test_a_callback_and_a_list(self):
        """Sam's callback to a contact that is the first of Cora's list, too."""
        with self.transaction() as env:
            env["crm.profiling.queue"].browse(self.queues[0]).active = False
            env["res.partner"].browse(self.prospects[0]).activity_schedule(
                "mail.mail_activity_data_call",
                fields.Date.today(),
                user_id=self.sam,
            )
        got = self.overtaken(
            lambda late: self.call(late, self.cora),
            lambda early: self.call(early, self.sam),
        )
        self.assertEqual(got, self.prospects[1])

    def test_nobody_is_left_for_the_third(self):
        with self.transaction() as env:
            got = [self.call(env, self.sam), self.call(env, self.cora)]
        self.assertEqual(got, self.prospects)
        with self.transaction() as env:
            self.assertEqual(self.call(env, self.sam), self.prospects[0])  # again
            env(user=self.sam)["crm.profiling.interview"].search(
                [("user_id", "=", self.sam), ("state", "=", "ongoing")]
            ).finish()
            self.assertFalse(self.call(env, self.sam))

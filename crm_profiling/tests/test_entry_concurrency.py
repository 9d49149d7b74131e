"""Entries on real cursors: each is acted on once, whoever else is at work."""

from odoo.tests import tagged

from .test_concurrency import TestConcurrency


@tagged("post_install", "-at_install")
class TestEntryConcurrency(TestConcurrency):
    @classmethod
    def create_data(cls, env):
        ids = super().create_data(env)
        template = env["mail.template"].create(
            {
                "name": "Concurrent",
                "model_id": env["ir.model"]._get_id("res.partner"),
                "subject": "Dear {{ object.name }}",
                "body_html": "<p>Come to our seminar</p>",
                "use_default_to": True,
            }
        )
        env["crm.profiling.profile"].browse(ids["profile"]).write(
            {
                "mail_template_id": template.id,
                "entry_send_mail": True,
                "entry_activity_type_id": env.ref("mail.mail_activity_data_call").id,
            }
        )
        return {**ids, "template": template.id}

    @classmethod
    def delete_data(cls):  # pylint: disable=missing-return
        super().delete_data()
        with cls.transaction() as env:
            env["mail.template"].browse(cls.ids["template"]).unlink()

    def setUp(self):
        super().setUp()
        with self.transaction() as env:
            env["res.partner"].browse(self.ann).email = "ann@example.com"
        self.addCleanup(self.delete_mails)

    def mails(self, env):
        about_ann = [("model", "=", "res.partner"), ("res_id", "=", self.ann)]
        return env["mail.mail"].search(about_ann)

    def delete_mails(self):
        with self.transaction() as env:
            self.mails(env).unlink()

    def assertActedOnce(self):
        with self.transaction() as env:
            ann = env["res.partner"].browse(self.ann)
            self.assertEqual(self.mails(env).mapped("state"), ["outgoing"])
            self.assertEqual(len(ann.activity_ids), 1)
            notes = ann.message_ids.filtered(lambda m: "Entered the profile" in m.body)
            self.assertEqual(len(notes), 1)

    def test_two_users_complete_a_profile_at_once(self):
        """The second one does it again, and finds the contact has entered."""
        with self.transaction() as env:
            self.answer(env, self.first)
        with self.transaction() as late:
            self.snapshot(late)
            with self.transaction() as early:
                self.answer(early, self.second)
            with self.refused():
                self.answer(late, self.second)
            late.cr.rollback()
            late.invalidate_all()
            self.answer(late, self.second)
        self.assertActedOnce()

    def test_two_users_each_know_one_half(self):
        with self.transaction() as late:
            self.snapshot(late)
            with self.transaction() as early:
                self.answer(early, self.first)
            with self.refused():
                self.answer(late, self.second)
            late.cr.rollback()
            late.invalidate_all()
            self.answer(late, self.second)
        self.assertActedOnce()

    def test_what_is_rolled_back_leaves_nothing(self):
        with self.transaction() as env:
            self.answer(env, self.first)
        with self.transaction() as env:
            self.answer(env, self.second)
            env.cr.rollback()
            env.invalidate_all()
        with self.transaction() as env:
            self.assertFalse(self.mails(env))
            self.assertFalse(env["res.partner"].browse(self.ann).activity_ids)

    def test_two_contacts_enter_at_once(self):
        """Neither waits for the other, nor fails."""
        with self.transaction() as env:
            bob = env["res.partner"].create({"name": "Bob"}).id
        self.addCleanup(self.delete, bob)
        with self.transaction() as one, self.transaction() as other:
            self.snapshot(one)
            self.snapshot(other)
            self.answer(one, self.first)
            self.answer(one, self.second)
            answers = one["crm.profiling.answer"].browse(self.ids["yes"]).ids
            other["res.partner"].browse(bob).profiling_answer_ids = answers
        self.assertActedOnce()
        with self.transaction() as env:
            self.assertEqual(len(env["res.partner"].browse(bob).activity_ids), 1)

    def delete(self, partner_id):
        with self.transaction() as env:
            env["res.partner"].browse(partner_id).unlink()

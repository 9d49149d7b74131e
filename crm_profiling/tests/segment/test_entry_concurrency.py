"""Entries on real cursors: each is acted on once, whoever else is at work."""

from odoo import SUPERUSER_ID
from odoo.fields import Command
from odoo.tests import tagged

from ..concurrency import ConcurrentCase


@tagged("post_install", "-at_install")
class TestEntryConcurrency(ConcurrentCase):
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
        question = env["crm.profiling.question"].browse(ids["questions"][1])
        env["crm.profiling.profile"].browse(ids["profile"]).write(
            {
                # whatever the second answer is
                "required_answer_ids": [
                    Command.link(answer) for answer in question.answer_ids.ids
                ],
                "mail_template_id": template.id,
                "entry_send_mail": True,
                "entry_activity_type_id": env.ref("mail.mail_activity_data_call").id,
                "entry_priority": "2",
            }
        )
        [no] = set(question.answer_ids.ids) - set(ids["yes"])
        return {**ids, "template": template.id, "no": no}

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
            job = env.ref("crm_profiling.ir_cron_release")
            env["ir.cron.trigger"].search([("cron_id", "=", job.id)]).unlink()

    def assertActedOnce(self):
        with self.transaction() as env:
            ann = env["res.partner"].browse(self.ann)
            self.assertEqual(self.mails(env).mapped("state"), ["outgoing"])
            self.assertEqual(len(ann.activity_ids), 1)
            self.assertEqual(ann.profiling_priority, "2")
            notes = ann.message_ids.filtered(lambda m: "Entered the profile" in m.body)
            self.assertEqual(len(notes), 1)
            self.assertFalse(
                env["crm.profiling.profile"].browse(self.ids["profile"]).entry_error
            )

    def test_two_users_complete_a_profile_at_once(self):
        """The second one does it again, and finds the contact has entered."""
        with self.transaction() as env:
            self.answer(env, self.first)
        self.overtaken(
            lambda late: self.answer(late, self.ids["no"]),
            lambda early: self.answer(early, self.second),
        )
        self.assertActedOnce()

    def test_two_users_each_know_one_half(self):
        self.overtaken(
            lambda late: self.hear(late, self.second),
            lambda early: self.hear(early, self.first),
        )
        self.assertActedOnce()

    def test_a_contact_is_changed_who_enters(self):
        """That the priority cannot be written now is no failure of the profile's."""
        self.overtaken(
            lambda late: self.hear(late, self.first, self.second),
            lambda early: early["res.partner"]
            .browse(self.ann)
            .write({"phone": "+1 555 0100"}),
        )
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
        self.addCleanup(self.clean, bob)
        with self.transaction() as one, self.transaction() as other:
            self.snapshot(one), self.snapshot(other)
            self.answer(one, self.first)
            self.answer(one, self.second)
            other["res.partner"].browse(bob).profiling_answer_ids = self.ids["yes"]
        self.assertActedOnce()
        with self.transaction() as env:
            self.assertEqual(len(env["res.partner"].browse(bob).activity_ids), 1)

    def test_two_servers_act_on_those_who_are_in_already(self):
        """What one is at the other leaves to it, and does not wait."""
        with self.transaction() as env:
            ann = env["res.partner"].browse(self.ann)
            ann._profiling_quietly().profiling_answer_ids = self.ids["yes"]
            ann.profiling_membership_ids.to_act = True
        with self.transaction() as one:
            at_work = one["crm.profiling.membership"].search([("to_act", "=", True)])
            self.assertTrue(at_work.try_lock_for_update())
            with self.transaction() as other:
                other["crm.profiling.entry"]._cron_act()
                self.assertFalse(self.mails(other))
        for _time in range(2):
            with self.transaction() as env:
                env["crm.profiling.entry"]._cron_act()
        self.assertActedOnce()

    def acting(self, env):
        """Return whether the profile acts, by what a transaction sees."""
        Profile, version = (
            env["crm.profiling.profile"],
            env["crm.profiling.catalog"]._version(),
        )
        return self.ids["profile"] in Profile._acting_ids(version)

    def test_each_goes_by_what_it_sees(self):
        """What one server has learned is not what another one still acts by."""
        with self.transaction() as env:
            profile = env["crm.profiling.profile"].browse(self.ids["profile"])
            told = profile.read(profile._entry_fields(), load=None)[0]
        doing_nothing = {
            name: value if name == "mail_template_id" else False
            for name, value in told.items()
            if name.startswith("entry_") and profile._fields[name].type != "selection"
        }
        doing_nothing["entry_priority"] = "0"
        del told["id"]

        def write(vals):
            with self.transaction() as env:
                env["crm.profiling.profile"].browse(self.ids["profile"]).write(vals)
                env.flush_all()
                return self.acting(env)

        self.addCleanup(write, told)
        with self.transaction() as late:
            self.assertTrue(self.acting(late))
            self.assertFalse(write(doing_nothing))
            late.invalidate_all()
            self.assertTrue(self.acting(late))  # as long as its snapshot lasts
        with self.transaction() as env:
            self.assertFalse(self.acting(env))
            env["crm.profiling.profile"].browse(self.ids["profile"]).write(told)
            env.flush_all()
            self.assertTrue(self.acting(env))
            env.cr.rollback()
            env.invalidate_all()
            self.assertFalse(self.acting(env))

    # Conversations

    def begin(self, env, user_id):
        """Return the id of an interview with Ann that a user begins."""
        Interview = env["crm.profiling.interview"].with_user(user_id)
        return Interview.begin(partner_id=self.ann)["id"]

    def interview(self, env, id_):
        interview = env["crm.profiling.interview"].browse(id_)
        return interview.with_user(interview.user_id)

    def enter_in_talk(self, *user_ids):
        """Have Ann enter while some users talk to her; return their interviews."""
        with self.transaction() as env:
            ids = [self.begin(env, user_id) for user_id in user_ids]
            env["res.partner"].browse(self.ann).profiling_answer_ids = self.ids["yes"]
        with self.transaction() as env:
            self.assertFalse(self.mails(env))
        return ids

    def admin_id(self):
        with self.transaction() as env:
            return env.ref("base.user_admin").id

    def test_two_conversations_end_at_once(self):
        """Neither leaves it to the other."""
        one, other = self.enter_in_talk(SUPERUSER_ID, self.admin_id())
        self.overtaken(
            lambda late: self.interview(late, one).finish(),
            lambda early: self.interview(early, other).finish(),
        )
        self.assertActedOnce()

    def test_one_conversation_ends_twice_at_once(self):
        [one] = self.enter_in_talk(SUPERUSER_ID)
        self.overtaken(
            lambda late: self.interview(late, one).finish(),
            lambda early: self.interview(early, one).finish(),
        )
        self.assertActedOnce()

    def quiet(self, env):
        env.cr.execute(
            """UPDATE crm_profiling_interview
                  SET date_active = date_active - interval '30 minutes'
                WHERE partner_id = %s""",
            [self.ann],
        )

    def release(self, env):
        env["crm.profiling.entry"]._release_quiet(env["res.partner"].browse(self.ann))

    def test_it_ends_while_the_job_is_at_it(self):
        [one] = self.enter_in_talk(SUPERUSER_ID)
        with self.transaction() as env:
            self.quiet(env)
        self.overtaken(self.release, lambda early: self.interview(early, one).finish())
        self.assertActedOnce()

    def test_two_servers_do_what_waited(self):
        """What one is at the other leaves to it, and does not wait."""
        self.enter_in_talk(SUPERUSER_ID)
        with self.transaction() as env:
            self.quiet(env)
        with self.transaction() as one, self.transaction() as other:
            self.release(one)
            one.flush_all()
            self.release(other)
        self.assertActedOnce()

    def test_what_is_rolled_back_waits_on(self):
        """As if the server had been killed while it finished."""
        [one] = self.enter_in_talk(SUPERUSER_ID)
        with self.transaction() as env:
            self.interview(env, one).finish()
            env.cr.rollback()
            env.invalidate_all()
        with self.transaction() as env:
            self.assertFalse(self.mails(env))
            self.interview(env, one).finish()
        self.assertActedOnce()

    def test_the_email_is_sent_while_the_contact_leaves(self):
        """It has gone: it is not called withdrawn."""
        with self.transaction() as env:
            env["res.partner"].browse(self.ann).profiling_answer_ids = self.ids["yes"]

        def leave(env):
            contact = env["res.partner"].browse(self.ann)
            contact.profiling_answer_ids = False
            env.flush_all()

        self.overtaken(leave, lambda early: self.mails(early).write({"state": "sent"}))
        with self.transaction() as env:
            self.assertEqual(self.mails(env).state, "sent")
            bodies = env["res.partner"].browse(self.ann).message_ids.mapped("body")
            self.assertTrue(any("stays: the e-mail" in body for body in bodies))

"""Leaving a profile withdraws what entering had done, and may do something itself."""

from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2.errors import SerializationFailure

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..prospects.test_import import BEN
from .test_entry_waiting import TalkCase

WITHDRAW = "odoo.addons.crm_profiling.models.segment.crm_profiling_entry_withdraw"


class LeaveCase(TalkCase):
    def left_notes(self, partner):
        messages = self.stored(partner).message_ids.sorted("id")
        return [str(body) for body in messages.mapped("body") if "Left the" in body]

    def on_leaving(self, **vals):
        self.partnership.write({f"leave_{k}": v for k, v in vals.items()})


@tagged("post_install", "-at_install")
class TestWithdrawing(LeaveCase):
    def test_what_nobody_has_touched(self):
        fair = self.env["utm.campaign"].create({"title": "Fair"})
        self.on_entry(campaign_id=fair.id, assign="user", user_id=self.ivy.id)
        self.enter(self.ann)
        self.leave(self.ann)
        ann = self.stored(self.ann)
        self.assertEqual(self.mails(ann).state, "cancel")
        self.assertFalse(ann.activity_ids)
        self.assertFalse(ann.profiling_campaign_ids)
        # they say what the contact is worth, and who knows it: somebody else decides
        self.assertEqual((ann.profiling_priority, ann.user_id), ("2", self.ivy))
        [note] = self.left_notes(ann)
        for words in (
            "Left the profile “Partnership”.",
            "taken out of the campaign “Fair”",
            f"Call for {self.ivy.name} withdrawn",
            "e-mail “Dear Ann” withdrawn: it had not been sent",
            "stays: priority: High",
            f"stays: salesperson: {self.ivy.name}",
        ):
            self.assertIn(words, note)

    def test_what_was_done_for_who_left_is_forgotten(self):
        """After ninety days; of those who are in it nothing is."""
        self.enter(self.ann | self.bob)
        self.leave(self.ann)
        stays = self.env["crm.profiling.stay"].sudo()
        ann, bob = (
            stays.search([("partner_id", "=", partner.id)])
            for partner in (self.ann, self.bob)
        )
        self.assertEqual((ann.state, bob.state), ("left", "done"))
        now = fields.Datetime.now()
        for seconds, kept in ((0, ann | bob), (1, bob)):
            self.env.flush_all()
            self.env.cr.execute(
                "UPDATE crm_profiling_stay SET date = %s WHERE id = ANY(%s)",
                [now - timedelta(days=90, seconds=seconds), (ann | bob).ids],
            )
            self.env.invalidate_all()
            with freeze_time(now):
                stays._gc_left()
            self.assertEqual((ann | bob).exists(), kept)

    def test_not_an_email_that_was_sent(self):
        self.enter(self.ann)
        self.mails(self.ann).state = "sent"
        self.leave(self.ann)
        self.assertEqual(self.mails(self.ann).state, "sent")
        self.assertIn("stays: the e-mail “Dear Ann”", self.left_notes(self.ann)[0])

    def test_nor_one_that_odoo_deleted_after_sending(self):
        self.enter(self.ann)
        self.mails(self.ann).unlink()
        self.leave(self.ann)
        self.assertIn("which has been sent", self.left_notes(self.ann)[0])

    def test_nothing_is_said_of_an_email_that_somebody_cancelled(self):
        self.enter(self.ann)
        self.mails(self.ann).cancel()
        self.leave(self.ann)
        self.assertNotIn("e-mail", self.left_notes(self.ann)[0])

    def test_the_chatter_shows_that_the_email_did_not_go(self):
        self.enter(self.ann)
        mail = self.mails(self.ann)
        self.leave(self.ann)
        notifications = self.env["mail.notification"].sudo()
        of_mail = notifications.search([("mail_mail_id", "=", mail.id)])
        self.assertEqual(set(of_mail.mapped("notification_status")), {"canceled"})

    def test_not_an_activity_that_somebody_changed(self):
        self.enter(self.ann)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE mail_activity SET write_date = write_date + interval '1 minute'"
        )
        self.env.invalidate_all()
        self.leave(self.ann)
        self.assertEqual(len(self.stored(self.ann).activity_ids), 1)
        self.assertIn("stays: Call, which somebody", self.left_notes(self.ann)[0])

    def test_not_an_activity_that_was_done(self):
        self.enter(self.ann)
        self.stored(self.ann).activity_ids.action_done()
        self.leave(self.ann)
        self.assertNotIn("Call", self.left_notes(self.ann)[0])

    def test_a_campaign_that_another_profile_gives_stays(self):
        fair = self.env["utm.campaign"].create({"title": "Fair"})
        self.on_entry(campaign_id=fair.id)
        self.saas.entry_campaign_id = fair
        self.enter(self.ann)
        self.answer(self.ann, "Staff?", "1")
        self.leave(self.ann)
        self.assertEqual(self.stored(self.ann).profiling_campaign_ids, fair)
        self.assertIn("stays: campaign “Fair”", self.left_notes(self.ann)[0])

    def test_a_campaign_that_the_contact_was_in_before_stays(self):
        fair = self.env["utm.campaign"].create({"title": "Fair"})
        self.on_entry(campaign_id=fair.id)
        self.ann.profiling_campaign_ids = fair
        self.enter(self.ann)
        self.leave(self.ann)
        self.assertEqual(self.stored(self.ann).profiling_campaign_ids, fair)

    def test_what_cannot_be_withdrawn_takes_nothing_along(self):
        self.enter(self.ann)
        Mail = type(self.env["crm.profiling.entry.action.mail"])
        with (
            patch.object(Mail, "_withdraw", side_effect=ValueError("No")),
            mute_logger(WITHDRAW),
        ):
            self.leave(self.ann)
        self.assertProfilesAndTags(self.ann)
        self.assertFalse(self.ann.activity_ids)
        self.assertIn("stays: e-mail queued", self.left_notes(self.ann)[0])

    @mute_logger(WITHDRAW)
    def test_what_is_withdrawn_in_part_is_not_withdrawn(self):
        """It failed half-way: the chatter says that it stays, and so it does."""
        self.enter(self.ann)
        Schedule = type(self.env["crm.profiling.entry.action.schedule"])
        withdraw = Schedule._withdraw

        def half(action, deeds):
            withdraw(action, deeds)
            raise ValueError("No")

        with patch.object(Schedule, "_withdraw", half):
            self.leave(self.ann)
        self.assertProfilesAndTags(self.ann)
        self.assertEqual(len(self.stored(self.ann).activity_ids), 1)
        self.assertIn("stays: ", self.left_notes(self.ann)[0])

    @mute_logger(WITHDRAW, "odoo.sql_db")
    def test_what_the_database_refuses_to_withdraw_costs_no_answer(self):
        self.enter(self.ann)
        Mail = type(self.env["crm.profiling.entry.action.mail"])

        def broken(action, deeds):
            action.env.cr.execute("SELECT 1 / 0")

        with patch.object(Mail, "_withdraw", broken):
            self.leave(self.ann)
        self.assertProfilesAndTags(self.ann)
        self.assertIn("stays: e-mail queued", self.left_notes(self.ann)[0])

    def test_two_transactions_at_once_begin_again(self):
        self.enter(self.ann)
        Mail = type(self.env["crm.profiling.entry.action.mail"])
        with (
            patch.object(Mail, "_withdraw", side_effect=SerializationFailure),
            self.assertRaises(SerializationFailure),
        ):
            self.leave(self.ann)

    def test_not_where_the_profile_was_changed(self):
        """That is nobody's answer: as it did not act, it withdraws nothing."""
        self.enter(self.ann)
        self.partnership.required_answer_ids -= self.choice("Sector?", "IT")
        self.assertProfiles(self.ann)
        self.assertActed(self.ann)
        self.assertEqual(self.left_notes(self.ann), [])

    def test_once_the_profile_takes_it_in_again_it_acts_again(self):
        self.enter(self.ann)
        self.partnership.required_answer_ids -= self.choice("Sector?", "IT")
        self.leave(self.ann)
        self.partnership.required_answer_ids += self.choice("Sector?", "IT")
        self.enter(self.ann)
        self.assertEqual(len(self.notes(self.ann)), 2)

    def test_whoever_brings_it_back_does_it_again(self):
        self.enter(self.ann)
        interview = self.begin()
        interview.answer(self.ask("Sector?").id, [])
        self.assertFalse(self.stored(self.ann).activity_ids)
        self.enter(self.ann.with_user(self.ivy))
        interview.finish()
        self.assertEqual(self.stored(self.ann).activity_ids.user_id, self.ivy)

    def test_a_pin_that_is_taken_back(self):
        self.enter(self.ann)
        self.ann.profiling_set_hand(self.partnership.id, "pinned")
        self.leave(self.ann)
        self.assertActed(self.ann)
        self.ann.profiling_set_hand(self.partnership.id, False)
        self.assertEqual(self.mails(self.ann).state, "cancel")
        self.assertEqual(len(self.left_notes(self.ann)), 1)

    def test_nothing_is_noted_where_the_profile_does_nothing(self):
        self.answer(self.ann, "Staff?", "1")
        self.take_back(self.ann, "Staff?", "1")
        self.assertEqual(self.left_notes(self.ann), [])


@tagged("post_install", "-at_install")
class TestOnLeaving(LeaveCase):
    """A profile may do something of its own when a contact leaves it."""

    def setUp(self):
        super().setUp()
        self.goodbye = self.make_template("Goodbye", "Goodbye {{ object.name }}")
        todo = self.env.ref("mail.mail_activity_data_todo")
        self.on_leaving(
            activity_type_id=todo.id,
            activity_summary="Ask why",
            activity_days=3,
            mail_template_id=self.goodbye.id,
        )

    def open_mails(self, partner):
        mails = self.mails(partner).filtered(lambda mail: mail.state == "outgoing")
        return mails.mapped("subject")

    def assertSaidGoodbye(self, partner):
        activity = self.stored(partner).activity_ids
        self.assertEqual(activity.mapped("summary"), ["Ask why"])
        self.assertEqual(str(activity.date_deadline), "2026-05-08")
        self.assertEqual(self.open_mails(partner), [f"Goodbye {partner.name}"])
        [note] = self.left_notes(partner)
        self.assertIn("e-mail queued: “Goodbye”", note)

    def test_an_activity_and_an_email(self):
        self.enter(self.ann)
        self.leave(self.ann)
        self.assertSaidGoodbye(self.ann)

    def test_an_import_that_is_taken_back_is_nobodys_answer(self):
        ben = self.prospect(BEN["Name"], email=BEN["E-mail"])
        shown = self.upload([{**BEN, "Sector?": "IT"}])
        self.run_import(shown)
        self.assertTrue(self.stored(ben).profile_ids)
        record = self.record(shown)
        progress = record.undo()
        while progress["state"] == "undoing":
            progress = record.run_undo_batch()
        ben = self.stored(ben)
        self.assertFalse(ben.profile_ids)
        self.assertFalse(ben.activity_ids)
        self.assertEqual(self.open_mails(ben), [])

    def test_a_profile_that_does_nothing_else(self):
        self.on_entry(send_mail=False, activity_type_id=False, priority=False)
        self.enter(self.ann)
        self.assertEqual(
            self.notes(self.ann), ["<p>Entered the profile “Partnership”.</p>"]
        )
        self.leave(self.ann)
        self.assertSaidGoodbye(self.ann)

    def test_who_entered_before_the_profile_did_anything(self):
        quiet = self.ann._profiling_quietly()
        self.enter(quiet)
        self.leave(self.ann)
        self.assertSaidGoodbye(self.ann)

    def test_it_waits_until_the_conversation_is_over(self):
        self.enter(self.ann)
        interview = self.begin()
        interview.answer(self.ask("Sector?").id, [])
        self.assertEqual(self.left_notes(self.ann), [])
        self.assertEqual(self.open_mails(self.ann), [])  # the first is withdrawn
        [entry] = interview.get_follow_up()["entries"]
        self.assertTrue(entry["left"])
        texts = [line["text"] for line in entry["lines"]]
        self.assertCountEqual(  # what stays as it is, her priority, is not told
            texts,
            [
                "e-mail “Goodbye” to ann@example.com",
                "e-mail “Dear Ann” withdrawn: it had not been sent",
                f"Call for {self.manager.name} withdrawn",
                "To-Do for Sam Salesman on 05/08/2026",
            ],
        )
        interview.finish()
        self.assertSaidGoodbye(self.ann)

    def test_it_can_be_unticked(self):
        self.enter(self.ann)
        interview = self.begin()
        interview.answer(self.ask("Sector?").id, [])
        [entry] = interview.get_follow_up()["entries"]
        interview.finish(
            left_out=[
                {
                    "stay_id": entry["stay_id"],
                    "action": "crm.profiling.entry.action.leave.mail",
                    "reason": "Knows already",
                }
            ]
        )
        self.assertEqual(self.open_mails(self.ann), [])
        self.assertIn("Knows already", self.left_notes(self.ann)[0])

    def test_after_thirty_quiet_minutes(self):
        self.enter(self.ann)
        self.begin().answer(self.ask("Sector?").id, [])
        self.minutes_later(30)
        self.run_release()
        self.assertEqual(self.open_mails(self.ann), ["Goodbye Ann"])
        self.assertEqual(len(self.left_notes(self.ann)), 1)

    def test_not_for_who_comes_back_in_the_same_conversation(self):
        self.enter(self.ann)
        interview = self.begin()
        interview.answer(self.ask("Sector?").id, [])
        self.say(interview, "Sector?", "ERP consultant")
        interview.finish()
        self.assertEqual(self.left_notes(self.ann), [])
        self.assertEqual(self.open_mails(self.ann), ["Dear Ann"])

    def test_who_comes_back_and_goes_again_has_left(self):
        self.enter(self.ann)
        interview = self.begin()
        interview.answer(self.ask("Sector?").id, [])
        self.say(interview, "Sector?", "IT")
        interview.answer(self.ask("Sector?").id, [])
        interview.finish()
        self.assertSaidGoodbye(self.ann)

    def test_nor_for_who_comes_and_goes_in_it(self):
        interview = self.begin()
        self.say(interview, "Sector?", "IT")
        interview.answer(self.ask("Sector?").id, [])
        interview.finish()
        self.assertNotActed(self.ann)
        self.assertEqual(self.left_notes(self.ann), [])

    def test_not_for_the_archived(self):
        self.enter(self.ann)
        self.ann.active = False
        self.leave(self.ann)
        self.assertEqual(self.left_notes(self.ann), [])


@tagged("post_install", "-at_install")
class TestKeptOut(LeaveCase):
    """Whom a person keeps out has left; what else is to be done that person does."""

    def setUp(self):
        super().setUp()
        self.on_leaving(mail_template_id=self.make_template("Bye", "Bye").id)
        self.enter(self.ann)

    def assertWithdrawn(self):
        self.assertEqual(self.mails(self.ann).mapped("state"), ["cancel"])
        self.assertFalse(self.stored(self.ann).activity_ids)
        self.assertEqual(len(self.left_notes(self.ann)), 1)

    def test_on_the_tab(self):
        self.ann.profiling_set_hand(self.partnership.id, "barred")
        self.assertWithdrawn()

    def test_by_taking_the_tag_off(self):
        self.take_tag(self.ann, "Partnership")
        self.assertProfilesAndTags(self.ann)
        self.assertWithdrawn()

    def test_by_another_word(self):
        self.ann.profiling_set_hand(self.partnership.id, "pinned")
        self.membership(self.ann, self.partnership).state = "barred"
        self.assertWithdrawn()

    def test_whatever_context_a_caller_sends(self):
        ann = self.ann.with_context(profiling_quiet=True)
        ann.profiling_set_hand(self.partnership.id, "barred")
        self.assertWithdrawn()

    def test_a_pin_withdraws_nothing(self):
        self.ann.profiling_set_hand(self.partnership.id, "pinned")
        self.assertActed(self.ann)

    def test_who_is_kept_out_twice(self):
        for _time in range(2):
            self.ann.profiling_set_hand(self.partnership.id, "barred")
        self.assertWithdrawn()


@tagged("post_install", "-at_install")
class TestForgetting(LeaveCase):
    """Who asks to be forgotten is not written to because of it."""

    def test_nothing_is_done_and_what_was_is_withdrawn(self):
        self.on_leaving(mail_template_id=self.make_template("Goodbye", "Goodbye").id)
        self.enter(self.ann)
        self.ann._profiling_forget()
        ann = self.stored(self.ann)
        self.assertEqual(self.mails(ann).mapped("state"), ["cancel"])
        self.assertFalse(ann.activity_ids)
        self.assertFalse(self.stays(ann))
        self.assertEqual(self.left_notes(ann), [])

    def test_what_waits_is_forgotten(self):
        interview = self.begin()
        self.say(interview, "Sector?", "IT")
        self.ann._profiling_forget()
        self.minutes_later(30)
        self.run_release()
        self.assertNotActed(self.ann)

    def test_what_was_done_is_in_the_dossier(self):
        self.enter(self.ann)
        said = [
            one["what"] for one in self.ann._profiling_dossier()["done by profiles"]
        ]
        self.assertIn("e-mail queued: “Invitation”", said)

"""What a profile does on entry waits until the conversation is over."""

from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2.errors import SerializationFailure

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .test_entry import EntryCase

NOON = fields.Datetime.to_datetime("2026-05-05 12:00:00")
RELEASE = "odoo.addons.crm_profiling.models.segment.crm_profiling_entry_release"
MAIL = "crm.profiling.entry.action.mail"
SCHEDULE = "crm.profiling.entry.action.schedule"


class TalkCase(EntryCase):
    """Sam interviews Ann of ACME; the sector is what one asks of a company."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mail_on_entry()
        cls.call_on_entry(priority="2")
        cls.acme = cls.prospect("ACME", is_company=True, email="acme@example.com")
        cls.ann = cls.prospect("Ann", parent_id=cls.acme.id, email="ann@example.com")
        cls.bob = cls.prospect("Bob", parent_id=cls.acme.id, email="bob@example.com")

    def setUp(self):
        super().setUp()
        self.triggers().unlink()  # of other tests, on transactions of their own
        self.clock = freeze_time(NOON)
        self.time = self.clock.start()
        self.addCleanup(self.clock.stop)

    def minutes_later(self, minutes, seconds=0):
        self.env.flush_all()
        self.time.tick(timedelta(minutes=minutes, seconds=seconds))

    def begin(self, partner=None, user=None):
        """Return the interview that a user begins, Sam with Ann unless told."""
        partner = (partner or self.ann).with_user(user or self.salesman)
        Interview = partner.env["crm.profiling.interview"]
        return Interview.browse(Interview.begin(partner_id=partner.id)["id"])

    def say(self, interview, name, *answers):
        interview.answer(self.ask(name).id, self.choice(name, *answers).ids)

    def run_release(self):
        job = self.env.ref("crm_profiling.ir_cron_release").sudo()
        self.env.flush_all()
        with self.enter_registry_test_mode():
            job.method_direct_trigger()
        self.env.invalidate_all()

    def woken_at(self):
        """Return when the job is to look, first time first."""
        return sorted(self.triggers().mapped("call_at"))

    def triggers(self):
        job = self.env.ref("crm_profiling.ir_cron_release").sudo()
        return self.env["ir.cron.trigger"].sudo().search([("cron_id", "=", job.id)])

    def stays(self, partner, *states):
        stays = self.env["crm.profiling.stay"].sudo()
        found = stays.search([("partner_id", "=", partner.id)])
        return found.filtered(lambda stay: not states or stay.state in states)

    def assertActed(self, *partners):
        for partner in partners:
            partner = self.stored(partner)
            self.assertEqual(self.mails(partner).mapped("state"), ["outgoing"])
            self.assertEqual(len(partner.activity_ids), 1)
            self.assertEqual(partner.profiling_priority, "2")
            self.assertEqual(len(self.notes(partner)), 1)

    def assertNotActed(self, *partners):
        for partner in partners:
            partner = self.stored(partner)
            self.assertFalse(self.mails(partner))
            self.assertFalse(partner.activity_ids)
            self.assertEqual(self.notes(partner), [])


@tagged("post_install", "-at_install")
class TestWaiting(TalkCase):
    """Whichever way the entry comes, while somebody talks to the company."""

    def test_until_the_end(self):
        interview = self.begin()
        self.say(interview, "Sector?", "IT")
        self.assertProfilesAndTags(self.ann, "Partnership")
        self.assertNotActed(self.ann)
        interview.finish()
        self.assertActed(self.ann)

    def test_the_contacts_tab_says_so(self):
        interview = self.begin()
        self.say(interview, "Sector?", "IT")
        ann = self.stored(self.ann).with_user(self.salesman)
        self.assertEqual(ann.profiling_waiting, "Partnership")
        interview.finish()
        self.assertFalse(self.stored(self.ann).profiling_waiting)

    def test_what_is_taken_back_has_never_been(self):
        interview = self.begin()
        self.say(interview, "Sector?", "IT")
        interview.answer(self.ask("Sector?").id, [])
        interview.finish()
        self.assertNotActed(self.ann)
        self.assertFalse(self.stays(self.ann))

    def test_in_the_name_of_who_caused_it(self):
        interview = self.begin()
        self.enter(self.ann.with_user(self.ivy))
        interview.finish()
        self.assertActed(self.ann)
        note = self.stored(self.ann).message_ids.filtered(
            lambda message: "Entered the profile" in message.body
        )
        self.assertEqual(note.author_id, self.ivy.partner_id)
        self.assertEqual(self.ann.activity_ids.user_id, self.ivy)

    def test_in_their_language(self):
        self.env["res.lang"].sudo()._activate_lang("fr_FR")
        self.template.sudo().with_context(lang="fr_FR").subject = "Bonjour"
        self.ivy.sudo().lang = "fr_FR"
        interview = self.begin()
        self.enter(self.ann.with_user(self.ivy).with_context(lang="fr_FR"))
        languages = []
        Entry = type(self.env["crm.profiling.entry"])
        act = Entry._act

        def spy(self, *args, **kwargs):
            languages.append(self.env.lang)
            return act(self, *args, **kwargs)

        with patch.object(Entry, "_act", spy):
            interview.finish()
        self.assertEqual(languages, ["fr_FR"])

    def test_who_has_left_the_firm_does_nothing_more(self):
        interview = self.begin()
        self.enter(self.ann.with_user(self.ivy))
        self.ivy.sudo().active = False
        interview.finish()
        self.assertActed(self.ann)
        self.assertEqual(self.ann.activity_ids.user_id, self.salesman)

    def test_colleagues_reached_by_a_company_answer(self):
        self.ask("Sector?").level = "company"
        interview = self.begin()
        self.say(interview, "Sector?", "IT")
        self.assertNotActed(self.acme, self.ann, self.bob)
        interview.finish()
        self.assertActed(self.acme, self.ann, self.bob)

    def test_a_colleague_who_answers_meanwhile(self):
        interview = self.begin()
        self.enter(self.bob)
        self.assertNotActed(self.bob)
        interview.finish()
        self.assertActed(self.bob)

    def test_an_import_meanwhile(self):
        interview = self.begin()
        row = ["Ann", "ann@example.com", "Sector?: IT"]
        result = self.env["res.partner"].load(
            [".id", "name", "email", "profiling_answer_ids"], [[str(self.ann.id), *row]]
        )
        self.assertFalse(result["messages"])
        self.assertNotActed(self.ann)
        interview.finish()
        self.assertActed(self.ann)

    def test_not_for_another_company(self):
        self.begin()
        eve = self.prospect("Eve", {"Sector?": "IT"}, email="eve@example.com")
        self.assertActed(eve)

    def test_a_second_interview_of_the_same_contact(self):
        """It waits for the last one to end."""
        first, second = self.begin(), self.begin(user=self.ivy)
        self.say(first, "Sector?", "IT")
        first.finish()
        self.assertNotActed(self.ann)
        self.assertEqual(first.get_follow_up()["others"], [self.ivy.name])
        second.finish()
        self.assertActed(self.ann)

    def test_not_for_one_that_was_given_up(self):
        """A second interview in which nothing happens any more holds up nothing."""
        self.begin(user=self.ivy)
        self.minutes_later(30)
        interview = self.begin()
        self.say(interview, "Sector?", "IT")
        interview.finish()
        self.assertActed(self.ann)

    def test_an_outbox_that_arrives_late(self):
        interview = self.begin()
        self.minutes_later(120)
        self.say(interview, "Sector?", "IT")
        self.assertNotActed(self.ann)
        interview.finish()
        self.assertActed(self.ann)

    def test_nothing_waits_after_the_end(self):
        self.begin().finish()
        self.enter(self.ann)
        self.assertActed(self.ann)

    def test_a_pin_is_no_entry(self):
        interview = self.begin()
        self.ann.profiling_set_hand(self.partnership.id, "pinned")
        interview.finish()
        self.assertNotActed(self.ann)

    def test_nor_is_a_change_of_the_profile(self):
        self.answer(self.ann, "Sector?", "Services")
        interview = self.begin()
        self.partnership.required_answer_ids += self.choice("Sector?", "Services")
        interview.finish()
        self.assertProfiles(self.ann, "Partnership")
        self.assertNotActed(self.ann)

    # What changes while it waits

    def test_archived_meanwhile(self):
        interview = self.begin()
        self.say(interview, "Sector?", "IT")
        self.ann.active = False
        interview.finish()
        self.assertNotActed(self.ann)

    def test_kept_out_meanwhile(self):
        interview = self.begin()
        self.say(interview, "Sector?", "IT")
        self.ann.profiling_set_hand(self.partnership.id, "barred")
        interview.finish()
        self.assertNotActed(self.ann)

    def test_the_profile_is_changed_meanwhile(self):
        """What it says at the end is done."""
        interview = self.begin()
        self.say(interview, "Sector?", "IT")
        self.on_entry(send_mail=False, priority="3")
        interview.finish()
        self.assertFalse(self.mails(self.ann))
        self.assertEqual(self.stored(self.ann).profiling_priority, "3")

    def test_the_profile_no_longer_holds_the_contact(self):
        interview = self.begin()
        self.say(interview, "Sector?", "IT")
        self.partnership.required_answer_ids -= self.choice("Sector?", "IT")
        interview.finish()
        self.assertProfiles(self.ann)
        self.assertNotActed(self.ann)

    def test_the_profile_is_archived_meanwhile(self):
        interview = self.begin()
        self.say(interview, "Sector?", "IT")
        self.partnership.active = False
        interview.finish()
        self.assertNotActed(self.ann)

    def test_merged_meanwhile(self):
        interview = self.begin()
        self.say(interview, "Sector?", "IT")
        twin = self.prospect("Ann Twin", parent_id=self.acme.id, email="ann@x.com")
        self.env["base.partner.merge.automatic.wizard"].sudo().create({})._merge(
            (self.ann | twin).ids, twin
        )
        self.assertNotActed(twin)
        interview.exists().finish()
        self.assertActed(twin)

    def test_a_merge_does_nothing_twice(self):
        twin = self.prospect("Ann", {"Sector?": "IT"}, parent_id=self.acme.id)
        self.assertEqual(len(self.notes(twin)), 1)
        interview = self.begin()
        self.say(interview, "Sector?", "IT")
        self.env["base.partner.merge.automatic.wizard"].sudo().create({})._merge(
            (self.ann | twin).ids, twin
        )
        interview.exists().finish()
        self.assertEqual(len(self.notes(twin)), 1)
        self.assertEqual(self.stays(twin).mapped("state"), ["done"])

    def test_the_interview_is_deleted(self):
        interview = self.begin()
        self.say(interview, "Sector?", "IT")
        interview.sudo().unlink()
        self.run_release()
        self.assertActed(self.ann)

    # Again

    def test_reopened_and_finished_again(self):
        interview = self.begin()
        self.say(interview, "Sector?", "IT")
        interview.finish()
        interview.finish()
        interview.reopen()
        self.say(interview, "Staff?", "500+")
        interview.finish()
        self.assertActed(self.ann)

    def test_left_and_entered_again_after_reopening(self):
        """The e-mail had not been sent: it goes out once."""
        interview = self.begin()
        self.say(interview, "Sector?", "IT")
        interview.finish()
        interview.reopen()
        interview.answer(self.ask("Sector?").id, [])
        self.assertEqual(self.mails(self.ann).state, "cancel")
        self.assertFalse(self.stored(self.ann).activity_ids)
        self.say(interview, "Sector?", "IT")
        interview.finish()
        states = self.mails(self.ann).sorted("id").mapped("state")
        self.assertEqual(states, ["cancel", "outgoing"])
        self.assertEqual(len(self.stored(self.ann).activity_ids), 1)

    def test_a_slip_does_not_send_the_email_a_second_time(self):
        """Who was in before the call, and is after it, has neither left nor entered."""
        self.enter(self.ann)
        self.mails(self.ann).state = "sent"
        self.stored(self.ann).activity_ids.action_done()
        interview = self.begin()
        self.say(interview, "Sector?", "Industry")
        self.assertProfiles(self.ann)
        self.say(interview, "Sector?", "IT")
        interview.finish()
        self.assertEqual(self.mails(self.ann).mapped("state"), ["sent"])
        self.assertFalse(self.stored(self.ann).activity_ids)
        self.assertEqual(len(self.notes(self.ann)), 1)

    def test_who_came_back_is_acted_on_again_when_a_manager_asks_for_it(self):
        """With nothing withdrawn it is as if they had never been away."""
        self.on_entry(send_mail=False, activity_type_id=False, priority="2")
        self.enter(self.ann)
        interview = self.begin()
        self.say(interview, "Sector?", "Industry")
        self.say(interview, "Sector?", "IT")
        stay = self.stays(self.ann, "waiting", "done")
        self.assertRecordValues(stay, [{"state": "done", "is_back": False}])
        interview.finish()
        self.env["crm.profiling.entry.wizard"].create(
            {"profile_id": self.partnership.id, "again": True}
        ).action_act()
        self.assertEqual(len(self.notes(self.ann)), 2)

    def test_who_came_back_after_something_was_withdrawn_waits_for_that(self):
        self.enter(self.ann)
        interview = self.begin()
        self.say(interview, "Sector?", "Industry")
        self.say(interview, "Sector?", "IT")
        stay = self.stays(self.ann)
        self.assertRecordValues(stay, [{"state": "waiting", "is_back": True}])
        interview.finish()
        stay.invalidate_recordset()
        self.assertRecordValues(stay, [{"state": "done", "is_back": False}])

    def test_a_wizard_of_the_manager_does_not_wait(self):
        """And what it has done is not done once more."""
        interview = self.begin()
        self.say(interview, "Sector?", "IT")
        self.env["crm.profiling.entry.wizard"].create(
            {"profile_id": self.partnership.id}
        ).action_act()
        self.assertActed(self.ann)
        interview.finish()
        self.assertActed(self.ann)


@tagged("post_install", "-at_install")
class TestQuiet(TalkCase):
    """A conversation in which nothing is said any more holds up nothing."""

    def test_exactly_thirty_minutes(self):
        interview = self.begin()
        self.say(interview, "Sector?", "IT")
        self.assertEqual(self.woken_at(), [NOON + timedelta(minutes=30)])
        self.minutes_later(29, 59)
        self.run_release()
        self.assertNotActed(self.ann)
        self.minutes_later(0, 1)
        self.run_release()
        self.assertActed(self.ann)
        self.assertEqual(interview.state, "ongoing")

    def test_entries_after_thirty_minutes_do_not_wait(self):
        self.begin()
        self.minutes_later(29, 59)
        self.enter(self.bob)
        self.assertNotActed(self.bob)
        self.minutes_later(0, 1)
        self.enter(self.ann)
        self.assertActed(self.ann)

    def test_one_that_fails_holds_up_no_other(self):
        """It is tried again with the job's next hour, not each minute."""
        self.say(self.begin(), "Sector?", "IT")
        self.say(self.begin(eve := self.prospect("Eve")), "Sector?", "IT")
        self.minutes_later(30)
        entry = self.env["crm.profiling.entry"]
        tell = type(entry)._tell

        def fail(self, profile, moment, contacts, lines):
            if "Ann" in contacts.mapped("name"):
                raise ValueError("No")
            return tell(self, profile, moment, contacts, lines)

        self.triggers().unlink()
        with patch.object(type(entry), "_tell", fail), mute_logger(RELEASE):
            self.run_release()
        self.assertNotActed(self.ann)
        self.assertEqual(len(self.stored(eve).activity_ids), 1)
        self.assertEqual(self.woken_at(), [])
        self.run_release()
        self.assertActed(self.ann)

    def test_each_word_keeps_it_waiting(self):
        interview = self.begin()
        self.say(interview, "Sector?", "IT")
        steps = (
            lambda: interview.skip(self.ask("Staff?").id),
            lambda: interview.decline(self.ask("Budget?").id),
            lambda: interview.ask(self.ask("Staff?").id),
            lambda: interview.set_order("questionnaire"),
            lambda: self.begin(),
        )
        for step in steps:
            self.minutes_later(29)
            step()
            self.run_release()
            self.assertNotActed(self.ann)
        self.minutes_later(29)
        interview.get_screen()  # looking on says nothing
        self.minutes_later(1)
        self.run_release()
        self.assertActed(self.ann)

    def test_the_job_comes_when_there_is_something_to_do(self):
        interview = self.begin()
        self.assertEqual(self.woken_at(), [])
        self.say(interview, "Sector?", "IT")
        self.minutes_later(20)
        self.say(interview, "Staff?", "500+")
        self.enter(self.bob)
        first, later = timedelta(minutes=30), timedelta(minutes=50)
        self.assertEqual(self.woken_at(), [NOON + first])
        self.minutes_later(10)
        self.run_release()
        self.assertNotActed(self.ann, self.bob)
        self.assertEqual(self.woken_at()[-1], NOON + later)
        self.minutes_later(20)
        self.run_release()
        self.assertActed(self.ann, self.bob)

    def test_the_minutes_are_a_parameter(self):
        self.env["ir.config_parameter"].sudo().set_param(
            "crm_profiling.quiet_minutes", "5"
        )
        self.say(self.begin(), "Sector?", "IT")
        self.minutes_later(5)
        self.run_release()
        self.assertActed(self.ann)

    def test_what_is_no_number_counts_as_thirty(self):
        self.env["ir.config_parameter"].sudo().set_param(
            "crm_profiling.quiet_minutes", "half an hour"
        )
        self.say(self.begin(), "Sector?", "IT")
        self.assertEqual(self.woken_at(), [NOON + timedelta(minutes=30)])

    def test_one_company_that_fails_does_not_hold_up_another(self):
        eve = self.prospect("Eve", email="eve@example.com")
        self.say(self.begin(), "Sector?", "IT")
        self.say(self.begin(eve), "Sector?", "IT")
        self.minutes_later(30)
        self.run_release()
        self.assertActed(self.ann, eve)

    def test_after_it_the_end_does_nothing_more(self):
        interview = self.begin()
        self.say(interview, "Sector?", "IT")
        self.minutes_later(30)
        self.run_release()
        self.minutes_later(60)
        follow_up = interview.finish()["follow_up"]
        self.assertActed(self.ann)
        self.assertEqual([one["contact"] for one in follow_up["entries"]], ["Ann"])


@tagged("post_install", "-at_install")
class TestEndScreen(TalkCase):
    """What will be done is said before, and may be unticked."""

    def follow_up(self, interview):
        return interview.get_follow_up()["entries"]

    def lines(self, interview):
        return {
            line["action"].rpartition(".")[2]: line["text"]
            for entry in self.follow_up(interview)
            for line in entry["lines"]
        }

    def left_out(self, interview, action, reason=""):
        [entry] = self.follow_up(interview)
        return [{"stay_id": entry["stay_id"], "action": action, "reason": reason}]

    def enter_in_talk(self):
        interview = self.begin()
        self.say(interview, "Sector?", "IT")
        return interview

    def test_what_will_be_done(self):
        fair = self.env["utm.campaign"].create({"title": "Fair"})
        self.on_entry(campaign_id=fair.id, assign="user", user_id=self.ivy.id)
        interview = self.enter_in_talk()
        [entry] = self.follow_up(interview)
        self.assertEqual(
            (entry["contact"], entry["profile"], entry["left"]),
            ("Ann", "Partnership", False),
        )
        self.assertEqual(
            self.lines(interview),
            {
                "assign": f"salesperson: {self.ivy.name}",
                "prioritize": "priority: High",
                "campaign": "campaign: Fair",
                "schedule": f"Call for {self.ivy.name} on 05/06/2026",
                "mail": "e-mail “Invitation” to ann@example.com",
            },
        )
        self.assertNotActed(self.ann)

    def test_and_what_was_done(self):
        interview = self.enter_in_talk()
        [entry] = interview.finish()["follow_up"]["entries"]
        self.assertEqual(
            entry["lines"],
            [
                "priority: High",
                f"Call scheduled for {self.salesman.name} on 05/06/2026",
                "e-mail queued: “Invitation”",
            ],
        )
        again = interview.with_user(self.manager).get_screen()
        self.assertEqual(again["follow_up"]["entries"][0]["lines"], entry["lines"])

    def test_who_may_not_be_changed_any_more_is_told_to_be_so(self):
        interview = self.enter_in_talk()
        [entry] = self.follow_up(interview)
        self.assertTrue(entry["can_write"])
        self.env["ir.rule"].sudo().create(
            {
                "name": "Read-only",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": [("id", "!=", self.ann.id)],
                "perm_read": False,
            }
        )
        self.env.invalidate_all()
        [entry] = self.follow_up(interview)
        self.assertFalse(entry["can_write"])

    def test_what_was_done_before_or_afterwards_is_not_of_it(self):
        """To others of the company, whoever caused it."""
        self.enter(self.bob)
        self.minutes_later(1)
        interview = self.enter_in_talk()
        interview.finish()
        self.minutes_later(1)
        self.enter(self.acme)
        entries = interview.get_screen()["follow_up"]["entries"]
        self.assertEqual([entry["contact"] for entry in entries], ["Ann"])

    def test_what_cannot_be_done_cannot_be_unticked(self):
        self.ann.email = False
        interview = self.enter_in_talk()
        [entry] = self.follow_up(interview)
        self.assertEqual(
            {line["text"]: line["can_untick"] for line in entry["lines"]}[
                "no e-mail: there is no valid address"
            ],
            False,
        )

    def test_an_email_that_is_unticked(self):
        interview = self.enter_in_talk()
        interview.finish(
            left_out=self.left_out(interview, MAIL, "Wants to read the site first")
        )
        self.assertFalse(self.mails(self.ann))
        self.assertEqual(len(self.stored(self.ann).activity_ids), 1)
        [note] = self.notes(self.ann)
        self.assertIn("left out by Sam Salesman", note)
        self.assertIn("Wants to read the site first", note)

    def test_an_email_is_not_unticked_without_a_reason(self):
        interview = self.enter_in_talk()
        for reason in ("", "  "):
            with self.assertRefused(ValidationError, "why"), self.env.cr.savepoint():
                interview.finish(left_out=self.left_out(interview, MAIL, reason))
        self.assertEqual(interview.state, "ongoing")

    def test_something_else_is(self):
        interview = self.enter_in_talk()
        interview.finish(left_out=self.left_out(interview, SCHEDULE))
        self.assertFalse(self.stored(self.ann).activity_ids)
        self.assertEqual(len(self.mails(self.ann)), 1)

    def test_of_several_that_are_unticked_each_is_told(self):
        interview = self.enter_in_talk()
        [entry] = self.follow_up(interview)
        foreseen = {line["action"]: line["text"] for line in entry["lines"]}
        interview.finish(
            left_out=[
                *self.left_out(interview, MAIL, "No"),
                *self.left_out(interview, SCHEDULE, "No"),
            ]
        )
        [note] = self.notes(self.ann)
        for action in (MAIL, SCHEDULE):
            self.assertEqual(note.count(foreseen[action]), 1, action)

    def test_unticked_is_remembered(self):
        interview = self.enter_in_talk()
        interview.finish(left_out=self.left_out(interview, MAIL, "No"))
        interview.reopen()
        self.assertEqual(self.follow_up(interview), [])
        interview.finish()
        self.assertFalse(self.mails(self.ann))
        self.assertEqual(len(self.notes(self.ann)), 1)

    def test_but_another_entry_is_another_one(self):
        interview = self.enter_in_talk()
        interview.finish(left_out=self.left_out(interview, MAIL, "No"))
        self.leave(self.ann)
        self.enter(self.ann)
        self.assertEqual(len(self.mails(self.ann)), 1)

    def test_unticked_while_a_colleague_still_talks(self):
        """It is left out when the colleague comes to the end."""
        other = self.begin(user=self.ivy)
        interview = self.enter_in_talk()
        interview.finish(left_out=self.left_out(interview, MAIL, "No"))
        self.assertNotActed(self.ann)
        self.assertIn("left out by Sam Salesman", str(self.follow_up(other)))
        other.finish()
        self.assertFalse(self.mails(self.ann))
        self.assertIn("left out by Sam Salesman", self.notes(self.ann)[0])

    def test_what_is_not_the_users_to_see_is_counted(self):
        west = self.env["res.company"].sudo().create({"name": "West"})
        interview = self.begin()
        profile = self.partnership.sudo().copy(
            {"name": "Hidden", "company_id": west.id, "entry_priority": "3"}
        )
        self.enter(self.ann)
        answer = interview.get_follow_up()
        self.assertEqual(len(answer["entries"]), 1)
        self.assertEqual(answer["hidden"], 1)
        self.assertNotIn("Hidden", str(answer))
        hidden = self.stays(self.ann).filtered(lambda s: s.profile_id == profile)
        interview.finish(
            left_out=[
                {
                    "stay_id": hidden.id,
                    "action": "crm.profiling.entry.action.prioritize",
                    "reason": "",
                }
            ]
        )
        self.assertEqual(self.stored(self.ann).profiling_priority, "3")

    def test_what_other_conversations_wait_for_is_not_theirs(self):
        eve = self.prospect("Eve", email="eve@example.com")
        other, interview = self.begin(eve, self.ivy), self.begin()
        self.say(other, "Sector?", "IT")
        theirs = self.left_out(other, MAIL, "Mine now")
        interview.finish(left_out=theirs)
        other.finish()
        self.assertActed(eve)

    def test_hostile_words(self):
        interview = self.enter_in_talk()
        [entry] = self.follow_up(interview)
        good = {"stay_id": entry["stay_id"], "action": MAIL, "reason": "x"}
        for words in (
            "mail",
            7,
            {"stay_id": 1},
            [None],
            [[]],
            [{}],
            [{**good, "stay_id": "1"}],
            [{**good, "stay_id": True}],
            [{**good, "stay_id": 2**40}],
            [{**good, "action": 5}],
            [{**good, "reason": ["x"]}],
        ):
            with (
                self.subTest(words=words),
                self.assertRefused(ValidationError, "Reload"),
                self.env.cr.savepoint(),
            ):
                interview.finish(left_out=words)
        interview.finish(left_out=[{**good, "action": "res.users"}])
        self.assertActed(self.ann)

    def test_only_by_who_leads_the_interview(self):
        interview = self.enter_in_talk()
        words = self.left_out(interview, MAIL, "No")
        with self.assertRaises(AccessError):
            interview.with_user(self.ivy).finish(left_out=words)
        with self.assertRaises(AccessError):
            interview.with_user(self.outsider).get_follow_up()

    def test_nobody_writes_what_was_done(self):
        self.enter_in_talk()
        for user in (self.salesman, self.manager):
            stay = self.stays(self.ann).with_user(user)
            for change in (
                lambda stay=stay: stay.write({"state": "done"}),
                lambda stay=stay: stay.unlink(),
                lambda stay=stay: stay.deed_ids.create(
                    {"stay_id": stay.id, "action": "x", "state": "done"}
                ),
            ):
                with self.assertRaises(AccessError):
                    change()

    def test_another_company_does_not_see_it(self):
        west = self.env["res.company"].sudo().create({"name": "West"})
        self.enter_in_talk().finish()
        self.ann.sudo().company_id = self.env.company
        user = new_test_user(
            self.env(su=True),
            "west",
            groups="sales_team.group_sale_manager",
            company_id=west.id,
            company_ids=[(6, 0, west.ids)],
        )
        for model in ("crm.profiling.stay", "crm.profiling.stay.deed"):
            self.assertFalse(self.env[model].with_user(user).search([]))

    def test_an_action_that_cannot_foresee(self):
        """It is named, and the others are said."""
        Mail = type(self.env[MAIL])
        interview = self.enter_in_talk()
        with (
            patch.object(Mail, "_foresee", side_effect=ValueError("No")),
            self.assertLogs("odoo.addons.crm_profiling", "ERROR") as logged,
        ):
            self.assertIn("E-mail", self.lines(interview)["mail"])
        self.assertIn("ValueError: No", logged.output[0])

        def broken(action, profile, contacts):
            action.env.cr.execute("SELECT 1 / 0")

        with (
            patch.object(Mail, "_foresee", broken),
            self.assertLogs("odoo.addons.crm_profiling", "ERROR"),
            mute_logger("odoo.sql_db"),
        ):
            self.assertIn("E-mail", self.lines(interview)["mail"])
        with (
            patch.object(Mail, "_foresee", side_effect=SerializationFailure),
            self.assertRaises(SerializationFailure),  # Odoo begins again
        ):
            self.lines(interview)

"""Calls: what came of them is noted once, counted everywhere, and never forged."""

from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .test_interview import InterviewCase

NUMBER = "+32470123456"


class TryCase(InterviewCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.prospects = cls.env["res.partner"].create(
            [{"name": f"Prospect {n}", "phone": f"+3247012345{n}"} for n in range(3)]
        )
        cls.queue = cls.env["crm.profiling.queue"]._create_for(cls.prospects)
        cls.now = fields.Datetime.to_datetime("2026-06-03 12:00:00")
        cls.Try = cls.env["crm.profiling.try"]

    def at(self, **kwargs):
        return freeze_time(self.now + timedelta(**kwargs))

    def next(self, user=None, queue=None):
        """Go to the next prospect of a list, and return what the screen shows."""
        Interview = self.Interview.with_user(user or self.salesman)
        return Interview.begin(queue_id=(queue or self.queue).id)

    def leave(self, shown, *args, user=None, **kwargs):
        return self.interview(shown, user).skip_prospect(*args, **kwargs)

    def line(self, number=0, queue=None):
        lines = self.stored((queue or self.queue).line_ids)
        partner = self.prospects[number]
        return lines.filtered(lambda line: line.partner_id == partner)

    def tries(self, partner):
        return self.Try.sudo().search([("partner_id", "=", partner.id)], order="id")

    def outcomes(self, partner):
        return self.tries(partner).mapped("outcome")


@tagged("post_install", "-at_install")
class TestOutcomes(TryCase):
    def test_the_contacts_form_leads_to_its_calls(self):
        Partner = self.env["res.partner"].with_user(self.salesman)
        arch = Partner.get_view(view_type="form")["arch"]
        self.assertIn("action_profiling_tries", arch)
        firm = Partner.create({"name": "Firm", "is_company": True})
        self.prospects[0].parent_id = firm
        self.leave(self.next(), "busy")
        self.leave(self.next(), "busy")
        for partner, expected in (
            (self.prospects[1], self.prospects[1]),
            (firm, self.prospects[0]),
        ):
            action = partner.with_user(self.salesman).action_profiling_tries()
            found = self.Try.with_user(self.salesman).search(action["domain"])
            self.assertEqual(found.partner_id, expected)

    def test_each_outcome_is_counted_on_contact_and_list(self):
        for outcome, state in {
            "not_reached": "waiting",
            "busy": "waiting",
            "voicemail": "waiting",
            "wrong_number": "skipped",
            "refused": "skipped",
        }.items():
            with self.subTest(outcome):
                queue = self.queue._create_for(self.prospects[0])
                self.leave(self.next(queue=queue), outcome)
                [one] = self.tries(self.prospects[0])[-1:]
                self.assertRecordValues(
                    one,
                    [
                        {
                            "outcome": outcome,
                            "user_id": self.salesman.id,
                            "queue_id": queue.id,
                            "queue_line_id": queue.line_ids.id,
                            "is_reached": outcome == "refused",
                            "number": "+32470123450",
                        }
                    ],
                )
                self.assertEqual(queue.line_ids.state, state)
                self.assertEqual(queue.line_ids.last_outcome, outcome)
                self.assertEqual(queue.try_count, 1)
                self.assertEqual(queue.reached_count, outcome == "refused")

    def test_finished_is_reached_and_how_long_it_took(self):
        with self.at():
            shown = self.say(self.next(), "Sector?", "IT")
        with self.at(minutes=7, seconds=30):
            self.interview(shown).finish()
        self.assertRecordValues(
            self.tries(self.prospects[0]),
            [{"outcome": "reached", "minutes": 7.5, "interview_id": shown["id"]}],
        )

    def test_what_was_quiet_at_the_end_is_not_counted(self):
        """The screen was left, and the interview finished the next day."""
        with self.at():
            shown = self.next()
        with self.at(minutes=5):
            self.say(shown, "Sector?", "IT")
        with self.at(minutes=35):
            self.interview(shown).finish()
        self.assertEqual(self.tries(self.prospects[0]).minutes, 35)
        with self.at(hours=1):
            shown = self.next()
        with self.at(hours=1, minutes=5):
            self.say(shown, "Sector?", "IT")
        with self.at(hours=20):
            self.interview(shown).finish()
        self.assertEqual(self.tries(self.prospects[1]).minutes, 5)

    def test_what_a_talk_has_done(self):
        """Calls of the user that are due, to the second where they have a time."""
        now, kept, done = self.now, self.env["mail.activity"], self.env["mail.activity"]
        partner = self.prospects[0].sudo()
        call, todo = "mail.mail_activity_data_call", "mail.mail_activity_data_todo"
        me, other = self.salesman.id, self.colleague.id
        with self.at():
            done |= partner.activity_schedule(call, "2026-06-03", user_id=me)
            done |= partner.activity_schedule(call, "2026-06-01", user_id=me)
            kept |= partner.activity_schedule(call, "2026-06-04", user_id=me)
            kept |= partner.activity_schedule(call, "2026-06-03", user_id=other)
            kept |= partner.activity_schedule(todo, "2026-06-03", user_id=me)
            for late in (0, 1):
                activity = partner.activity_schedule(call, "2026-06-03", user_id=me)
                start = now + timedelta(seconds=late)
                activity.calendar_event_id = self.env["calendar.event"].create(
                    {"name": "Call", "start": start, "stop": start}
                )
                if late:
                    kept |= activity
                else:
                    done |= activity
            self.interview(self.begin(partner.with_env(self.env))).finish()
        left = kept.search([("res_id", "=", partner.id), ("active", "=", True)])
        self.assertEqual(left, kept)
        self.assertFalse(left & done)

    def test_finished_twice_is_one_call(self):
        with self.at():
            shown = self.say(self.next(), "Sector?", "IT")
            self.interview(shown).finish()
            self.interview(shown).finish()
        with self.at(minutes=10):
            self.interview(shown).reopen()
        with self.at(minutes=12):
            self.interview(shown).finish()
        self.assertEqual(self.tries(self.prospects[0]).minutes, 12)

    def test_call_back_is_an_activity_at_its_time(self):
        with self.at():
            when = fields.Datetime.to_string(self.now + timedelta(hours=3))
            shown = self.next()
            with self.assertRefused(UserError, "Say when"):
                self.leave(shown, "call_back")
            after = self.leave(shown, "call_back", activity={"datetime": when})
        self.assertEqual(after["partner"]["name"], "Prospect 1")
        self.assertEqual(self.outcomes(self.prospects[0]), ["call_back"])
        self.assertEqual(self.line().state, "done")
        activity = self.interview(shown).sudo().callback_activity_id
        self.assertEqual(str(activity.calendar_event_id.start), when)

    def test_a_callback_is_called_what_the_caller_calls_it(self):
        when = fields.Datetime.to_string(self.now + timedelta(hours=3))
        for number, (said, name) in enumerate(
            (("Offer", "Offer: Prospect 0"), ("", "Call: Prospect 1"))
        ):
            with self.at():
                shown = self.begin(self.prospects[number])
                activity = {"datetime": when, "summary": said}
                self.leave(shown, "call_back", activity=activity)
            event = self.interview(shown).sudo().callback_event_id
            self.assertEqual(event.name, name)

    def test_a_callback_after_answers_was_a_conversation(self):
        shown = self.say(self.next(), "Sector?", "IT")
        self.interview(shown).finish(
            activity={"date_deadline": fields.Date.today() + timedelta(days=2)}
        )
        self.assertEqual(self.outcomes(self.prospects[0]), ["reached"])

    def test_asked_not_to_be_called(self):
        self.leave(self.next(), "never again", refuses=True)
        self.assertEqual(self.outcomes(self.prospects[0]), ["do_not_call"])
        self.assertRecordValues(
            self.line(), [{"state": "skipped", "reason": "never again"}]
        )
        shown = self.next()
        self.interview(shown).refuse_calls("no time")
        self.interview(shown).finish()
        self.assertEqual(self.outcomes(self.prospects[1]), ["do_not_call"])

    def test_what_was_not_said_in_the_call_is_not_what_it_came_to(self):
        """A colleague noted it meanwhile, or the caller a second before."""
        for number, (user, seconds, outcome) in enumerate(
            (
                (self.colleague, 60, "reached"),
                (self.salesman, -1, "reached"),
                (self.salesman, 0, "do_not_call"),
            )
        ):
            partner = self.prospects[number]
            refuse = partner.with_user(user).profiling_refuse_calls
            if seconds < 0:
                with self.at(seconds=seconds):
                    refuse("no")
            with self.at():
                shown = self.begin(partner)
            if seconds >= 0:
                with self.at(seconds=seconds):
                    refuse("no")
            with self.at(minutes=2):
                self.interview(shown).finish()
            self.assertEqual(self.outcomes(partner), [outcome])

    def test_refusing_calls_is_part_of_the_conversation(self):
        with self.at():
            shown = self.begin()
        self.assertEqual(self.interview(shown).date_active, self.now)
        with self.at(minutes=20):
            self.interview(shown).refuse_calls("no time")
        self.assertEqual(
            self.interview(shown).date_active, self.now + timedelta(minutes=20)
        )

    def test_nobody_was_called(self):
        """Put off, left out of the list, or typed in from paper."""
        self.leave(self.next(), "tomorrow")
        self.leave(self.next(), "Gone out of business")
        paper = self.interview(self.begin())
        paper.set_order("form")
        paper.finish()
        self.assertFalse(self.Try.sudo().search([]))

    def test_what_was_written_meanwhile_is_kept(self):
        """Beside questions that nobody answered, for one."""
        zoe = self.prospects[0]
        self.leave(self.next(), "not_reached", note="Staff? <b>On</b> holiday\nMonday")
        self.assertFalse(zoe.profiling_interview_ids)
        note = zoe.message_ids[0]
        self.assertEqual(
            (note.author_id, note.message_type, note.subtype_id.internal),
            (self.salesman.partner_id, "comment", True),
        )
        for words in ("Not reached", "&lt;b&gt;On&lt;/b&gt; holiday", "Monday"):
            self.assertIn(words, note.body)
        [told] = self.interview(self.begin(zoe)).get_history()["notes"]
        self.assertIn("On</b> holiday", told["text"])
        count = len(zoe.message_ids)
        self.leave(self.begin(zoe), "busy")
        self.assertEqual(len(zoe.message_ids), count)

    def test_written_beside_answers_it_is_in_the_note_of_the_interview(self):
        zoe = self.prospects[0]
        shown = self.say(self.next(), "Sector?", "IT")
        self.leave(shown, "busy", note="Cut off")
        self.assertEqual(self.interview(shown).note, "Cut off")
        self.assertIn("Cut off", zoe.message_ids[0].body)

    def test_notes_are_texts(self):
        for note in (7, ["a"], {"a": 1}):
            with self.assertRefused(ValidationError, "text"):
                self.leave(self.next(), "busy", note=note)

    def test_without_a_call_list(self):
        self.assertEqual(
            self.leave(self.begin(), "busy"),
            {"left": True, "partner_id": self.ann.id, "name": "Ann"},
        )
        self.assertEqual(self.outcomes(self.ann), ["busy"])
        with self.assertRefused(UserError, "not part of a call list"):
            self.leave(self.begin(), "tomorrow")

    def test_after_answers_what_the_caller_says_counts(self):
        shown = self.say(self.next(), "Sector?", "IT")
        self.leave(shown, "busy")
        self.assertEqual(self.outcomes(self.prospects[0]), ["busy"])
        self.assertEqual(self.line().state, "waiting")
        self.assertAnswers(self.prospects[0], {"Sector?": "IT"})

    def test_the_hour_is_that_of_the_caller(self):
        self.salesman.sudo().tz = "Australia/Sydney"
        with freeze_time("2026-06-01 23:10:00"):
            self.leave(self.next(), "busy")
        self.assertEqual(self.tries(self.prospects[0]).hour, "09:00")


@tagged("post_install", "-at_install")
class TestLimits(TryCase):
    def not_reached(self, number=0, user=None, queue=None, outcome="not_reached"):
        Interview = self.Interview.with_user(user or self.salesman)
        shown = Interview.begin(
            self.prospects[number].id, queue_id=(queue or self.queue).id
        )
        self.leave(shown, outcome, user=user)

    def test_as_long_as_the_list_says(self):
        self.queue.minutes_between = 40
        for outcome, minutes in {
            "not_reached": 40,
            "busy": 10,
            "voicemail": 160,
        }.items():
            number = {"not_reached": 0, "busy": 1, "voicemail": 2}[outcome]
            with self.at():
                self.not_reached(number, outcome=outcome)
            self.assertEqual(
                self.line(number).date_again, self.now + timedelta(minutes=minutes)
            )

    def test_twice_a_day_and_again_the_next_day(self):
        """The last second of the day, where the caller is, still is of that day."""
        self.salesman.sudo().tz = "America/New_York"  # 08:00 there
        with self.at():
            self.not_reached()
        self.assertEqual(self.line().date_again, self.now + timedelta(hours=1))
        with self.at(hours=1):
            self.not_reached()
        midnight = fields.Datetime.to_datetime("2026-06-04 04:00:00")
        self.assertEqual(self.line().date_again, midnight)
        with freeze_time(midnight - timedelta(seconds=1)):
            self.assertNotEqual(self.next()["partner"]["name"], "Prospect 0")
        with freeze_time(midnight):
            self.not_reached()
        self.assertEqual(self.line().date_again, midnight + timedelta(hours=1))

    def test_twice_on_the_day_before_where_the_caller_is(self):
        """In Sydney it is the fourth when it is the third in UTC."""
        self.salesman.sudo().tz = "Australia/Sydney"  # 22:00 there
        with self.at():
            self.not_reached()
        with self.at(hours=1):
            self.not_reached()
        midnight = fields.Datetime.to_datetime("2026-06-03 14:00:00")
        self.assertEqual(self.line().date_again, midnight)
        with freeze_time(midnight):
            self.not_reached()
        self.assertEqual(self.line().date_again, midnight + timedelta(hours=1))

    def test_a_pause_that_reaches_beyond_midnight(self):
        """The day is over, and the pause of the list is not."""
        self.queue.write({"most_tries_day": 1, "minutes_between": 24 * 60})
        with self.at():
            self.not_reached()
        self.assertEqual(self.line().date_again, self.now + timedelta(days=1))

    def test_a_call_at_midnight_is_one_of_the_day(self):
        self.queue.write({"most_tries_day": 1})
        self.salesman.sudo().tz = "Australia/Sydney"
        midnight = fields.Datetime.to_datetime("2026-06-03 14:00:00")
        with freeze_time(midnight):
            self.not_reached()
            self.assertEqual(self.line().date_again, midnight + timedelta(days=1))

    def test_left_out_after_the_last_try(self):
        self.queue.write({"most_tries": 2, "most_tries_day": 0})
        with self.at():
            self.not_reached()
        self.assertEqual(self.line().state, "waiting")
        with self.at(hours=1):
            self.not_reached(outcome="voicemail")
        self.assertRecordValues(
            self.line(), [{"state": "skipped", "reason": "Not reached in 2 tries"}]
        )

    def test_without_limits(self):
        self.queue.write({"most_tries": 0, "most_tries_day": 0, "minutes_between": 0})
        for _try in range(8):
            with self.at():
                self.not_reached()
        self.assertRecordValues(self.line(), [{"state": "waiting", "attempts": 8}])
        self.assertEqual(self.line().date_again, self.now)

    def test_who_is_left_when_nobody_is_left_for_now(self):
        """One with a colleague, one in an hour, one tomorrow: the first of these."""
        with self.at():
            self.next(user=self.colleague)
            self.leave(self.next(), "not_reached")
            shown = self.leave(self.next(), "tomorrow")
        self.assertTrue(shown["finished"])
        self.assertEqual(
            {key: shown["queue"][key] for key in ("taken", "later", "done", "total")},
            {"taken": 1, "later": 2, "done": 0, "total": 3},
        )
        in_an_hour = fields.Datetime.to_string(self.now + timedelta(hours=1))
        first = shown["queue"]["first_later"][0]
        self.assertEqual((first["name"], first["moment"]), ("Prospect 1", in_an_hour))

    def test_called_for_another_list(self):
        """Nobody is called twice in a row because they are in two lists."""
        other = self.queue._create_for(self.prospects[0])
        with self.at():
            self.not_reached()
        self.assertEqual(self.line(0, other).date_again, self.now + timedelta(hours=1))
        with self.at(minutes=59, seconds=59):
            self.assertTrue(self.next(queue=other)["finished"])
        with self.at(hours=1):
            self.assertEqual(
                self.next(queue=other)["partner"]["id"], self.prospects[0].id
            )

    def test_put_off_for_longer_in_another_list(self):
        """Who said “tomorrow” is not called in an hour, whoever tries elsewhere."""
        other = self.queue._create_for(self.prospects[0])
        with self.at():
            self.leave(self.next(queue=other), "tomorrow")
            tomorrow = self.line(0, other).date_again
            self.assertGreater(tomorrow, self.now + timedelta(hours=1))
        with self.at(minutes=5):
            self.leave(self.begin(self.prospects[0]), "not_reached")
        self.assertEqual(self.line(0, other).date_again, tomorrow)
        self.assertEqual(
            self.line().date_again, self.now + timedelta(hours=1, minutes=5)
        )

    def test_limits_are_numbers_from_zero(self):
        for name in ("most_tries", "most_tries_day", "minutes_between"):
            with self.subTest(name), self.assertRaises(Exception) as caught:
                with self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
                    self.queue[name] = -1
                    self.queue.flush_recordset()
            self.assertIn("Check", type(caught.exception).__name__)


@tagged("post_install", "-at_install")
class TestWrongNumber(TryCase):
    def wrong(self):
        self.leave(self.next(), "wrong_number")
        return self.stored(self.prospects[0]).with_user(self.salesman)

    def test_shown_beside_the_number_until_it_is_changed(self):
        zoe = self.wrong()
        self.assertIn("Sam Salesman", zoe.profiling_wrong_number)
        Partner = self.env["res.partner"].with_user(self.salesman)
        wrong = [("profiling_wrong_number", "!=", False)]
        self.assertEqual(Partner.search(wrong), zoe)
        zoe.phone = "+32 470 99 99 99"
        self.assertFalse(self.stored(zoe).profiling_wrong_number)
        self.assertFalse(Partner.search(wrong))

    def test_another_way_to_write_it_is_the_same_number(self):
        zoe = self.wrong()
        zoe.write({"phone": "+32 (470) 12.34.50"})
        self.assertTrue(self.stored(zoe).profiling_wrong_number)

    def test_until_somebody_is_spoken_to_by_it(self):
        zoe = self.wrong()
        self.interview(self.begin(zoe)).finish()
        self.assertFalse(self.stored(zoe).profiling_wrong_number)

    def test_of_the_company_for_who_has_none(self):
        """It is wrong for them; others there may well be reached by it."""
        acme = self.prospect("ACME", is_company=True, phone="+32 470 77 77 77")
        ann, bob = (self.prospect(n, parent_id=acme.id) for n in ("Anna", "Bobby"))
        self.leave(self.begin(ann), "wrong_number")
        self.assertTrue(self.stored(ann).profiling_wrong_number)
        wrong = [("profiling_wrong_number", "!=", False)]
        Partner = self.env["res.partner"].with_user(self.salesman)
        self.assertEqual(Partner.search(wrong), ann)
        self.assertFalse(self.stored(bob).profiling_wrong_number)
        acme.phone = "+32 470 77 77 78"
        self.assertFalse(self.stored(ann).profiling_wrong_number)
        self.assertFalse(Partner.search(wrong))

    def test_a_list_of_them_takes_as_many_queries(self):
        for partner in self.prospects:
            self.leave(self.begin(partner), "wrong_number")
        Partner, counts = self.env["res.partner"].with_user(self.salesman), []
        for ids in (self.prospects.ids[:1], self.prospects.ids):
            people = Partner.browse(ids)
            counts.append(self.count_queries(people.mapped, "profiling_wrong_number"))
            for person in people:
                self.assertIn("Sam Salesman", person.profiling_wrong_number)
        self.assertEqual(*counts)

    def test_the_screen_says_so(self):
        zoe = self.wrong()
        self.assertTrue(self.begin(zoe)["partner"]["wrong_number"])
        [found] = self.Interview.find_contacts("Prospect 0")
        self.assertTrue(found["wrong_number"])


@tagged("post_install", "-at_install")
class TestTryRights(TryCase):
    def test_nobody_says_what_happened(self):
        self.leave(self.next(), "busy")
        one = self.tries(self.prospects[0])
        for user in (self.salesman, self.manager):
            mine = one.with_user(user)
            for change in (
                lambda mine=mine: mine.write({"outcome": "reached"}),
                lambda mine=mine: mine.unlink(),
                lambda mine=mine: mine.create(
                    {"partner_id": self.ann.id, "outcome": "reached"}
                ),
            ):
                with self.assertRaises(AccessError):
                    change()

    def test_ones_own_or_all(self):
        self.leave(self.next(), "busy")
        one = self.tries(self.prospects[0])
        for user, sees in (
            (self.salesman, True),
            (self.colleague, False),
            (self.manager, True),
        ):
            self.assertEqual(bool(one.with_user(user).search([])), sees)

    def test_not_those_of_another_company(self):
        self.leave(self.next(), "busy")
        other = self.env["res.company"].sudo().create({"name": "Other"})
        self.manager.sudo().company_ids -= other
        for records in (self.prospects[0], self.queue):
            records.sudo().company_id = other
            self.assertFalse(self.Try.with_user(self.manager).search([]))
            records.sudo().company_id = False

    def test_merged_contacts_keep_their_calls(self):
        self.leave(self.next(), "busy")
        self.leave(self.next(), "voicemail")
        self.env["base.partner.merge.automatic.wizard"].sudo()._merge(
            self.prospects[:2].ids, self.prospects[1]
        )
        self.env.invalidate_all()
        self.assertEqual(self.outcomes(self.prospects[1]), ["busy", "voicemail"])
        self.assertEqual(self.line(1).attempts, 2)

    def test_told_by_whom_whichever_company_they_are_of(self):
        """In the dossier of a contact that is everybody's."""
        other = self.env["res.company"].sudo().create({"name": "Other"})
        west = self.salesperson_of(other)
        shown = self.begin(user=west)
        self.say(shown, "Sector?", "IT", user=west)
        self.interview(shown, west).finish()
        self.env.flush_all()
        self.env.invalidate_all()
        for user in (self.manager, self.ann.env.user):
            dossier = self.ann.with_user(user)._profiling_dossier()
            for part in ("calls", "interviews"):
                self.assertEqual([one["by"] for one in dossier[part]], [west.name])

    def test_forgotten_with_the_contact(self):
        self.leave(self.next(), "busy")
        self.assertEqual(
            self.prospects[0]._profiling_dossier()["calls"][0]["outcome"], "Busy"
        )
        self.prospects[0]._profiling_forget()
        self.assertFalse(self.tries(self.prospects[0]))

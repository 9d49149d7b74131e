"""Whom to call now: one list for all there is to call for, and each contact once."""

from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import Command, fields
from odoo.tests import tagged

from ...models.interview import crm_profiling_interview_next
from .test_try import TryCase


class WhomCase(TryCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.profiling.queue"].sudo().search([]).active = False
        cls.env["mail.activity"].sudo().search(
            [("user_id", "in", (cls.salesman | cls.colleague).ids)]
        ).unlink()
        cls.zoe = cls.prospect("Zoe", phone="+32470999990")

    def whom(self, user=None):
        """Return the names of those to call now."""
        found = self.Interview.with_user(user or self.salesman).get_whom()["now"]
        return [one["name"] for one in found]

    def reasons(self):
        return [one["reason"] for one in self.Interview.get_whom()["now"]]

    def upcoming(self, user=None):
        shown = self.Interview.with_user(user or self.salesman).get_whom()["next"]
        return shown and (shown["name"], shown["moment"])

    def call(self, user=None):
        """Call next; return the name of whom, False for nobody."""
        self.shown = self.Interview.with_user(user or self.salesman).begin_next()
        return not self.shown.get("finished") and self.shown["partner"]["name"]

    def promise(self, partner=None, user=None, **when):
        """Promise to call somebody back, and forget about the call itself."""
        shown = self.begin(partner or self.zoe, user=user)
        self.leave(shown, "call_back", activity=when, user=user)
        self.Try.sudo().search([]).unlink()

    def activity(self, partner=None, kind="mail.mail_activity_data_call", **vals):
        activity = (partner or self.zoe).activity_schedule(
            kind, **{"user_id": self.salesman.id, **vals}
        )
        return activity

    def minutes(self, count):
        return fields.Datetime.to_string(self.now + timedelta(minutes=count))


@tagged("post_install", "-at_install")
class TestWhom(WhomCase):
    def test_nobody(self):
        self.assertEqual(self.whom(), [])
        self.assertFalse(self.call())
        self.assertFalse(self.shown["whom"]["next"])

    # Callbacks

    def test_a_callback_at_its_time_exactly(self):
        with self.at():
            self.promise(datetime=self.minutes(90))
            self.assertEqual(self.upcoming(), ("Zoe", self.minutes(90)))
        with self.at(minutes=89, seconds=59):
            self.assertFalse(self.call())
            self.assertEqual(self.shown["whom"]["next"]["name"], "Zoe")
        with self.at(minutes=90):
            self.assertEqual(self.whom(self.colleague), [])
            self.assertEqual(self.call(), "Zoe")
            self.assertEqual(self.interview(self.shown).call_reason, "callback")

    def test_a_callback_of_a_day_begins_where_the_user_is(self):
        """In Sydney the day begins at 14:00 of the day before in UTC."""
        self.salesman.sudo().tz = "Australia/Sydney"
        with self.at():
            self.promise(date_deadline="2026-06-04")
        with freeze_time("2026-06-03 13:59:59"):
            self.assertEqual(self.whom(), [])
            self.assertEqual(self.upcoming(), ("Zoe", "2026-06-03 14:00:00"))
        with freeze_time("2026-06-03 14:00:00"):
            self.assertEqual(self.whom(), ["Zoe"])

    def test_moved_in_the_calendar(self):
        with self.at():
            self.promise(datetime=self.minutes(30))
        interview = self.Interview.sudo().search([("partner_id", "=", self.zoe.id)])
        interview.callback_event_id.start += timedelta(hours=1)
        with self.at(minutes=30):
            self.assertEqual(self.whom(), [])
        with self.at(minutes=90):
            self.assertEqual(self.whom(), ["Zoe"])

    def test_promised_within_the_hour(self):
        """The call in which it was promised keeps nobody from keeping the promise."""
        with self.at():
            shown = self.begin(self.zoe)
            self.leave(shown, "call_back", activity={"datetime": self.minutes(20)})
        with self.at(minutes=20):
            self.assertEqual(self.whom(), ["Zoe"])

    def test_not_reached_at_the_callback(self):
        with self.at():
            self.promise(datetime=self.minutes(10))
        with self.at(minutes=10):
            self.call()
            self.leave(self.shown, "busy", call_next=True)
            self.assertEqual(self.whom(), [])
            self.assertEqual(self.upcoming(), ("Zoe", self.minutes(70)))
        with self.at(minutes=70):
            self.assertEqual(self.whom(), ["Zoe"])

    def test_done_once_somebody_was_spoken_to(self):
        with self.at():
            self.promise(datetime=self.minutes(10))
        with self.at(minutes=10):
            self.call()
            self.interview(self.shown).finish()
        with self.at(days=3):
            self.assertEqual(self.whom(), [])
        self.assertFalse(self.zoe.with_context(active_test=True).activity_ids)

    def test_a_callback_to_come_stays(self):
        with self.at():
            self.promise(datetime=self.minutes(300))
        with self.at(minutes=10):
            self.interview(self.begin(self.zoe)).finish()
        with self.at(minutes=300):
            self.assertEqual(self.whom(), ["Zoe"])

    def test_promised_for_later_today(self):
        """Without a time it is due at once, and not done by the talk it is from."""
        with self.at():
            shown = self.begin(self.zoe)
            self.leave(shown, "call_back", activity={"date_deadline": "2026-06-03"})
            activity = self.interview(shown).sudo().callback_activity_id
            self.assertTrue(activity.active)
            self.assertEqual(self.stored(self.zoe).activity_ids, activity)

    # Activities

    def test_due_activities_calls_first(self):
        with self.at():
            self.activity(self.ann, "mail.mail_activity_data_todo")
            self.activity(self.zoe)
            self.activity(self.prospects[0], date_deadline="2026-06-04")
            self.activity(self.prospects[1], "mail.mail_activity_data_meeting")
            self.activity(self.prospects[2], user_id=self.colleague.id)
            self.ann.phone = "+32470999991"
            self.assertEqual(self.whom(), ["Zoe", "Ann"])
            self.assertEqual(self.reasons(), ["activity"] * 2)
            self.assertEqual(self.upcoming(self.colleague), False)
            self.assertEqual(self.whom(self.colleague), ["Prospect 2"])

    def test_a_call_does_a_call_and_nothing_else(self):
        with self.at():
            self.activity(self.zoe)
            self.activity(self.zoe, "mail.mail_activity_data_todo")
            self.assertEqual(self.call(), "Zoe")
            self.interview(self.shown).finish()
            left = self.stored(self.zoe).activity_ids
            self.assertEqual(
                left.activity_type_id, self.env.ref("mail.mail_activity_data_todo")
            )
            self.assertEqual(self.whom(), [])  # spoken to today

    # Call lists

    def test_lists_by_priority_then_whom_nobody_has_called(self):
        with self.at():
            low = self.queue._create_for(self.prospects[0])
            high = self.queue._create_for(self.prospects[1:])
            high.priority = "1"
            self.assertEqual(self.whom(), ["Prospect 1", "Prospect 2", "Prospect 0"])
            self.assertEqual(self.call(), "Prospect 1")
            self.leave(self.shown, "not_reached")
        with self.at(hours=1):
            self.assertEqual(self.whom(), ["Prospect 2", "Prospect 1", "Prospect 0"])
            low.priority = "2"
            self.assertEqual(self.whom()[0], "Prospect 0")

    def test_lists_of_others_and_archived_ones(self):
        self.queue._create_for(self.prospects[0]).user_ids = self.colleague
        self.queue._create_for(self.prospects[1]).active = False
        self.queue._create_for(self.prospects[2]).user_ids = self.salesman
        self.assertEqual(self.whom(), ["Prospect 2"])

    def test_who_comes_next_in_lists_of_others(self):
        queue = self.queue._create_for(self.prospects[0])
        queue.user_ids = self.colleague
        with self.at():
            shown = self.next(user=self.colleague, queue=queue)
            self.leave(shown, "busy", user=self.colleague)
            self.assertFalse(self.upcoming())
            self.assertEqual(self.upcoming(self.colleague)[0], "Prospect 0")

    def test_callbacks_before_activities_before_lists_before_who_was_not_reached(self):
        with self.at(minutes=-120):
            self.leave(self.begin(self.prospects[2]), "not_reached")
        with self.at():
            self.queue._create_for(self.prospects[0])
            self.activity(self.prospects[1])
            self.Try.sudo().search([]).flush_recordset()
            kept = self.tries(self.prospects[2])
            shown = self.begin(self.zoe)
            self.leave(shown, "call_back", activity={"datetime": self.minutes(0)})
            (self.Try.sudo().search([]) - kept).unlink()
            self.assertEqual(self.reasons(), ["callback", "activity", "list", "again"])
            names = ["Zoe", "Prospect 1", "Prospect 0", "Prospect 2"]
            self.assertEqual(self.whom(), names)
            self.activity(self.prospects[0])
            self.assertEqual(len(self.whom()), 4)  # each once

    # Who was not reached

    def test_called_without_a_list_and_not_reached(self):
        with self.at():
            self.leave(self.begin(self.zoe), "voicemail")
            self.assertEqual(self.upcoming(), ("Zoe", self.minutes(60)))
        with self.at(minutes=59, seconds=59):
            self.assertEqual(self.whom(), [])
        with self.at(minutes=60):
            self.assertEqual(self.whom(), ["Zoe"])
            self.assertEqual(self.whom(self.colleague), [])
            self.call()
            self.leave(self.shown, "not_reached", call_next=True)
        with self.at(minutes=180):
            self.assertEqual(self.whom(), [])  # twice a day
            self.assertEqual(self.upcoming(), ("Zoe", "2026-06-04 00:00:00"))
        with freeze_time("2026-06-04 00:00:00"):
            self.assertEqual(self.call(), "Zoe")
            self.interview(self.shown).finish()
        with freeze_time("2026-06-05 00:00:00"):
            self.assertEqual(self.whom(), [])

    def test_not_reached_a_month_ago(self):
        """For thirty days it is kept in mind, and not a second longer."""
        with self.at():
            self.leave(self.begin(self.zoe), "voicemail")
        with self.at(days=30, seconds=-1):
            self.assertEqual(self.whom(), ["Zoe"])
        with self.at(days=30):
            self.assertEqual(self.whom(), [])

    def test_whose_turn_it_was_is_forgotten(self):
        """A day later, of calls; what else waits for turns keeps them."""
        turns = self.env["crm.profiling.turn"].sudo()
        day = self.now - timedelta(days=1)
        kept = turns.create(
            [
                {"name": "call of a day ago", "date": day},
                {"name": "recall", "date": day - timedelta(days=9)},
            ]
        )
        gone = turns.create({"name": "call 1", "date": day - timedelta(seconds=1)})
        with self.at():
            self.env["res.partner"]._profiling_gc_turns()
        self.assertEqual((kept | gone).exists(), kept)

    def test_spoken_to_at_the_very_moment(self):
        """An activity is done by a talk of its day; by one of the night before not."""
        with self.at():
            self.activity(self.zoe, "mail.mail_activity_data_todo")
        for moment, names in (
            ("2026-06-02 23:59:59", ["Zoe"]),
            ("2026-06-03 00:00:00", []),
        ):
            with freeze_time(moment):
                shown = self.begin(self.zoe)
                self.interview(shown).finish()
            with self.at():
                self.assertEqual(self.whom(), names, moment)

    def test_called_for_a_list_and_not_reached(self):
        """The list says when again, also once it is archived: then never."""
        queue = self.queue._create_for(self.zoe)
        with self.at():
            self.leave(self.next(queue=queue), "not_reached")
        with self.at(hours=2):
            self.assertEqual(self.reasons(), ["list"])
            queue.sudo().active = False
            self.assertEqual(self.whom(), [])

    # Nobody who cannot be called

    def test_who_cannot_be_called(self):
        with self.at():
            self.activity(self.zoe)
            for change in (
                {"phone": False},
                {"phone": ""},
                {"active": False},
                {"company_id": self.env["res.company"].sudo().create({"name": "W"}).id},
            ):
                with self.subTest(change), self.env.cr.savepoint():
                    self.zoe.sudo().write(change)
                    self.assertEqual(self.whom(), [])
                    self.zoe.sudo().write(
                        {"phone": "+32470999990", "active": True, "company_id": False}
                    )
            self.assertEqual(self.whom(), ["Zoe"])
            self.zoe.with_user(self.salesman).profiling_refuse_calls("no")
            self.assertEqual(self.whom(), [])

    def test_a_company_is_at_no_company(self):
        acme = self.prospect("ACME", phone="+32470111111", is_company=True)
        zac = self.prospect("Zac", parent_id=acme.id, phone="+32470111112")
        with self.at():
            self.activity(acme)
            self.activity(zac)
            shown = self.Interview.get_whom()["now"]
            self.assertEqual(
                {one["name"]: one["company"] for one in shown},
                {"ACME": "", "Zac": "ACME"},
            )

    def test_why_it_is_this_one_is_told_where_it_was_chosen_for_one(self):
        with self.at():
            self.activity(self.zoe, summary="Offer")
            self.assertFalse(self.begin(self.ann)["call"])
            self.assertEqual(self.call(), "Zoe")
            self.assertEqual(self.shown["call"]["reason"], "activity")
            self.assertEqual(self.shown["call"]["summary"], "Offer")

    def test_the_number_of_the_company_will_do(self):
        acme = self.prospect("ACME", phone="+32470111111", is_company=True)
        zoe = self.prospect("Zac", parent_id=acme.id)
        zoe.phone = False
        with self.at():
            self.activity(zoe)
            [shown] = self.Interview.get_whom()["now"]
        self.assertEqual(shown["phone"], "+32470111111")

    def test_it_says_how_many_have_no_number(self):
        with self.at():
            self.zoe.phone = False
            self.activity(self.zoe)
            self.queue._create_for(self.prospects[:2])
            self.prospects[0].phone = False
            whom = self.Interview.get_whom()
        self.assertEqual([one["name"] for one in whom["now"]], ["Prospect 1"])
        self.assertEqual(whom["without_number"], 2)

    def test_as_many_are_shown_as_one_looks_through(self):
        """Who has no number is told where others are not enough."""
        with self.at():
            self.queue._create_for(self.prospects)
            self.zoe.phone = False
            self.activity(self.zoe)
            for most, without in ((2, 0), (3, 0), (4, 1)):
                with patch.object(crm_profiling_interview_next, "SHOWN", most):
                    whom = self.Interview.get_whom()
                self.assertEqual(len(whom["now"]), min(most, 3))
                self.assertEqual(whom["without_number"], without)

    def test_a_wrong_number_is_none(self):
        with self.at():
            self.activity(self.zoe)
            self.call()
            self.leave(self.shown, "wrong_number", call_next=True)
        with self.at(days=2):
            self.assertEqual(self.whom(), [])
            self.assertEqual(self.Interview.get_whom()["without_number"], 1)
            self.zoe.phone = "+32470999992"
            self.assertEqual(self.whom(), ["Zoe"])

    def test_whom_a_colleague_is_talking_to(self):
        with self.at():
            self.activity(self.zoe)
            self.begin(self.zoe, user=self.colleague)
        with self.at(minutes=29, seconds=59):
            self.assertEqual(self.whom(), [])
        with self.at(minutes=30):  # quiet for half an hour: it is over
            self.assertEqual(self.whom(), ["Zoe"])

    def test_two_callers_get_two_contacts(self):
        both = self.queue._create_for(self.prospects[:2])
        twin = self.queue._create_for(self.prospects[:2])
        both.user_ids, twin.user_ids = self.salesman, self.colleague
        self.assertNotEqual(self.call(), self.call(self.colleague))
        self.assertFalse(self.call(self.manager))

    # Going on

    def test_the_call_that_one_is_in(self):
        self.queue._create_for(self.prospects)
        with self.at():
            name = self.call()
            self.assertEqual(self.call(), name)
        with self.at(minutes=31):  # left without a word: it is still theirs
            self.assertEqual(self.call(), name)
            self.leave(self.shown, "not_reached")
            self.assertNotEqual(self.call(), name)

    def test_on_and_on(self):
        with self.at():
            self.queue._create_for(self.prospects[:2])
            self.activity(self.zoe)
            self.assertEqual(self.call(), "Zoe")
            shown = self.leave(self.shown, "busy", call_next=True)
            self.assertEqual(shown["partner"]["name"], "Prospect 0")
            shown = self.leave(shown, "voicemail", call_next=True)
            self.assertEqual(shown["partner"]["name"], "Prospect 1")
            shown = self.leave(shown, "refused", call_next=True)
            self.assertTrue(shown["finished"])
            self.assertEqual(shown["whom"]["next"]["name"], "Zoe")

    def test_the_list_brings_its_questionnaire(self):
        questionnaire = self.env["crm.profiling.questionnaire"].create(
            {
                "name": "Fair",
                "question_ids": [Command.set(self.ask("Sector?").ids)],
            }
        )
        queue = self.queue._create_for(self.prospects[0])
        queue.write({"questionnaire_id": questionnaire.id, "ask_order": "form"})
        self.call()
        self.assertEqual(self.shown["questionnaire_id"], questionnaire.id)
        self.assertEqual(self.shown["ask_order"], "form")

    def test_costs_no_more_for_many(self):
        def grow(count):
            people = self.env["res.partner"].create(
                [{"name": f"M{n}", "phone": f"+3247{n:07}"} for n in range(count)]
            )
            for start in range(0, count, 10):
                self.queue._create_for(people[start : start + 10])
            for one in people[:count:3]:
                self.activity(one, "mail.mail_activity_data_todo")
            self.env.flush_all()

        def measure(method, *args):
            self.env.invalidate_all()
            return self.count_queries(getattr(self.Interview, method), *args)

        grow(100)
        self.Interview.get_whom()
        few = measure("get_whom")
        grow(200)
        self.assertAlmostEqual(measure("get_whom"), few, delta=1)
        self.leave(self.Interview.begin_next(), "busy")
        first = measure("begin_next")
        self.leave(self.Interview.begin_next(), "busy")
        grow(200)
        self.assertAlmostEqual(measure("begin_next"), first, delta=3)

"""A call that was promised: one activity, at its time in the caller's calendar."""

from datetime import UTC, datetime, timedelta

from freezegun import freeze_time
from pytz import timezone

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import SQL

from ...models.interview.crm_profiling_interview_callback import MOST_DAYS
from .test_interview import InterviewCase


@tagged("post_install", "-at_install")
class TestCallback(InterviewCase):
    def setUp(self):
        super().setUp()
        self.user = self.salesman
        self.user.sudo().tz = "Europe/Brussels"
        self.day = fields.Date.today() + timedelta(days=3)

    def at(self, hour, minute=0, days=0):
        """Return a time of the day of the call, as the screen sends it: in UTC."""
        local = timezone("Europe/Brussels").localize(
            datetime.combine(self.day + timedelta(days=days), datetime.min.time())
        ) + timedelta(hours=hour, minutes=minute)
        return fields.Datetime.to_string(local.astimezone(UTC).replace(tzinfo=None))

    def promise(self, **activity):
        shown = self.interview(self.begin()).finish(activity=activity)
        return self.interview(shown), shown

    def test_a_time_is_in_the_calendar_of_the_caller_alone(self):
        start = self.at(15, 30)
        _interview, shown = self.promise(datetime=start, summary="The price")
        activity = self.ann.activity_ids
        self.assertRecordValues(
            activity,
            [
                {
                    "activity_type_id": self.env.ref("mail.mail_activity_data_call").id,
                    "date_deadline": self.day,
                    "summary": "The price",
                    "user_id": self.user.id,
                }
            ],
        )
        event = activity.calendar_event_id
        self.assertEqual(fields.Datetime.to_string(event.start), start)
        self.assertEqual(event.partner_ids, self.user.partner_id)
        self.assertEqual(event.attendee_ids.partner_id, self.user.partner_id)
        self.assertEqual((event.show_as, event.user_id), ("free", self.user))
        self.assertEqual(event.alarm_ids.mapped("alarm_type"), ["notification"])
        self.assertEqual((event.res_model, event.res_id), ("res.partner", self.ann.id))
        self.assertFalse(
            self.env["mail.mail"]
            .sudo()
            .search([])
            .filtered(lambda mail: self.ann in mail.recipient_ids)
        )
        self.assertEqual(
            shown["callback"],
            {
                "what": activity.activity_type_id.name,
                "summary": "The price",
                "user": self.user.name,
                "date": fields.Date.to_string(self.day),
                "datetime": start,
            },
        )

    def note(self):
        return self.ann.message_ids.filtered(lambda one: "Interviewed" in one.body).body

    def test_it_is_in_the_note_on_the_contact(self):
        """Whoever opens the contact once the call is made, and its activity gone."""
        self.env["res.lang"].sudo()._lang_get("en_US").time_format = "%H:%M:%S"
        interview, _shown = self.promise(datetime=self.at(15, 30), summary="The price")
        day = self.day.strftime("%m/%d/%Y")
        self.assertIn(f"Next: The price, {day} 15:30, {self.user.name}", self.note())
        interview.reopen()
        interview.finish(
            activity={"date_deadline": str(self.day), "user_id": self.colleague.id}
        )
        self.assertIn(f"Next: Call, {day}, {self.colleague.name}", self.note())
        self.assertNotIn("The price", self.note())

    def test_nothing_is_promised_where_nothing_is(self):
        self.interview(self.begin()).finish(note="Later")
        self.assertNotIn("Next:", self.note())

    def test_just_after_midnight_is_the_next_day_where_the_caller_is(self):
        """In UTC it is the day before still."""
        self.promise(datetime=self.at(0, 30))
        activity = self.ann.activity_ids
        self.assertEqual(activity.date_deadline, self.day)
        event = activity.calendar_event_id
        self.assertEqual(fields.Datetime.to_string(event.start), self.at(0, 30))

    def test_just_before_midnight_is_the_same_day_where_the_caller_is(self):
        self.user.sudo().tz = "America/Lima"  # 23:30 in Brussels, and no summer time
        start = f"{self.day} 04:30:00"
        self.promise(datetime=start)
        self.assertEqual(
            self.ann.activity_ids.date_deadline, self.day - timedelta(days=1)
        )

    def test_from_today_on_where_the_caller_is(self):
        """In Sydney it is the second of June when it is the first in UTC."""
        self.user.sudo().tz = "Australia/Sydney"
        with freeze_time("2026-06-01 20:00:00"):
            for activity in (
                {"date_deadline": "2026-06-01"},
                {"datetime": "2026-06-01 13:59:59"},
            ):
                with self.subTest(activity), self.assertRefused(UserError, "Say when"):
                    self.promise(**activity)
            self.promise(date_deadline="2026-06-02")
            self.assertEqual(str(self.ann.activity_ids.date_deadline), "2026-06-02")
            self.ann.activity_ids.unlink()
            self.promise(datetime="2026-06-01 21:00:00")
            self.assertEqual(str(self.ann.activity_ids.date_deadline), "2026-06-02")

    def test_the_last_day_there_is(self):
        last = fields.Date.today() + timedelta(days=MOST_DAYS)
        with self.assertRefused(UserError, "Say when"):
            self.promise(date_deadline=str(last + timedelta(days=1)))
        self.promise(date_deadline=str(last))
        self.assertEqual(self.ann.activity_ids.date_deadline, last)

    def test_the_calendar_of_a_colleague_says_who_put_it_there(self):
        colleague = new_test_user(
            self.env(su=True), "callback_colleague", "sales_team.group_sale_salesman"
        )
        self.promise(datetime=self.at(9), user_id=colleague.id)
        event = self.ann.activity_ids.calendar_event_id.sudo()
        self.assertEqual((event.create_uid, event.user_id), (self.user, colleague))
        self.assertEqual(event.attendee_ids.partner_id, colleague.partner_id)
        self.assertEqual(event.attendee_ids.state, "accepted")
        self.assertEqual(event.partner_ids, colleague.partner_id)
        told = self.env["mail.message"].sudo()
        told = told.search(
            [("model", "=", "calendar.event"), ("res_id", "=", event.id)]
        )
        self.assertFalse(told.notified_partner_ids)

    def test_what_was_promised_is_named_to_those_who_may_read_it(self):
        """The names of what a record points to Odoo reads as superuser."""
        interview, _shown = self.promise(datetime=self.at(9), summary="The price")
        self.assertNotIn("The price", str(interview.read()))

    def test_either_moves_with_the_other(self):
        self.promise(datetime=self.at(15, 30))
        activity = self.ann.activity_ids
        event = activity.calendar_event_id
        activity.with_context(tz="Europe/Brussels").date_deadline += timedelta(days=2)
        self.assertEqual(fields.Datetime.to_string(event.start), self.at(15, 30, 2))
        event.with_context(tz="Europe/Brussels").write(
            {"start": self.at(9, 0, 5), "stop": self.at(9, 15, 5)}
        )
        self.assertEqual(activity.date_deadline, self.day + timedelta(days=5))

    def test_either_goes_with_the_other(self):
        interview, _shown = self.promise(datetime=self.at(9))
        event = self.ann.activity_ids.calendar_event_id
        self.ann.activity_ids.unlink()
        self.assertFalse(event.exists())
        self.assertFalse(interview.get_screen()["callback"])
        interview.reopen()
        interview.finish(activity={"datetime": self.at(10)})
        self.ann.activity_ids.calendar_event_id.unlink()
        self.assertFalse(self.ann.activity_ids)

    def test_promised_anew_there_is_one(self):
        """The interview is opened again: what was promised before is off."""
        interview, _shown = self.promise(datetime=self.at(9))
        first = self.ann.activity_ids
        event = first.calendar_event_id
        interview.reopen()
        interview.finish(activity={"datetime": self.at(10)})
        self.assertFalse(first.exists() or event.exists())
        [activity] = self.stored(self.ann).activity_ids
        self.assertEqual(
            fields.Datetime.to_string(activity.calendar_event_id.start), self.at(10)
        )

    def made_last(self, table, column):
        """Have the database look at this constraint after all others."""
        name = SQL.identifier(f"{table}_{column}_fkey")
        table = SQL.identifier(table)
        self.env.flush_all()
        self.env.cr.execute("SET CONSTRAINTS ALL IMMEDIATE")
        query = "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s"
        [[text]] = self.env.execute_query(SQL(query, name.code.strip('"')))
        self.env.cr.execute(SQL("ALTER TABLE %s DROP CONSTRAINT %s", table, name))
        self.env.cr.execute(
            SQL("ALTER TABLE %s ADD CONSTRAINT %s %s", table, name, SQL(text))
        )

    def test_it_goes_whatever_the_database_looks_at_first(self):
        orders = (
            ("mail_activity", "calendar_event_id"),
            ("mail_activity", "user_id"),
            ("crm_profiling_interview", "callback_activity_id"),
            ("crm_profiling_interview", "call_activity_id"),
            ("crm_profiling_interview", "callback_event_id"),
            ("crm_profiling_interview", "user_id"),
        )
        for order in orders:
            for goes in ("event", "user"):
                with self.subTest(last=order, goes=goes):
                    self.made_last(*order)
                    caller = new_test_user(
                        self.env(su=True),
                        f"caller {goes} {'.'.join(order)}",
                        groups="sales_team.group_sale_salesman_all_leads",
                    )
                    prospect = self.prospect("Whoever")
                    self.promised_by(caller, prospect, goes)
                    self.assertFalse(prospect.activity_ids)

    def promised_by(self, caller, prospect, goes):
        """Have somebody promise a call and call for it, then delete what goes."""
        Interview = self.env["crm.profiling.interview"].with_user(caller)
        first = Interview.browse(Interview.begin(prospect.id)["id"])
        first.finish(activity={"datetime": self.at(9)})
        activity = first.sudo().callback_activity_id
        second = Interview.browse(Interview.begin(prospect.id)["id"])
        second.sudo().write(
            {"call_activity_id": activity.id, "meeting_id": activity.calendar_event_id}
        )
        if goes == "user":
            caller.sudo().unlink()
        else:
            activity.calendar_event_id.sudo().unlink()
        self.env.invalidate_all()

    def test_what_others_planned_stays_in_their_calendars(self):
        event = self.env["calendar.event"].create(
            {"name": "Lunch", "start": self.at(12), "stop": self.at(13)}
        )
        activity = self.ann.activity_schedule("mail.mail_activity_data_meeting")
        activity.calendar_event_id = event
        activity.unlink()
        self.assertTrue(event.exists())

    def test_what_is_tied_to_a_promise_stays_in_their_calendars(self):
        """It would be deleted as superuser."""
        event = self.env["calendar.event"].create(
            {"name": "Lunch", "start": self.at(12), "stop": self.at(13)}
        )
        for when in ({"datetime": self.at(10)}, {"date_deadline": self.day}):
            interview, _shown = self.promise(**when)
            activity = interview.sudo().callback_activity_id.with_env(self.env)
            activity.calendar_event_id = event
            activity.unlink()
            self.assertTrue(event.exists())
        self.assertFalse(interview.sudo().callback_event_id)

    def test_a_day_alone_is_not_in_the_calendar(self):
        _interview, shown = self.promise(date_deadline=fields.Date.to_string(self.day))
        self.assertFalse(self.ann.activity_ids.calendar_event_id)
        self.assertFalse(shown["callback"]["datetime"])

    def test_there_is_one_however_often_it_is_promised(self):
        interview, _shown = self.promise(datetime=self.at(9))
        interview.finish(activity={"datetime": self.at(10)})  # a double click
        self.assertEqual(len(self.ann.activity_ids), 1)
        event = self.ann.activity_ids.calendar_event_id
        interview.reopen()
        interview.finish(activity={"datetime": self.at(17)})
        self.assertFalse(event.exists())
        activity = self.ann.activity_ids
        self.assertEqual(len(activity), 1)
        self.assertEqual(
            fields.Datetime.to_string(activity.calendar_event_id.start), self.at(17)
        )

    def test_what_is_no_time_to_come_is_refused(self):
        interview = self.interview(self.begin())
        for activity in (
            {"date_deadline": "2020-01-01"},
            {"date_deadline": "9999-01-01"},
            {"date_deadline": "soon"},
            {"datetime": "soon"},
            {"datetime": [1]},
            {"datetime": "0001-01-01 00:00:00"},
            {"datetime": "9999-12-31 23:59:59"},
            {"datetime": {"a": 1}, "date_deadline": 5},
            {"datetime": "2020-01-01 10:00:00"},
            {"summary": "no date"},
        ):
            with self.subTest(activity), self.assertRefused(UserError, "Say when"):
                interview.finish(activity=activity)

"""Who is found by name, and waits in a call list, is not handed out once more."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .test_try import TryCase


@tagged("post_install", "-at_install")
class TestCallByName(TryCase):
    def call(self, number=0, user=None, **vals):
        """Begin to talk to a prospect who was found by name."""
        return self.begin(self.prospects[number], user=user, **vals)

    def assertLine(self, number=0, queue=None, **vals):
        self.assertRecordValues(self.line(number, queue), [vals])

    def questionnaire(self, *questions):
        return self.env["crm.profiling.questionnaire"].create(
            {
                "name": " ".join(questions),
                "question_ids": [q for name in questions for q in self.ask(name).ids],
            }
        )

    def test_once_spoken_to_they_are_called(self):
        with self.at():
            shown = self.say(self.call(), "Sector?", "IT")
            self.assertLine(state="waiting")  # perhaps it is left
            shown = self.interview(shown).finish()
        self.assertLine(state="done", user_id=self.salesman.id, attempts=0)
        self.assertEqual(self.tries(self.prospects[0]).queue_id, self.queue)
        self.assertEqual((shown["queue"]["done"], shown["queue"]["total"]), (1, 3))
        with self.at(days=1):
            self.assertEqual(self.next()["partner"]["id"], self.prospects[1].id)

    def test_whatever_came_of_it(self):
        """It is as if the list had handed them out."""
        tomorrow = {
            "activity_type_id": self.env.ref("mail.mail_activity_data_call").id,
            "date_deadline": fields.Date.to_string(self.now + timedelta(days=1)),
        }
        for outcome, expected in {
            "reached": {"state": "done"},
            "not_reached": {"state": "waiting", "attempts": 1},
            "busy": {"state": "waiting", "last_outcome": "busy"},
            "voicemail": {"state": "waiting", "last_outcome": "voicemail"},
            "call_back": {"state": "done", "last_outcome": "call_back"},
            "wrong_number": {"state": "skipped", "reason": "Wrong number"},
            "refused": {"state": "skipped", "reason": "Refused to talk"},
        }.items():
            with self.subTest(outcome), self.env.cr.savepoint() as point, self.at():
                plan = tomorrow if outcome == "call_back" else None
                left = self.leave(self.call(), outcome, activity=plan)
                self.assertEqual(left["left"], True)  # not on to the list's next one
                self.assertLine(**expected)
                self.assertEqual(self.queue.try_count, 1)
                pause = {"not_reached": 60, "busy": 15, "voicemail": 240}.get(outcome)
                if pause:
                    again = self.now + timedelta(minutes=pause)
                    self.assertLine(date_again=again)
                point.rollback()
                self.env.invalidate_all()

    def test_who_is_not_to_be_called(self):
        self.leave(self.call(), "never again", refuses=True)
        self.assertLine(state="skipped", reason="never again")
        self.interview(self.call(1)).refuse_calls("no time")
        self.interview(self.call(1)).finish()
        self.assertLine(1, state="skipped", reason="no time")

    def test_tries_are_counted_in_the_list(self):
        self.queue.write({"most_tries": 2, "most_tries_day": 0})
        for hours in (0, 1):
            with self.at(hours=hours):
                self.leave(self.call(), "not_reached")
        self.assertLine(state="skipped", reason="Not reached in 2 tries")

    def test_by_a_colleague(self):
        """Who may call the list calls for it; others' word is no end of it."""
        self.interview(self.call(user=self.colleague), self.colleague).finish()
        self.assertLine(state="done", user_id=self.colleague.id)
        self.queue.user_ids = self.salesman
        with self.at():
            shown = self.call(1, user=self.colleague)
            self.interview(shown, self.colleague).finish()
        again = self.now + timedelta(hours=1)
        self.assertLine(1, state="waiting", date_again=again)

    def test_a_colleague_has_them_on_the_phone(self):
        mine = self.call()
        theirs = self.next(self.colleague)
        self.assertEqual(theirs["partner"]["id"], self.prospects[1].id)
        theirs = self.call(user=self.colleague, queue_id=self.queue.id)
        self.interview(mine).finish()
        self.assertLine(state="taken", user_id=self.colleague.id)
        self.interview(theirs, self.colleague).finish()
        self.assertLine(state="done", user_id=self.colleague.id)

    def test_taken_from_the_list_before(self):
        self.next()
        self.interview(self.next()).sudo().unlink()
        self.interview(self.call()).finish()
        self.assertLine(state="done")

    def test_a_list_that_asks_something_else(self):
        staff, sector = self.questionnaire("Staff?"), self.questionnaire("Sector?")
        self.queue.questionnaire_id = staff
        with self.at():
            self.interview(self.call(questionnaire_id=sector.id)).finish()
        self.assertLine(state="waiting", date_again=self.now + timedelta(hours=1))
        self.interview(self.call(1, questionnaire_id=staff.id)).finish()
        self.assertLine(1, state="done")
        # every question: what the list asks is among them
        self.interview(self.call(2)).finish()
        self.assertLine(2, state="done")

    def test_paper_is_no_call(self):
        paper = self.interview(self.call())
        paper.set_order("form")
        paper.finish()
        self.assertLine(state="waiting")
        self.queue.ask_order = "form"
        self.interview(self.call()).finish()
        self.assertLine(state="waiting")  # it is still to be typed in
        paper = self.interview(self.call())
        paper.set_order("form")
        paper.finish()
        self.assertLine(state="done")

    def test_of_two_lists_the_one_with_more_stars(self):
        other = self.queue._create_for(self.prospects[0])
        self.queue.priority = "2"
        with self.at():
            self.interview(self.call()).finish()
        self.assertLine(state="done")
        again = self.now + timedelta(hours=1)
        self.assertLine(queue=other, state="waiting", date_again=again)

    def test_lists_that_are_not_theirs(self):
        other = self.env["res.company"].sudo().create({"name": "Other"})
        for vals in ({"company_id": other.id}, {"active": False}):
            with self.subTest(vals), self.env.cr.savepoint() as point, self.at():
                self.queue.sudo().write(vals)
                self.interview(self.call()).finish()
                self.assertEqual(self.line().sudo().state, "waiting")
                self.assertFalse(self.tries(self.prospects[0]).queue_id)
                point.rollback()
                self.env.invalidate_all()

    def test_an_interview_that_is_not_finished(self):
        """The list goes on with it."""
        shown = self.say(self.call(), "Sector?", "IT")
        self.assertEqual(self.next()["id"], shown["id"])
        self.interview(shown).finish()
        self.assertLine(state="done")

    def test_finished_twice(self):
        shown = self.call()
        for _time in range(2):
            self.interview(shown).finish()
            self.interview(shown).reopen()
        self.interview(shown).finish()
        self.assertLine(state="done", attempts=0)
        self.assertEqual(self.queue.try_count, 1)

"""Said again in an interview an answer is confirmed; its comment is another matter."""

from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from .test_interview import InterviewCase


@tagged("post_install", "-at_install")
class TestInterviewWords(InterviewCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.now = fields.Datetime.now()
        cls.ask("Staff?").validity_months = 6

    def noted(self, user, days, question, *answers, comment=None):
        """Have somebody note answers so many days ago, in an interview of theirs."""
        with freeze_time(self.now - timedelta(days=days)):
            shown = self.begin(user=user)
            self.say(shown, question, *answers, user=user, comment=comment)
            self.interview(shown, user).finish()

    def said(self):
        """Return who noted what counts now, how long ago, and in which words."""
        self.env.flush_all()
        self.env.invalidate_all()
        return {
            response.answer_id.name: (
                response.user_id,
                round((self.now - response.date) / timedelta(days=1)),
                response.comment or "",
            )
            for response in self.ann.profiling_response_ids
        }

    def past(self):
        History = self.env["crm.profiling.response.history"]
        return History.search([("partner_id", "=", self.ann.id)])

    def rows(self):
        """Return what counts now, in every detail."""
        self.env.flush_all()
        self.env.invalidate_all()
        return self.ann.profiling_response_ids.sorted("id").read(
            ["answer_id", "date", "user_id", "comment", "number", "interview_id"]
        )

    def test_other_words_leave_who_noted_it(self):
        self.noted(self.colleague, 9, "Sector?", "IT", comment="Telephones")
        shown = self.say(self.begin(), "Sector?", "IT", comment="And telephones")
        self.assertEqual(self.said(), {"IT": (self.colleague, 9, "And telephones")})
        [given] = self.shown_question(shown, "Sector?")["given"]
        self.assertEqual((given["user"], given["by_me"]), ("Cora Colleague", False))
        self.say(shown, "Sector?", "IT", comment="")
        self.assertEqual(self.said(), {"IT": (self.colleague, 9, "")})
        self.assertFalse(self.past())

    def test_words_are_on_the_tab(self):
        self.noted(self.colleague, 9, "Sector?", "IT", comment="Telephones")
        said = self.stored(self.ann).profiling_said["words"]
        self.assertEqual(list(said.values()), ["Telephones"])

    def test_the_same_answer_in_the_same_words_is_confirmed(self):
        self.noted(self.colleague, 9, "Sector?", "IT", comment="Telephones")
        for words in ({"comment": "Telephones"}, {}):
            shown = self.say(self.begin(), "Sector?", "IT", **words)
            self.assertEqual(self.said(), {"IT": (self.salesman, 0, "Telephones")})
            self.interview(shown).finish()
        self.assertEqual(self.past().mapped("end_reason"), ["confirmed"] * 2)
        self.assertEqual(self.past()[-1].user_id, self.colleague)
        interview = self.ann.profiling_response_ids.interview_id
        self.assertEqual(interview.id, shown["id"])

    def test_what_is_out_of_date_is_answered_anew_in_whatever_words(self):
        self.noted(self.colleague, 300, "Staff?", "1", comment="Alone")
        self.say(self.begin(), "Staff?", "1", comment="Still alone")
        self.assertEqual(self.said(), {"1": (self.salesman, 0, "Still alone")})
        [past] = self.past()
        self.assertEqual((past.comment, past.end_reason), ("Alone", "confirmed"))
        self.assertEqual(past.interview_id.user_id, self.colleague)

    def test_another_answer_does_not_keep_the_words(self):
        self.noted(self.colleague, 9, "Sector?", "IT", comment="Telephones")
        self.say(self.begin(), "Sector?", "Industry")
        self.assertEqual(self.said(), {"Industry": (self.salesman, 0, "")})

    def test_other_words_to_several_answers(self):
        self.ask("Sector?").selection_mode = "multiple"
        self.noted(self.colleague, 9, "Sector?", "IT", "Services", comment="Both")
        shown = self.say(self.begin(), "Sector?", "IT", "Services", comment="Mostly IT")
        self.assertEqual(
            self.said(),
            {n: (self.colleague, 9, "Mostly IT") for n in ("IT", "Services")},
        )
        # one more answer is a word; so is what is said again beside it
        self.say(shown, "Sector?", "IT", "Services", "Others", comment="All")
        self.assertEqual({who for who, _d, _c in self.said().values()}, {self.salesman})

    def test_what_arrives_twice_is_said_once(self):
        """As when the page is loaded again while an answer is on its way."""
        self.ask("Sector?").selection_mode = "multiple"
        self.ask_staff_by_number()
        for question, answers, words in (
            ("Journalist?", ["No"], {}),
            ("Budget?", ["<100k"], {"comment": "Perhaps more"}),
            ("Sector?", ["IT", "Services"], {"comment": "Both"}),
            ("Staff?", [], {"number": "37"}),
        ):
            with self.subTest(question):
                shown = self.begin()
                with freeze_time(self.now + timedelta(minutes=5)):
                    self.say(shown, question, *answers, **words)
                said = self.rows()
                with freeze_time(self.now + timedelta(minutes=5, seconds=1)):
                    self.say(shown, question, *answers, **words)
                with freeze_time(self.now + timedelta(minutes=6)):
                    self.say(shown, question, *answers, **words, said_ago=60)
                self.assertEqual(self.rows(), said)
                self.assertFalse(self.past())

    def test_another_number_or_none_is_another_word(self):
        self.ask_staff_by_number()
        shown = self.begin()
        for words in ({"number": "37"}, {"number": "38"}, {}):
            answers = [] if words else ["21-50"]
            self.say(shown, "Staff?", *answers, **words)
        self.assertEqual(self.past().mapped("end_reason"), ["confirmed"] * 2)

    def test_the_end_tells_numbers_and_words(self):
        self.ask_staff_by_number("employees")
        self.choice("Sector?", "Others").needs_words = True
        shown = self.say(self.begin(), "Staff?", number="37")
        shown = self.say(shown, "Sector?", "Others", comment="Laser cutting")
        answered = self.interview(shown).finish()["summary"]["answered"]
        self.assertEqual(
            [(one["answers"], one["comments"]) for one in answered],
            [(["Others"], ["Laser cutting"]), (["21-50 · 37 employees"], [])],
        )
        note = self.ann.message_ids[0].body
        self.assertIn("21-50 · 37 employees", note)
        self.assertIn("Laser cutting", note)

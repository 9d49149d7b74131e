"""An interview: what is asked, what is stored at once, and how it ends."""

from odoo.tests import tagged

from .common import ProfilingCase


class InterviewCase(ProfilingCase):
    """Words for interviews, led by a salesperson."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Interview = cls.env["crm.profiling.interview"].with_user(cls.salesman)
        cls.ann = cls.prospect("Ann")

    def begin(self, partner=None, **vals):
        """Begin an interview, and return what its screen shows."""
        return self.Interview.begin((partner or self.ann).id, **vals)

    def interview(self, shown, user=None):
        """Return the interview that a screen shows."""
        return self.Interview.with_user(user or self.salesman).browse(shown["id"])

    def say(self, shown, question, *answers, user=None, **vals):
        """Answer a question by names, and return what the screen shows then."""
        return self.interview(shown, user).answer(
            self.ask(question).id, self.choice(question, *answers).ids, **vals
        )

    def status(self, shown, question):
        """Return where a question stands."""
        return self.shown_question(shown, question)["status"]

    def shown_question(self, shown, question):
        return next(q for q in shown["questions"] if q["name"] == question)

    def shown_states(self, shown):
        """Return the state of each profile on the screen."""
        return {profile["name"]: profile["state"] for profile in shown["profiles"]}


@tagged("post_install", "-at_install")
class TestInterview(InterviewCase):
    def test_answers_are_stored_at_once(self):
        shown = self.say(self.begin(), "Sector?", "IT", comment="and hardware")
        self.assertProfilesAndTags(self.ann, "Partnership")
        self.assertRecordValues(
            self.ann.profiling_response_ids,
            [
                {
                    "source": "interview",
                    "interview_id": shown["id"],
                    "comment": "and hardware",
                    "user_id": self.salesman.id,
                }
            ],
        )
        self.assertEqual(self.status(shown, "Sector?"), "answered")
        self.assertEqual(self.shown_states(shown)["Partnership"], "matched")
        [given] = self.shown_question(shown, "Sector?")["given"]
        self.assertTrue(given["by_me"])

    def test_what_can_no_longer_matter_is_not_asked(self):
        shown = self.say(self.begin(), "Sector?", "IT")
        self.assertEqual(self.status(shown, "Budget?"), "not_needed")
        shown = self.say(shown, "Staff?", "500+")
        self.assertFalse(shown["next"])
        self.assertEqual(shown["progress"]["open_profiles"], 0)

    def test_goes_on_until_all_is_decided(self):
        shown = self.begin()
        asked = []
        while shown["next"]:
            question = self.env["crm.profiling.question"].browse(
                shown["next"]["question_id"]
            )
            asked.append(question.name)
            shown = self.say(shown, question.name, question.answer_ids[-1].name)
        self.assertEqual(len(asked), len(set(asked)))
        self.assertNotIn("open", self.shown_states(shown).values())

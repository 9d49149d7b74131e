"""Interviews in a browser: by keyboard, back and forth, loaded again, a call list."""

from odoo.fields import Domain
from odoo.tests import HttpCase, tagged

from ..common import LARGE_ACCOUNT, ProfilingCase


@tagged("post_install", "-at_install", "browser")
class TestUiInterview(ProfilingCase, HttpCase):  # in that order: see TestUi
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.zoe = cls.prospect("Zoe Prospect")

    def interview(self, partner):
        """Return an interview that asks in the order of the questions."""
        return (
            self.env["crm.profiling.interview"]
            .with_user(self.salesman)
            .create({"partner_id": partner.id, "ask_order": "questionnaire"})
        )

    def play(self, url, tour):
        self.start_tour(url, tour, login=self.salesman.login)

    def test_by_keyboard_alone(self):
        interview = self.interview(self.zoe)
        self.play(
            f"/odoo/res.partner/{self.zoe.id}", "crm_profiling_interview_keyboard_tour"
        )

        self.assertAnswers(
            self.zoe, {**LARGE_ACCOUNT, "Journalist?": "No", "Staff?": "500+"}
        )
        self.assertProfiles(self.zoe, self.large.name)
        self.assertEqual(
            set(self.zoe.profiling_response_ids.mapped("source")), {"interview"}
        )
        budget = self.zoe.profiling_response_ids.filtered(
            lambda response: response.question_id == self.ask("Budget?")
        )
        self.assertEqual(budget.comment, "From the board")
        interview = self.stored(interview)
        self.assertEqual(interview.state, "done")
        self.assertEqual(interview.note, "Call on Monday")

    def test_back_skip_decline_and_several_answers(self):
        interests = self.question(
            "Interests?",
            ["Training", "Support", "Hosting"],
            selection_mode="multiple",
            sequence=-1,
        )
        self.profile("Interested", {"Interests?": ["Training", "Support", "Hosting"]})
        interview = self.interview(self.zoe)
        self.play(
            f"/odoo/interview/{interview.id}", "crm_profiling_interview_back_tour"
        )

        self.assertAnswers(
            self.zoe,
            {
                interests.name: ["Training", "Hosting"],
                "Journalist?": "No",
                "Sector?": "Services",
            },
        )
        interview = self.stored(interview)
        self.assertEqual(interview.declined_question_ids, self.ask("Staff?"))
        self.assertFalse(interview.skipped_question_ids)
        self.assertEqual(interview.state, "done")

    def test_loaded_again_in_the_middle(self):
        interview = self.interview(self.zoe)
        url = f"/odoo/interview/{interview.id}"
        self.play(url, "crm_profiling_interview_reload_tour")

        self.assertAnswers(self.zoe, {"Journalist?": "No", "Sector?": "IT"})
        self.assertEqual(self.stored(interview).state, "done")
        self.assertEqual(len(self.zoe.profiling_interview_ids), 1)

    def test_a_new_prospect_who_is_not_to_be_called(self):
        self.play("/odoo/interview", "crm_profiling_prospect_tour")

        both = self.env["res.partner"].search([("name", "=", "Zoe Prospect")])
        new = both - self.zoe
        self.assertEqual(new.phone, "0999 88 77 66")
        self.assertFalse(new.profiling_refuses_calls)
        notes = " ".join(str(body) for body in new.message_ids.mapped("body"))
        self.assertIn("Not to be called: angry (Sam Salesman", notes)
        self.assertIn("May be called again", notes)
        self.assertEqual(new.profiling_interview_ids.state, "done")
        self.assertFalse(self.zoe.profiling_interview_ids)

    def test_a_call_list_of_five(self):
        prospects = self.env["res.partner"].concat(
            *(self.prospect(f"Fair Prospect {number}") for number in range(5))
        )
        for prospect in prospects:
            self.interview(prospect)
        self.play("/odoo", "crm_profiling_interview_queue_tour")

        for prospect in prospects:
            self.assertAnswers(prospect, {"Journalist?": "No"})
        queue = self.env["crm.profiling.queue"].search(Domain.TRUE, limit=1)
        self.assertEqual((queue.done_count, queue.total_count), (5, 5))
        self.assertEqual(queue.line_ids.user_id, self.salesman)

    def test_call_next(self):
        """Three calls with three outcomes, and nobody is left."""
        self.env["crm.profiling.queue"].sudo().search([]).active = False
        phones = {"phone": "+32470123456"}
        carl = self.prospect("Carl Callback", **phones)
        carl.activity_schedule("mail.mail_activity_data_call", user_id=self.salesman.id)
        prospects = self.env["res.partner"].concat(
            *(self.prospect(f"Tour Prospect {n}", **phones) for n in range(2))
        )
        queue = self.env["crm.profiling.queue"]._create_for(prospects, name="Tour list")
        self.play("/odoo", "crm_profiling_call_next_tour")

        tries = self.env["crm.profiling.try"].search(Domain.TRUE, order="id")
        self.assertEqual(tries.mapped("outcome"), ["busy", "voicemail", "reached"])
        self.assertEqual(tries.partner_id, carl | prospects)
        self.assertEqual(tries.user_id, self.salesman)
        # who was not reached went to the end of the list
        self.assertEqual(queue.line_ids.mapped("state"), ["done", "waiting"])

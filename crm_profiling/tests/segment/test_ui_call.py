"""A call in a browser, from the number of a prospect to what follows it."""

from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .test_entry import EntryCase


@tagged("post_install", "-at_install", "browser")
class TestUiCall(EntryCase, HttpCase):
    def test_from_the_number_to_the_meeting(self):
        self.salesman.sudo().write({"tz": "UTC", "email": "sam@example.com"})
        self.partnership.write(
            {"mail_template_id": self.template.id, "expected_revenue": 900}
        )
        zoe = self.prospect(
            "Zoe Prospect", phone="+32 470 12 34 56", email="zoe@example.com"
        )
        said = "Met at the fair"
        zoe.message_post(body=said, message_type="comment")
        interview = (
            self.env["crm.profiling.interview"]
            .with_user(self.salesman)
            .create({"partner_id": zoe.id, "ask_order": "questionnaire"})
        )
        self.start_tour(
            "/odoo/interview", "crm_profiling_call_tour", login=self.salesman.login
        )

        self.assertAnswers(zoe, {"Journalist?": "No", "Sector?": "IT"})
        self.assertEqual(zoe.function, "Head of purchasing")
        interview = self.stored(interview)
        self.assertEqual(interview.state, "done")
        # what was promised
        call = interview.sudo().callback_activity_id
        self.assertEqual(call.user_id, self.salesman)
        event = interview.sudo().callback_event_id
        tomorrow = fields.Date.today() + timedelta(days=1)
        self.assertEqual(event.start.date(), tomorrow)
        self.assertEqual(event.partner_ids, self.salesman.partner_id)
        # what was sold
        lead = interview.sudo().lead_id
        self.assertEqual((lead.partner_id, lead.expected_revenue), (zoe, 900))
        offers = zoe.message_ids.filtered(lambda one: "Come to our seminar" in one.body)
        self.assertEqual(len(offers), 1)
        self.assertEqual(offers.notified_partner_ids, zoe)
        meeting = interview.sudo().meeting_id
        self.assertEqual(meeting.partner_ids, zoe | self.salesman.partner_id)
        self.assertEqual(meeting.opportunity_id, lead)

    def test_call_through_a_profile(self):
        people = self.prospect("Ann", {"Sector?": "IT"}) | self.prospect(
            "Bob", {"Sector?": "IT"}
        )
        self.start_tour(
            "/odoo", "crm_profiling_call_through_tour", login="profiling_manager"
        )
        queue = self.env["crm.profiling.queue"].search([], limit=1)
        self.assertEqual(queue.name, "Partnership, 2 contacts")
        self.assertEqual(queue.line_ids.partner_id, people)

"""Defaults that somebody set for themselves are a word of theirs, and no fact."""

from odoo import Command
from odoo.tests import tagged, users

from ..common import ProfilingCase


@tagged("post_install", "-at_install")
class TestForgedDefaults(ProfilingCase):
    def set_default(self, model, name, value):
        self.env["ir.default"].with_user(self.salesman).set(
            model, name, value, user_id=True
        )

    def begin(self, partner):
        Interview = self.env["crm.profiling.interview"].with_user(self.salesman)
        return Interview.browse(Interview.begin(partner.id)["id"])

    def test_a_colleagues_message_is_not_written_over(self):
        ann = self.prospect("Ann")
        words = "Mary's own words"
        message = ann.message_post(body=words)
        self.set_default(
            "crm.profiling.interview",
            "chatter_note_ids",
            [Command.set(message.ids)],
        )
        self.begin(ann).finish("Sam's words")
        self.assertIn("Mary's own words", message.body)
        self.assertNotIn("Sam's words", message.body)

    def test_answers_of_others_are_not_drawn_into_an_interview(self):
        ann, bob = self.prospect("Ann"), self.prospect("Bob", {"Staff?": "1"})
        response = bob.profiling_response_ids
        self.set_default(
            "crm.profiling.interview", "response_ids", [Command.link(response.id)]
        )
        interview = self.begin(ann)
        self.assertFalse(interview.finish()["summary"]["answered"])
        self.assertFalse(response.interview_id)

    def test_no_date_is_made_up(self):
        self.set_default("res.partner", "profiling_last_interview", "2020-01-01")
        self.set_default("crm.lead", "profiling_profile_id", self.saas.id)
        Partner = self.env["res.partner"].with_user(self.salesman).sudo()
        self.assertFalse(Partner.create({"name": "Ann"}).profiling_last_interview)
        Lead = self.env["crm.lead"].with_user(self.salesman)
        self.assertFalse(Lead.create({"name": "Ann's"}).profiling_profile_id)

    @users("profiling_salesman")
    def test_what_fields_are_declared_with_counts(self):
        self.set_default("crm.profiling.response", "user_id", self.manager.id)
        response = self.env["crm.profiling.response"]
        names = ["user_id", "source", "date", "comment"]
        defaults = response.default_get(names)
        self.assertEqual(defaults["user_id"], self.env.uid)
        self.assertEqual(defaults["source"], "form")
        self.assertTrue(defaults["date"])
        self.assertNotIn("comment", defaults)

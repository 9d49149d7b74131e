"""What happened in an interview, or with a call list, is nobody's to say."""

from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, new_test_user, tagged

from .test_interview import InterviewCase

DAY = "2099-01-01 00:00:00"


@tagged("post_install", "-at_install")
class TestForged(InterviewCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.queue = cls.env["crm.profiling.queue"].create(
            {"name": "Calls", "line_ids": [Command.create({"partner_id": cls.ann.id})]}
        )
        cls.line = cls.queue.line_ids

    def told(self):
        """Return values that follow from what happens in an interview."""
        return (
            {"user_id": self.colleague.id},
            {"date_start": DAY},
            {"date_end": DAY},
            {"state": "done"},
            {"duration": 7.0},
            {"answered_count": 99},
            {"queue_line_id": self.line.id},
            {"entered_profile_ids": [Command.link(self.saas.id)]},
            {"initial_profile_ids": [Command.link(self.saas.id)]},
            {"response_ids": [Command.clear()]},
        )

    def test_nobody_says_what_happened(self):
        interview = self.interview(self.begin())
        bob = self.prospect("Bob")
        for user in (self.salesman, self.manager):
            mine = interview.with_user(user)
            for vals in self.told():
                with self.subTest(user=user.name, vals=vals):
                    with self.assertRefused(UserError, "nobody sets it"):
                        mine.write(vals)
                    with self.assertRefused(UserError, "nobody sets it"):
                        mine.create({"partner_id": bob.id, **vals})
            for vals in ({"summary": {}}, {"lead_id": False}, {"chatter_note_ids": []}):
                with self.assertRaises(UserError):
                    mine.write(vals)

    def test_nor_by_a_default(self):
        forged = self.Interview.with_context(
            default_user_id=self.colleague.id,
            default_date_start=DAY,
            default_state="done",
            default_answered_count=99,
        ).with_user(self.salesman)
        bob = self.prospect("Bob")
        for interview in (
            forged.create({"partner_id": bob.id}),
            forged.browse(forged.begin(self.ann.id)["id"]),
        ):
            self.assertEqual(interview.user_id, self.salesman)
            self.assertEqual(interview.state, "ongoing")
            self.assertEqual(interview.answered_count, 0)
            self.assertLess(interview.date_start.year, 2099)

    def test_a_broken_summary_breaks_no_reader(self):
        interview = self.interview(self.begin())
        interview.finish()
        for summary in ("x", ["x"], {"offers": "x"}, {"offers": [1]}, {"answered": 1}):
            interview.sudo().summary = summary
            shown = interview.get_screen()["summary"]
            if shown:
                self.assertEqual(shown["offers"], [])
        interview.reopen()
        interview.finish()

    def test_finishing_marks_no_prospect_of_a_colleague(self):
        interview = self.interview(self.begin())
        self.line.sudo().write({"state": "taken", "user_id": self.colleague.id})
        interview.sudo().queue_line_id = self.line
        interview.finish()
        self.assertEqual(self.line.state, "taken")
        self.assertEqual(self.line.user_id, self.colleague)

    def test_the_lead_of_a_colleague_is_not_named(self):
        lead = self.env["crm.lead"].create(
            {"name": "Hush", "user_id": self.manager.id, "partner_id": self.ann.id}
        )
        interview = self.interview(self.begin(user=self.manager, lead_id=lead.id))
        self.line.visible_lead_id = lead
        for record in (interview, self.line):
            self.assertEqual(record.with_user(self.manager).visible_lead_id, lead)
            theirs = record.with_user(self.salesman)
            theirs.invalidate_recordset()
            self.assertFalse(theirs.visible_lead_id)
            with self.assertRaises(AccessError):
                theirs.read(["lead_id"])
            with self.assertRaises(AccessError):
                theirs.search([("lead_id.name", "=", "Hush")])

    def test_a_line_is_not_moved_to_a_contact_that_is_hidden(self):
        west = self.env["res.company"].sudo().create({"name": "West"})
        self.manager.sudo().company_ids -= west
        hidden = self.env["res.partner"].sudo()
        hidden = hidden.create({"name": "Hush", "company_id": west.id})
        line = self.line.with_user(self.salesman)
        said = set()
        for partner_id in (hidden.id, 0x7FFFFFFF):
            with self.assertRaises(ValidationError) as caught:
                line.partner_id = partner_id
            said.add(str(caught.exception))
        self.assertEqual(len(said), 1)
        for vals in ({"state": "done"}, {"user_id": self.manager.id}, {"attempts": 9}):
            with self.assertRefused(UserError, "nobody sets it"):
                line.write(vals)

    def test_who_is_hidden_is_not_named_in_a_call_list(self):
        """Nor counted: whoever counts ids learns nothing."""
        west = self.env["res.company"].sudo().create({"name": "West"})
        self.manager.sudo().company_ids -= west
        hidden = self.env["res.partner"].sudo()
        hidden = hidden.create({"name": "Hush", "company_id": west.id})
        chosen = hidden.with_user(self.salesman)
        chosen |= chosen.browse(0x7FFFFFFF)
        with self.assertRaises(UserError) as caught:
            chosen.action_profiling_call_list()
        self.assertNotIn("Hush", str(caught.exception))
        action = (
            chosen | self.ann.with_user(self.salesman)
        ).action_profiling_call_list()
        Wizard = self.env[action["res_model"]].with_user(self.salesman)
        wizard = Form(Wizard.with_context(**action["context"])).save()
        self.assertFalse(wizard.left_out)
        queue = self.queue.browse(wizard.action_start()["params"]["queue_id"])
        self.assertEqual((queue.line_ids.partner_id, queue.note), (self.ann, ""))
        portal = new_test_user(self.env(su=True), "forger", groups="base.group_user")
        with self.assertRaises(AccessError):
            chosen.with_user(portal).action_profiling_call_list()

    def test_texts_that_cannot_be_stored_are_stored_without_what_cannot(self):
        """JSON says NUL, and half a character; PostgreSQL holds neither."""
        shown, said = self.begin(), "x\ud800\0y"
        shown = self.say(shown, "Staff?", "1", comment=said)
        self.assertEqual(self.ann.profiling_response_ids.comment, "xy")
        interview = self.interview(shown)
        with self.assertRaisesRegex(UserError, "as texts of at most"):
            interview.write_contact({"function": said})
        day = fields.Date.today() + timedelta(days=1)
        plan = {"date_deadline": fields.Date.to_string(day), "summary": said}
        interview.finish(said, plan)
        self.assertEqual(interview.note, "xy")
        self.assertEqual(self.ann.activity_ids.summary, "xy")
        self.ann.with_user(self.salesman).profiling_refuse_calls(said)
        self.assertEqual(self.ann.profiling_refusal_ids.reason, "xy")
        self.env.flush_all()

    def test_an_interview_is_copied_without_what_is_not_for_the_user(self):
        interview = self.interview(self.begin())
        interview.sudo().state = "done"
        self.assertEqual(interview.copy().partner_id, self.ann)

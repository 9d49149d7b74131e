"""What one company asks is not told to others by interviews of shared contacts."""

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import new_test_user, tagged

from ..common import ProfilingCase


@tagged("post_install", "-at_install")
class TestOthersRead(ProfilingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.east, cls.west = cls.companies("East", "West")
        cls.question("Colour?", ["Red", "Blue"], company_id=cls.west.id)
        cls.reds = cls.profile(
            "Reds", {"Colour?": "Red"}, company_id=cls.west.id, offer="<p>Paint</p>"
        )
        cls.ann = cls.prospect("Ann")
        cls.caller, cls.stranger = map(cls.salesperson_of, (cls.west, cls.east))

    def begin(self, partner):
        Interview = self.env["crm.profiling.interview"].with_user(self.caller)
        return Interview.browse(Interview.begin(partner.id)["id"])

    def say(self, interview, question, answer):
        asked, said = self.ask(question), self.choice(question, answer)
        return interview.answer(asked.id, said.ids, comment=f"“{answer}”, they said")

    def chatter(self, partner):
        return " ".join(partner.message_ids.mapped("body"))

    def interviewed(self, partner):
        interview = self.begin(partner)
        self.say(interview, "Colour?", "Red")
        self.say(interview, "Staff?", "2-20")
        interview.decline(self.ask("Budget?").id)
        return interview.finish()["summary"], self.chatter(partner)

    def test_the_chatter_of_a_shared_contact_tells_what_is_everybodys(self):
        summary, told = self.interviewed(self.ann)
        for word in ("Staff?", "2-20", "SaaS", "Budget?"):
            self.assertIn(word, told)
        for word in ("Colour?", "Red"):
            self.assertNotIn(word, told)
        self.assertEqual(len(summary["answered"]), 2, "the interview knows all of it")
        self.assertIn("Reds", summary["entered"])

    def test_the_chatter_of_their_own_contact_tells_all(self):
        _summary, told = self.interviewed(self.prospect("Bob", company_id=self.west.id))
        for word in ("Colour?", "Red", "Reds", "Staff?", "SaaS"):
            self.assertIn(word, told)

    def test_a_question_asked_for_is_not_named(self):
        interview = self.begin(self.ann)
        colour = self.ask("Colour?").id
        self.assertEqual(interview.ask(colour)["next"]["question_id"], colour)
        interview = interview.with_user(self.stranger)
        self.assertNotEqual(
            (interview.get_screen()["next"] or {}).get("question_id"), colour
        )
        fields = set(interview.fields_get())
        self.assertNotIn("requested_question_id", fields)
        [values] = interview.read()
        self.assertNotIn("Colour?", str(values))

    def test_an_interview_that_is_created_tells_what_it_led_to(self):
        """And not what the contact was in long before."""
        self.answer(self.ann, "Staff?", "2-20")
        Interview = self.env["crm.profiling.interview"].with_user(self.caller)
        interview = Interview.create({"partner_id": self.ann.id})
        self.assertEqual(interview.finish()["summary"]["entered"], [])

    def test_who_gave_several_answers_is_named_to_those_who_see_them(self):
        question = self.question("Hobby?", ["A", "B"], selection_mode="multiple")
        bob = self.prospect("Bob", company_id=self.west.id)
        bob.profiling_answer_ids = [Command.link(a.id) for a in question.answer_ids]
        manager = new_test_user(
            self.env(su=True),
            "profiling_east_manager",
            groups="sales_team.group_sale_manager",
            company_id=self.east.id,
        )
        with self.assertRaises(ValidationError) as refusal:
            question.with_user(manager).selection_mode = "single"
        self.assertNotIn("Bob", str(refusal.exception))

    def test_the_last_place_of_a_call_list_stays_the_last(self):
        queue = self.env["crm.profiling.queue"].create(
            {
                "name": "Calls",
                "line_ids": [
                    Command.create({"partner_id": self.ann.id, "sequence": 2**31 - 1})
                ],
            }
        )
        Interview = self.env["crm.profiling.interview"].with_user(self.caller)
        interview = Interview.browse(Interview.begin(queue_id=queue.id)["id"])
        self.assertTrue(interview.skip_prospect()["finished"])
        self.env.flush_all()

    def test_what_uses_something_is_named_to_those_who_see_it(self):
        """And counted to the others: they cannot delete it all the same."""
        parent = self.profile("Everybody's", {"Staff?": "500+"})
        self.profile(
            "Blues",
            {"Sector?": "Services"},
            company_id=self.west.id,
            parent_id=parent.id,
        )
        manager = new_test_user(
            self.env(su=True),
            "profiling_east_boss",
            groups="sales_team.group_sale_manager",
            company_id=self.east.id,
        )
        self.profile(
            "West alone", {"Function?": "Decision-maker"}
        ).company_id = self.west
        for record in (parent, self.choice("Function?", "Decision-maker")):
            with self.assertRaises(UserError) as refusal:
                record.with_user(manager).unlink()
            said = str(refusal.exception)
            self.assertIn("of another company", said)
            for name in ("Blues", "West alone"):
                self.assertNotIn(name, said)

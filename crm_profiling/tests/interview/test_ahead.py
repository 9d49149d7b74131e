"""What a screen is told ahead is what comes, whatever is answered."""

import random

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged, users

from ...models.interview.crm_profiling_interview_ahead import MOST
from ..common import ProfilingCase


@tagged("post_install", "-at_install")
class TestAhead(ProfilingCase):
    def setUp(self):
        super().setUp()
        self.ann = self.prospect("Ann")

    def begin(self, partner, **kwargs):
        Interview = self.env["crm.profiling.interview"]
        shown = Interview.begin(partner_id=partner.id, **kwargs)
        return Interview.browse(shown["id"]), shown

    def ways(self, question):
        """Return all that a screen may ask about: one answer each, or none."""
        return [*([answer.id] for answer in question.answer_ids), "skip", "decline"]

    def act(self, interview, question_id, choice):
        """Do what a choice means; return what the server says then."""
        if choice in ("skip", "decline"):
            return getattr(interview, choice)(question_id)
        return interview.answer(question_id, choice)

    def assertForetold(self, before, difference, after):
        """Check a screen against the one before, and what was told ahead."""
        self.assertEqual(difference["basis"], after["basis"])
        self.assertEqual(difference["next"], after["next"])
        told = dict(difference["statuses"])
        for old, new in zip(before["questions"], after["questions"], strict=True):
            status = told.get(old["id"], old["status"])
            self.assertEqual(status, new["status"], old["name"])
        for name, value in difference["progress"].items():
            self.assertAlmostEqual(value, after["progress"][name])
        profiles = {profile["id"]: profile for profile in difference["profiles"]}
        for old, new in zip(before["profiles"], after["profiles"], strict=True):
            told = profiles.get(old["id"])
            before = [criterion["verdict"] for criterion in old["criteria"]]
            now = [criterion["verdict"] for criterion in new["criteria"]]
            self.assertEqual(told["verdicts"] if told else before, now, old["name"])
            self.assertEqual((told or old)["state"], new["state"], old["name"])
            self.assertEqual((told or old)["offer"], new["offer"], old["name"])

    def walk(self, interview, shown, pick):
        """Answer until nothing is left, and compare each step with what was told."""
        steps = 0
        while shown["next"]:
            question = self.env["crm.profiling.question"].browse(
                shown["next"]["question_id"]
            )
            choices = self.ways(question)
            ahead = interview.get_ahead(question.id, choices)
            self.assertEqual(ahead["basis"], shown["basis"])
            rank = pick.randrange(len(choices))
            after = self.act(interview, question.id, choices[rank])
            self.assertForetold(shown, ahead["after"][rank], after)
            shown, steps = after, steps + 1
        return steps

    def test_it_is_what_comes(self):
        self.ask("Sector?").level = "company"
        self.ask("Function?").selection_mode = "multiple"
        acme = self.prospect("ACME", is_company=True)
        questionnaire = self.env["crm.profiling.questionnaire"].create(
            {
                "name": "Short",
                "question_ids": [
                    Command.set((self.ask("Budget?") | self.ask("Staff?")).ids)
                ],
            }
        )
        steps = 0
        for seed, order in enumerate(["best", "questionnaire", "form"] * 4):
            pick = random.Random(seed)
            partner = self.prospect(
                f"P{seed}", parent_id=acme.id if seed % 2 else False
            )
            interview, shown = self.begin(partner)
            shown = interview.set_order(order, questionnaire.id if seed % 4 == 3 else 0)
            steps += self.walk(interview, shown, pick)
        self.assertGreater(steps, 20)

    def test_old_answers_and_declined_questions(self):
        self.ask("Staff?").validity_months = 6
        self.answer(self.ann, "Staff?", "2-20")
        self.ann.profiling_response_ids.sudo().write({"date": "2020-01-01 10:00:00"})
        interview, _shown = self.begin(self.ann)
        interview.decline(self.ask("Budget?").id)
        shown = interview.skip(self.ask("Sector?").id)
        self.assertTrue(self.walk(interview, shown, random.Random(1)))

    def test_what_is_on_its_way_is_reckoned_with(self):
        interview, shown = self.begin(self.ann)
        first = self.ask("Staff?")
        second, third = self.ask("Sector?"), self.ask("Budget?")
        pending = [[first.id, first.answer_ids[0].ids], [third.id, "skip"]]
        ahead = interview.get_ahead(second.id, self.ways(second), pending)
        interview.answer(first.id, first.answer_ids[0].ids)
        shown = interview.skip(third.id)
        self.assertEqual(ahead["basis"], shown["basis"])
        after = interview.answer(second.id, second.answer_ids[1].ids)
        self.assertForetold(shown, ahead["after"][1], after)

    def test_what_the_caller_wants_to_ask_next_stays_next(self):
        """Whatever becomes of another question; once it is answered it is not."""
        interview, _shown = self.begin(self.ann)
        wanted, other = self.ask("Budget?"), self.ask("Staff?")
        shown = interview.ask(wanted.id)
        for question, is_next in ((other, True), (wanted, False)):
            ways = self.ways(question)
            for after in interview.get_ahead(question.id, ways)["after"]:
                self.assertEqual(
                    after["next"]["question_id"] == wanted.id, is_next, question.name
                )
        ahead = interview.get_ahead(other.id, ["decline"])
        self.assertForetold(shown, ahead["after"][0], interview.decline(other.id))

    def test_a_colleague_changes_what_it_goes_by(self):
        interview, _shown = self.begin(self.ann)
        question = self.ask("Staff?")
        ahead = interview.get_ahead(question.id, self.ways(question))
        self.answer(self.ann, "Journalist?", "Yes")
        shown = interview.get_screen()
        self.assertNotEqual(ahead["basis"], shown["basis"])
        again = interview.get_ahead(question.id, self.ways(question))
        self.assertEqual(again["basis"], shown["basis"])

    def test_a_form_asks_all_there_is_in_its_order(self):
        interview, _shown = self.begin(self.ann)
        shown = interview.set_order("form")
        asked = []
        while shown["next"]:
            asked.append(shown["next"]["question_id"])
            left = shown["progress"]["asked_total"] - shown["progress"]["answered"]
            self.assertEqual(shown["progress"]["expected_left"], left)
            decides = shown["next"]["decides"] > 0  # nothing is said of the others
            self.assertEqual(bool(shown["next"]["reason"]), decides)
            question = self.env["crm.profiling.question"].browse(asked[-1])
            shown = interview.answer(question.id, question.answer_ids[-1].ids)
        questions = self.env["crm.profiling.question"].search([])
        self.assertEqual(asked, questions.ids)
        self.assertEqual(shown["progress"]["answered"], len(questions))

    def test_queries_grow_with_nothing(self):
        interview, _shown = self.begin(self.ann)
        question = self.ask("Staff?")
        choices = self.ways(question)
        interview.get_ahead(question.id, choices)
        few = self.count_queries(interview.get_ahead, question.id, choices[:2])
        for number in range(8):
            self.question(f"Q{number}?", ["Yes", "No"])
            self.profile(f"P{number}", {f"Q{number}?": "Yes", "Staff?": "1"})
        interview.get_ahead(question.id, choices)
        many = self.count_queries(interview.get_ahead, question.id, choices)
        self.assertLessEqual(many, few + 1)  # offers, where a profile is entered

    @users("profiling_salesman")
    def test_what_no_screen_sends_is_refused(self):
        interview, _shown = self.begin(self.ann.with_env(self.env))
        question_id = self.ask("Staff?").id
        for args in (
            ("1", []),
            (question_id, "abc"),
            (question_id, [1]),
            (question_id, [["1"]]),
            (question_id, ["finish"]),
            (question_id, [[]] * (MOST + 1)),
            (question_id, [[1] * 1001]),
            (question_id, [[1]], [1]),
            (question_id, [[1]], [["1", [1]]]),
            (question_id, [[1]], [[1, [1]]] * (MOST + 1)),
        ):
            with self.subTest(args), self.assertRefused(UserError, "Reload"):
                interview.get_ahead(*args)
        # what is gone changes nothing
        ahead = interview.get_ahead(-1, [[5], "skip"], [[10**9, [3]]])
        self.assertEqual(len(ahead["after"]), 2)
        for after in ahead["after"]:
            self.assertFalse(after["statuses"])
            self.assertEqual(after["basis"], ahead["basis"])
        # as much as a screen sends
        ahead = interview.get_ahead(
            question_id, [[1] * 1000, *["skip"] * (MOST - 1)], [[-1, [1]]] * MOST
        )
        self.assertEqual(len(ahead["after"]), MOST)

    @users("profiling_outsider")
    def test_others_are_told_nothing(self):
        interview, _shown = type(self).env["crm.profiling.interview"], None
        with self.assertRaises(AccessError):
            interview.with_env(self.env).browse(1).get_ahead(1, [])

"""What is found is known in interviews and in the tree, and never asked."""

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .test_interview import InterviewCase


@tagged("post_install", "-at_install")
class TestFoundAnswers(InterviewCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.belgium = cls.env.ref("base.be")
        cls.country = cls.env["crm.profiling.question"].create(
            {
                "name": "Country?",
                "origin": "contact",
                "answer_ids": [
                    Command.create(
                        {
                            "name": "Belgium",
                            "sequence": 1,
                            "domain": repr([("country_id", "=", cls.belgium.id)]),
                        }
                    ),
                    Command.create({"name": "Elsewhere", "sequence": 2}),
                ],
            }
        )
        for profile in cls.training | cls.saas | cls.partnership | cls.large:
            profile.required_answer_ids += cls.country.answer_ids[0]

    def entry(self, shown):
        [entry] = [q for q in shown["questions"] if q["id"] == self.country.id]
        return entry

    def test_what_is_not_known_does_not_keep_from_asking(self):
        shown = self.begin()
        self.assertTrue(shown["next"])
        self.assertNotEqual(shown["next"]["question_id"], self.country.id)
        entry = self.entry(shown)
        self.assertEqual((entry["status"], entry["given"]), ("not_found", []))
        self.assertEqual(entry["evidence"], "Country is not filled in")

    def test_what_is_found_is_shown_as_known(self):
        self.ann.country_id = self.belgium
        shown = self.begin()
        entry = self.entry(shown)
        self.assertEqual(entry["status"], "found")
        self.assertEqual(
            [given["answer_id"] for given in entry["given"]],
            self.choice("Country?", "Belgium").ids,
        )
        self.assertEqual(entry["evidence"], "Country: Belgium")
        shown = self.say(shown, "Staff?", "2-20")
        matched = [p["name"] for p in shown["profiles"] if p["state"] == "matched"]
        self.assertIn("SaaS", matched)

    def test_what_rules_all_out_leaves_nothing_to_ask(self):
        self.ann.country_id = self.env.ref("base.us")
        self.assertFalse(self.begin()["next"])

    def test_it_is_not_asked(self):
        shown = self.begin()
        for refused in (
            lambda: self.say(shown, "Country?", "Belgium"),
            lambda: self.interview(shown).ask(self.country.id),
            lambda: self.interview(shown).skip(self.country.id),
        ):
            with self.assertRefused(ValidationError, "Country?", "not asked"):
                refused()

    def test_the_tree_begins_with_what_is_found(self):
        self.ann.country_id = self.belgium
        self.answer(self.ann, "Staff?", "2-20")
        tree = self.env["crm.profiling.tree"].get_tree()
        self.assertEqual(tree["question"]["id"], self.country.id)
        [branch] = [b for b in tree["children"] if b["label"] == "Belgium"]
        self.assertEqual(branch["contacts"], 1)
        self.assertNotEqual(branch["question"]["id"], self.country.id)
        action = self.env["crm.profiling.tree"].get_contacts_action(branch["path"])
        self.assertEqual(self.env["res.partner"].search(action["domain"]), self.ann)

    def test_files_have_no_column_for_it(self):
        Columns = self.env["crm.profiling.import.columns"]
        self.assertNotIn(self.country, Columns._questions())
        self.assertNotIn(self.country.id, self.board_ids())

    def board_ids(self):
        board = self.env["crm.profiling.board"].get_board()
        return [question["id"] for question in board["questions"]]

"""Ordinary edits that go through several records at once."""

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from ..common import ProfilingCase


@tagged("post_install", "-at_install")
class TestQuestionEdits(ProfilingCase):
    """The answers of a question are checked once a save is through."""

    def commit_constraints(self):
        self.env.cr.execute("SET CONSTRAINTS ALL IMMEDIATE")

    def new_question(self):
        return self.env["crm.profiling.question"].create(
            {
                "name": "Colour?",
                "answer_ids": [
                    Command.create({"name": "Red"}),
                    Command.create({"name": "Blue"}),
                ],
            }
        )

    def test_all_answers_are_replaced_in_one_save(self):
        question = self.new_question()
        question.answer_ids = [
            *[Command.delete(answer.id) for answer in question.answer_ids],
            Command.create({"name": "Green"}),
        ]
        self.assertEqual(question.answer_ids.mapped("name"), ["Green"])

    def test_two_answers_swap_their_names(self):
        question = self.new_question()
        red, blue = question.answer_ids
        question.answer_ids = [
            Command.update(red.id, {"name": "Blue"}),
            Command.update(blue.id, {"name": "Red"}),
        ]
        self.commit_constraints()
        self.assertEqual((red.name, blue.name), ("Blue", "Red"))

    def test_a_question_is_duplicated_in_another_language(self):
        self.env["res.lang"].sudo()._activate_lang("ru_RU")
        question = self.new_question()
        question.with_context(lang="ru_RU").name = "Цвет?"
        copy = question.with_context(lang="ru_RU").copy()
        self.commit_constraints()
        self.assertNotEqual(copy.with_context(lang="en_US").name, "Colour?")
        self.assertEqual(copy.answer_ids.mapped("name"), ["Red", "Blue"])

    def test_used_by_profiles_stays_while_an_answer_is_added(self):
        with Form(self.ask("Sector?")) as form:
            used = form.profile_ids[:]
            with form.answer_ids.new() as answer:
                answer.name = "Farming"
            self.assertTrue(used)
            self.assertEqual(form.profile_ids[:], used)

    def test_a_new_line_of_a_long_questionnaire_comes_last(self):
        questions = self.env["crm.profiling.question"].search([])
        questionnaire = self.env["crm.profiling.questionnaire"].create(
            {"name": "Long", "question_ids": [Command.set(questions.ids)]}
        )
        last = self.new_question()
        questionnaire.line_ids = [Command.create({"question_id": last.id})]
        self.assertEqual(questionnaire.question_ids[-1], last)

    def test_the_questions_of_a_questionnaire_are_put_in_another_order(self):
        """Lines stay that are still wanted; the others go, and new ones come."""
        Questionnaire = self.env["crm.profiling.questionnaire"]
        one, two, three, four = self.env["crm.profiling.question"].search([], limit=4)
        fair, other = Questionnaire.create(
            [{"name": name, "question_ids": one + two + three} for name in "AB"]
        )
        lines = {line.question_id: line for line in fair.line_ids}
        fair.question_ids = four + three + one
        self.assertEqual(fair.question_ids.ids, (four + three + one).ids)
        self.assertEqual(
            self.stored(fair).question_ids.ids, [four.id, three.id, one.id]
        )
        self.assertEqual(fair.question_count, 3)
        after = {line.question_id: line for line in fair.line_ids}
        self.assertEqual((after[one], after[three]), (lines[one], lines[three]))
        self.assertFalse(lines[two].exists())
        self.assertEqual(other.question_ids.ids, [one.id, two.id, three.id])
        (fair | other).question_ids = two
        self.assertEqual((fair.question_ids, other.question_ids), (two, two))

    def test_what_people_answered_is_asked_as_before(self):
        """A form says so each time it is saved."""
        self.prospect("Ann", {"Sector?": "IT"})
        self.ask("Sector?").write({"origin": "asked", "selection_mode": "single"})

    def test_whose_turn_it_is(self):
        """Once it is ours it stays ours until the end."""
        Turn = self.env["crm.profiling.turn"].sudo()
        for wait in (True, False, True):
            self.assertIs(Turn._take("testing", wait=wait), True)
            self.assertFalse(Turn._is_taken("testing"))
        self.assertEqual(len(Turn.search([("name", "=", "testing")])), 1)

    def test_questionnaires_are_found_by_their_questions(self):
        Questionnaire = self.env["crm.profiling.questionnaire"]
        one, two, three = self.env["crm.profiling.question"].search([], limit=3)
        fair, fete = Questionnaire.create(
            [
                {"name": "Fair", "question_ids": one + two},
                {"name": "Fete", "question_ids": three},
            ]
        )
        for operator, value, wanted in (
            ("in", one.ids, fair),
            ("in", (one | three).ids, fair | fete),
            ("not in", one.ids, fete),
            ("any", [("id", "=", three.id)], fete),
            ("not any", [("id", "=", three.id)], fair),
            ("=", two.id, fair),
        ):
            domain = [("question_ids", operator, value)]
            found = Questionnaire.search(domain) & (fair | fete)
            self.assertEqual(found, wanted, (operator, value))


@tagged("post_install", "-at_install")
class TestCompanyEdits(ProfilingCase):
    """What a company answered is the company's, whoever edits its contacts."""

    def setUp(self):
        super().setUp()
        (self.ask("Sector?") | self.ask("Budget?")).level = "company"
        self.bolt = self.prospect("Bolt", {"Sector?": "IT"}, is_company=True)
        self.core = self.prospect("Core", {"Budget?": "Unknown"}, is_company=True)

    def test_a_company_chosen_by_mistake_leaves_nothing_behind(self):
        form = Form(self.env["res.partner"])
        form.name = "Ann"
        form.parent_id = self.bolt
        form.parent_id = self.core
        form.save()
        self.assertAnswers(self.core, {"Budget?": "Unknown"})
        self.assertAnswers(self.bolt, {"Sector?": "IT"})

    def test_the_answers_of_one_contact_are_replaced(self):
        """An import says nothing of what others said about the company."""
        # Odoo 19.0 lets nobody else import contacts of companies beside Invoicing:
        # what is of the company's (credit limit) is read with the user's own rights
        invoicing = self.env.ref("account.group_account_invoice", False)
        self.env.user.sudo().group_ids += invoicing or self.env["res.groups"]
        rows = [
            ["Ann", "Bolt", "Budget?: >300k"],
            ["Bob", "Bolt", "Specification?: Yes"],
        ]
        for _time in range(2):
            result = self.env["res.partner"].load(
                ["name", "parent_id", "profiling_answer_ids"], rows
            )
            self.assertFalse(result["messages"])
        self.assertAnswers(self.bolt, {"Sector?": "IT", "Budget?": ">300k"})

    def test_a_contact_is_created_from_the_list_of_a_profile(self):
        """It would have the tag, and not be in the profile."""
        action = self.env["crm.profiling.profile"].search([], limit=1)
        context = action.action_view_members()["context"]
        self.assertNotIn("default_category_id", context)


@tagged("post_install", "-at_install")
class TestResponseRights(ProfilingCase):
    """Responses are stored past the ORM, and checked all the same."""

    def give(self, user, answer):
        ann = self.prospect("Ann")
        return (
            self.env["crm.profiling.response"]
            .with_user(user)
            .create({"partner_id": ann.id, "answer_id": answer.id})
        )

    def test_an_outsider_gives_none(self):
        with self.assertRaises(AccessError):
            self.give(self.outsider, self.choice("Sector?", "IT"))

    def test_a_salesman_gives_none_of_another_company(self):
        other = self.env["res.company"].sudo().create({"name": "Other"})
        question = (
            self.env["crm.profiling.question"]
            .sudo()
            .create(
                {
                    "name": "Theirs?",
                    "company_id": other.id,
                    "answer_ids": [Command.create({"name": "Yes"})],
                }
            )
        )
        with self.assertRaises(UserError):
            self.give(self.salesman, question.answer_ids)
        self.give(self.salesman, self.choice("Sector?", "IT"))

"""The journeys of a manager, a salesman and an outsider, in a browser."""

from odoo import Command
from odoo.tests import HttpCase, tagged

from .common import LARGE_ACCOUNT, ProfilingCase


@tagged("post_install", "-at_install", "browser")
class TestUi(ProfilingCase, HttpCase):  # in that order: both have a profile()
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.zoe = cls.prospect("Zoe Prospect")

    def test_a_manager_defines_a_profile_and_meets_a_contact_in_it(self):
        self.start_tour("/odoo", "crm_profiling_manager_tour", login=self.manager.login)

        question = self.stored(self.ask("Demonstration?"))
        self.assertEqual(
            question.answer_ids.mapped("name"), ["This week", "Next month", "Never"]
        )
        profile = self.env["crm.profiling.profile"].search(
            [("name", "=", "Eager customers")]
        )
        self.assertEqual(profile.category_id.name, "Eager")
        self.assertEqual(
            profile.required_answer_ids,
            self.choice("Demonstration?", "This week", "Next month"),
        )
        self.assertEqual(profile.excluded_answer_ids, self.choice("Journalist?", "Yes"))
        self.assertIn("Meet on Tuesday", profile.offer)

        self.assertAnswers(
            self.zoe, {"Demonstration?": "Next month", "Journalist?": "No"}
        )
        self.assertEqual(self.zoe.profiling_response_ids.user_id, self.manager)
        self.assertEqual(self.membership(self.zoe, profile).state, "matched")
        self.assertTags(self.zoe, "Eager")

    def test_a_salesman_answers_by_keyboard_and_pins_a_profile(self):
        aaron = self.prospect("Aaron Other", {"Sector?": "IT"})
        self.start_tour(
            "/odoo", "crm_profiling_salesman_tour", login=self.salesman.login
        )

        self.assertAnswers(
            self.zoe,
            {
                **LARGE_ACCOUNT,
                "Journalist?": "No",
                "Function?": "Decision-maker",
                "Staff?": "500+",
            },
        )
        self.assertEqual(self.zoe.profiling_response_ids.user_id, self.salesman)
        self.assertProfilesAndTags(self.zoe, self.large.name, "SaaS")
        self.assertEqual(self.membership(self.zoe, self.large).state, "matched")
        pinned = self.membership(self.zoe, self.saas)
        self.assertEqual((pinned.state, pinned.user_id), ("pinned", self.salesman))
        self.assertProfiles(aaron, "Partnership")

    def test_a_manager_walks_down_the_decision_tree(self):
        self.answer(self.zoe, "Sector?", "IT")
        self.answer(self.zoe, "Staff?", "21-50")
        self.start_tour("/odoo", "crm_profiling_tree_tour", login=self.manager.login)

    def test_a_contacts_own_data_answer(self):
        self.question(
            "Phone?",
            ["Known"],
            origin="contact",
            answer_ids=[
                Command.create(
                    {"name": "Known", "domain": repr([("phone", "like", "+")])}
                )
            ],
        )
        self.profile("Callable", {"Phone?": "Known"})
        self.start_tour(
            f"/odoo/res.partner/{self.zoe.id}",
            "crm_profiling_found_tour",
            login=self.salesman.login,
        )
        self.assertProfilesAndTags(self.stored(self.zoe), "Callable")

    def test_a_number_and_words_are_said(self):
        self.ask_staff_by_number()
        self.choice("Sector?", "Others").needs_words = True
        self.start_tour(
            f"/odoo/res.partner/{self.zoe.id}",
            "crm_profiling_said_tour",
            login=self.salesman.login,
        )
        self.assertAnswers(self.zoe, {"Staff?": "500+", "Sector?": "Others"})
        said = self.stored(self.zoe).profiling_response_ids
        self.assertEqual(set(said.mapped("number")), {"1,200", False})
        self.assertEqual(set(said.mapped("comment")), {"Fishing", False})

    def test_a_report_is_drilled_into_contacts(self):
        self.answer(self.zoe, "Sector?", "IT")
        self.prospect("Aaron Other", {"Sector?": "Industry"})
        self.start_tour("/odoo", "crm_profiling_report_tour", login=self.manager.login)

    def test_a_salesman_has_nothing_to_configure(self):
        segmentation = self.env.ref("crm_profiling.crm_profiling_menu_segmentation")
        Menu = self.env["ir.ui.menu"]
        self.assertIn(segmentation.id, Menu._visible_menu_ids())
        self.assertNotIn(
            segmentation.id, Menu.with_user(self.salesman)._visible_menu_ids()
        )

    def test_an_outsider_edits_a_contact_without_the_tab(self):
        self.answer(self.zoe, "Staff?", "1")
        self.start_tour(
            f"/odoo/res.partner/{self.zoe.id}",
            "crm_profiling_outsider_tour",
            login=self.outsider.login,
        )

        self.assertEqual(self.stored(self.zoe).phone, "+1 555 0100")
        self.assertAnswers(self.zoe, {"Staff?": "1"})

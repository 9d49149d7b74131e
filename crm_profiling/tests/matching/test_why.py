"""Why a profile matched, or did not: what the Profiling tab says of each."""

from datetime import datetime

from odoo.tests import new_test_user, tagged, users

from ..common import LARGE_ACCOUNT, ProfilingCase


@tagged("post_install", "-at_install")
class TestWhy(ProfilingCase):
    def criteria(self, partner, profile):
        """Return what each question has to say, by its name."""
        criteria = self.result(partner, profile)["criteria"]
        return {criterion["question"]: criterion for criterion in criteria}

    def test_each_question_says_what_it_did(self):
        ann = self.prospect("Ann", {"Budget?": ">300k", "Sector?": "Industry"})
        criteria = self.criteria(ann, self.large)
        self.assertEqual(
            {name: criterion["verdict"] for name, criterion in criteria.items()},
            {"Budget?": "satisfied", "Sector?": "ruled_out", "Specification?": "open"},
        )
        self.assertResult(ann, self.large, "ruled_out", "Specification?")

    def test_the_narrowest_come_first(self):
        """What they offer is the most to the point."""
        part = self.profile("Part", {"Staff?": "1"}, parent_id=self.partnership.id)
        last = self.profile("Last", {"Budget?": ">300k"}, parent_id=part.id)
        shown = self.prospect("Ann").profiling_result["profiles"]
        names = [one["name"] for one in shown]
        self.assertEqual(names[:2], [last.name, part.name])
        self.assertEqual(len(names), 6)

    def test_of_equals_the_first_of_the_list_comes_first(self):
        """As the list of profiles is sorted, whenever they were created."""
        for sequence, profile in enumerate(
            (self.large, self.training, self.partnership, self.saas)
        ):
            profile.sequence = 90 - sequence
        shown = self.prospect("Ann").profiling_result["profiles"]
        self.assertEqual(
            [one["name"] for one in shown],
            ["SaaS", "Partnership", "Training", "Large accounts, services"],
        )

    def test_what_is_not_asked_any_more_is_told(self):
        ann = self.prospect("Ann")
        self.ask("Budget?").active = False
        criteria = self.criteria(self.stored(ann), self.large)
        self.assertEqual(
            {name: criterion["archived"] for name, criterion in criteria.items()},
            {"Budget?": True, "Specification?": False, "Sector?": False},
        )

    def test_what_was_wanted(self):
        criteria = self.criteria(self.prospect("Ann"), self.training)
        self.assertEqual(criteria["Staff?"]["required"], ["1", "2-20"])
        self.assertEqual(criteria["Staff?"]["excluded"], [])
        self.assertEqual(criteria["Journalist?"]["required"], [])
        self.assertEqual(criteria["Journalist?"]["excluded"], ["Yes"])

    def test_what_was_answered_by_whom_and_when(self):
        ann = self.prospect("Ann")
        self.env["crm.profiling.response"].sudo().create(
            {
                "partner_id": ann.id,
                "answer_id": self.choice("Sector?", "IT").id,
                "user_id": self.salesman.id,
                "date": datetime(2026, 2, 3, 12),
                "comment": "And telephones",
            }
        )
        (given,) = self.criteria(ann, self.partnership)["Sector?"]["given"]
        self.assertEqual(
            given,
            {
                "answer": "IT",
                "user": "Sam Salesman",
                "date": "2026-02-03 12:00:00",
                "stale": False,
                "comment": "And telephones",
            },
        )
        self.assertFalse(self.criteria(ann, self.large)["Budget?"]["given"])

    @users("profiling_salesman")
    def test_what_another_user_answered(self):
        ann = self.prospect("Ann", {"Sector?": "IT"}).with_user(self.env.user)
        (given,) = self.criteria(ann, self.partnership)["Sector?"]["given"]
        self.assertEqual(given["user"], "Mary Manager")

    def test_what_the_company_answered(self):
        self.ask("Sector?").level = "company"
        acme = self.prospect("ACME", {"Sector?": "IT"}, is_company=True)
        ann = self.prospect("Ann", parent_id=acme.id)
        (given,) = self.criteria(ann, self.partnership)["Sector?"]["given"]
        self.assertEqual((given["answer"], given["user"]), ("IT", "Mary Manager"))

    def test_several_answers(self):
        self.ask("Sector?").selection_mode = "multiple"
        ann = self.prospect("Ann", {"Sector?": ["IT", "Industry"]})
        given = self.criteria(ann, self.partnership)["Sector?"]["given"]
        self.assertCountEqual([one["answer"] for one in given], ["IT", "Industry"])

    def test_what_comes_from_the_parent(self):
        part = self.profile("Part", {"Staff?": "1"}, parent_id=self.partnership.id)
        criteria = self.criteria(self.prospect("Ann"), part)
        self.assertEqual(list(criteria), ["Sector?", "Staff?"])
        self.assertEqual(criteria["Sector?"]["inherited_from"], "Partnership")
        self.assertEqual(criteria["Sector?"]["required"], ["IT", "ERP consultant"])
        self.assertFalse(criteria["Staff?"]["inherited_from"])

    def test_what_comes_from_an_archived_parent(self):
        part = self.profile("Part", {"Staff?": "1"}, parent_id=self.partnership.id)
        self.partnership.action_archive()
        ann = self.prospect("Ann")
        criteria = self.criteria(ann, part)
        self.assertEqual(criteria["Sector?"]["inherited_from"], "Partnership")
        self.assertIsNone(self.result(ann, self.partnership))

    def test_the_offer_and_the_tag(self):
        ann = self.prospect("Ann", LARGE_ACCOUNT)
        result = self.result(ann, self.large)
        self.assertIn("joint meeting", result["offer"])
        self.assertEqual(result["tag"], "Large accounts, services")
        self.assertFalse(self.result(ann, self.training)["offer"])

    def test_an_offer_without_words_is_none(self):
        ann = self.prospect("Ann", LARGE_ACCOUNT)
        for offer in ("<p><br></p>", "<p> </p>", "<div></div>", False):
            self.large.offer = offer
            self.assertEqual(self.result(self.stored(ann), self.large)["offer"], "")

    def test_who_has_gone_since_is_not_named(self):
        """What they noted, and whom they pinned, stays and is told."""
        gone = new_test_user(
            self.env(su=True),
            "profiling_gone",
            groups="sales_team.group_sale_manager,base.group_partner_manager",
        )
        ann = self.prospect("Ann")
        self.answer(ann.with_user(gone).with_env(self.env(user=gone)), "Sector?", "IT")
        ann.with_user(gone).profiling_set_hand(self.large.id, "pinned")
        gone.sudo().unlink()
        ann = self.stored(ann)
        (given,) = self.criteria(ann, self.partnership)["Sector?"]["given"]
        self.assertEqual((given["answer"], given["user"]), ("IT", ""))
        result = self.result(ann, self.large)
        self.assertEqual(result["hand"], "pinned")
        self.assertIn("Pinned by someone on", result["hand_note"])
        self.assertIn("Pinned by someone on", self.membership(ann, self.large).why)

    def test_an_answer_archived_meanwhile_is_still_told(self):
        ann = self.prospect("Ann", {"Sector?": "IT"})
        self.choice("Sector?", "IT").action_archive()
        self.ask("Sector?").action_archive()
        (given,) = self.criteria(ann, self.partnership)["Sector?"]["given"]
        self.assertEqual(given["answer"], "IT")
        self.assertResult(ann, self.partnership, "matched")

    def test_a_profile_that_mentions_nothing_is_not_told(self):
        empty = self.profile("Empty")
        self.assertIsNone(self.result(self.prospect("Ann"), empty))

    def test_progress(self):
        ann = self.prospect("Ann")
        self.assertEqual(ann.profiling_progress, 0)
        self.answer(ann, "Sector?", "IT")
        self.assertEqual(self.stored(ann).profiling_progress, 16)
        for name, answer in (
            ("Staff?", "1"),
            ("Journalist?", "No"),
            ("Function?", "Decision-maker"),
            ("Specification?", "No"),
            ("Budget?", "Unknown"),
        ):
            self.answer(ann, name, answer)
        self.assertEqual(self.stored(ann).profiling_progress, 100)
        self.ask("Sector?").action_archive()
        self.assertEqual(self.stored(ann).profiling_progress, 100)

    def test_why_in_the_list_of_a_profiles_contacts(self):
        """In a line each, in as many queries for many as for few."""
        people = self.env["res.partner"]
        for number in range(20):
            people += self.prospect(f"P{number}", {**LARGE_ACCOUNT, "Staff?": "1"})
        self.prospect("Pin").profiling_set_hand(self.large.id, "pinned")
        context = self.large.action_view_members()["context"]

        def read(partners):
            return partners.with_context(**context).mapped("profiling_why")

        self.assertEqual(
            read(people[:1]), ["Sector? Services; Specification? Yes; Budget? 101-300k"]
        )
        pinned = self.env["res.partner"].search([("name", "=", "Pin")])
        self.assertIn("Pinned by Mary Manager", read(pinned)[0])
        few, many = (self.count_queries(read, some) for some in (people[:2], people))
        self.assertEqual(few, many)

    def test_why_follows_the_answers_at_once(self):
        """In the transaction that changes them, too: an automation may read it."""
        ann = self.prospect("Ann", {**LARGE_ACCOUNT, "Staff?": "1"})
        membership = self.membership(ann, self.large)
        context = self.large.action_view_members()["context"]
        ann = ann.with_context(**context)
        for answer in ("101-300k", ">300k"):
            self.answer(ann, "Budget?", answer)
            self.assertIn(f"Budget? {answer}", membership.why)
            self.assertIn(f"Budget? {answer}", ann.profiling_why)
        # nobody enters or leaves, but there is one reason more
        self.large.required_answer_ids |= self.choice("Staff?", "1")
        self.assertIn("Staff? 1", membership.why)
        self.assertIn("Staff? 1", ann.profiling_why)

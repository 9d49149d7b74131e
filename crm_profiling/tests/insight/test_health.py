"""The health check finds what a manager should look at."""

from odoo.tests import tagged

from ..common import ProfilingCase


@tagged("post_install", "-at_install")
class TestHealth(ProfilingCase):
    def findings(self):
        """Return what is found, as pairs of a kind and a name."""
        action = self.env["crm.profiling.finding"].action_check()
        findings = self.env[action["res_model"]].search(
            [("create_uid", "=", self.env.uid)]
        )
        return {(f.kind, (f.profile_id or f.question_id).name) for f in findings}

    def test_it_takes_as_many_queries_for_any_number_of_profiles(self):
        """And so do the warnings of their list."""
        Profile, check = self.partnership.browse(), self.env["crm.profiling.finding"]

        def listed():
            return Profile.search([]).mapped("warning")

        check._profile_findings()  # what is asked once a transaction
        few = self.count_queries(check._profile_findings), self.count_queries(listed)
        for number in range(8):
            question = self.question(f"Q{number}?", ["Yes", "No"])
            self.profile(f"P{number}", {question.name: "Yes"})
        many = self.count_queries(check._profile_findings), self.count_queries(listed)
        self.assertEqual(many, few)

    def test_a_profile_that_mentions_nothing(self):
        self.profile("Empty")
        self.assertIn(("empty", "Empty"), self.findings())

    def test_a_profile_that_never_matches(self):
        self.profile("Never", {"Sector?": "IT"}, {"Sector?": "IT"})
        self.assertIn(("never", "Never"), self.findings())

    def test_a_profile_that_contradicts_what_it_is_part_of(self):
        part = self.profile(
            "Part", {"Sector?": "Others"}, parent_id=self.partnership.id
        )
        self.profile("Last", {"Staff?": "1"}, parent_id=part.id)
        found = self.findings()
        self.assertIn(("contradiction", "Part"), found)
        self.assertIn(("never", "Last"), found)  # for no fault of its own
        self.assertIn("the profile “Partnership”", part.warning)
        part.excluded_answer_ids = self.choice("Sector?", "Others")
        self.assertIn(("never", "Part"), self.findings())

    def test_a_profile_that_always_matches(self):
        everybody = self.profile("Everybody", {"Journalist?": ["Yes", "No"]})
        self.assertIn(("always", "Everybody"), self.findings())
        self.assertIn("no answer is left out", everybody.warning)

    def test_a_profile_whose_answers_are_archived(self):
        self.choice("Sector?", "IT", "ERP consultant").action_archive()
        self.assertIn(("archived", "Partnership"), self.findings())
        self.assertIn("are archived", self.partnership.warning)

    def test_a_profile_that_mentions_what_is_archived(self):
        self.ask("Sector?").action_archive()
        self.assertIn(("archived", "Partnership"), self.findings())

    def test_profiles_that_hold_the_same_contacts(self):
        """Not those, as SaaS here, that hold as many others."""
        self.prospect("Ann", {"Sector?": "IT"})
        self.prospect("Bob", {"Staff?": "21-50"})
        self.profile("Twin", {"Sector?": ["IT", "ERP consultant"]})
        same = {name for kind, name in self.findings() if kind == "same"}
        self.assertEqual(same, {"Twin", "Partnership"})

    def test_the_form_of_a_profile_names_those_with_the_same_contacts(self):
        self.prospect("Ann", {"Sector?": "IT"})
        twin = self.profile("Twin", {"Sector?": ["IT", "ERP consultant"]})
        self.assertIn("the profile “Partnership”", twin.twin_warning)
        self.assertIn("the profile “Twin”", self.partnership.twin_warning)
        self.assertFalse(self.saas.twin_warning)
        self.profile("Some", {"Sector?": "IT"}, {"Staff?": "1"})
        self.prospect("Bob", {"Sector?": "IT", "Staff?": "2-20"})
        self.partnership.invalidate_recordset()
        self.assertNotIn("Some", self.partnership.twin_warning)

    def test_the_form_of_a_question_says_what_no_profile_uses(self):
        function = self.ask("Function?")
        self.assertEqual(function.health_note, "No profile uses it yet.")
        self.prospect("Ann", {"Function?": "Decision-maker"})
        function.invalidate_recordset()
        self.assertIn("decides nothing", function.health_note)
        self.assertEqual(
            self.ask("Sector?").health_note, "No profile mentions Industry, Others."
        )
        self.assertFalse(self.ask("Journalist?").health_note)

    def test_archiving_what_profiles_use_is_warned_of(self):
        warning = self.ask("Sector?").archive_warning
        self.assertIn("the profile “Partnership”", warning)
        self.assertIn("the profile “Large accounts, services”", warning)
        self.assertFalse(self.ask("Function?").archive_warning)
        self.partnership.action_archive()
        self.env.invalidate_all()
        self.assertNotIn("Partnership", self.ask("Sector?").archive_warning)

    def test_archiving_an_answer_profiles_use_is_warned_of(self):
        answer = self.choice("Sector?", "IT")
        answer = answer.new(origin=answer)
        answer.active = False
        warning = answer._onchange_active()["warning"]
        self.assertIn("the profile “Partnership”", warning["message"])
        unused = self.choice("Sector?", "Others")
        unused = unused.new(origin=unused)
        unused.active = False
        self.assertFalse(unused._onchange_active())

    def test_an_archived_question_is_not_offered_to_be_asked(self):
        ann = self.prospect("Ann")
        self.assertFalse(self.result(ann, self.partnership)["criteria"][0]["archived"])
        self.ask("Sector?").action_archive()
        self.env.invalidate_all()
        self.assertTrue(self.result(ann, self.partnership)["criteria"][0]["archived"])

    def test_questions_and_answers_of_no_use(self):
        found = self.findings()
        self.assertIn(("unused_question", "Function?"), found)
        self.assertIn(("unused_answer", "Sector?"), found)
        self.assertNotIn(("unused_question", "Sector?"), found)

    def test_a_question_that_nobody_can_answer(self):
        for answer in self.ask("Function?").answer_ids:
            answer.active = False
        self.assertIn(("no_answers", "Function?"), self.findings())
        self.assertIn("Nobody can answer", self.ask("Function?").health_note)

    def test_of_two_answers_one_says_it_all(self):
        """Unless both may be given."""
        journalist = self.ask("Journalist?")
        self.assertFalse(journalist.health_note)
        journalist.selection_mode = "multiple"
        self.assertIn("No", self.stored(journalist).health_note)
        self.assertIn(("unused_answer", "Journalist?"), self.findings())

    def test_of_several_answers_each_may_be_wanted_by_another_profile(self):
        """Where one may be given it is a contradiction."""
        part = self.profile(
            "Part", {"Sector?": "Industry"}, parent_id=self.partnership.id
        )
        self.assertIn(("contradiction", "Part"), self.findings())
        self.ask("Sector?").selection_mode = "multiple"
        self.assertFalse(self.stored(part).warning)
        part.excluded_answer_ids = self.choice("Sector?", "IT", "ERP consultant")
        self.assertIn(("contradiction", "Part"), self.findings())

    def test_what_is_worst_comes_first(self):
        self.profile("Empty")
        self.profile("Everybody", {"Journalist?": ["Yes", "No"]})
        self.findings()
        mine = [("create_uid", "=", self.env.uid)]
        found = self.env["crm.profiling.finding"].search(mine)
        self.assertEqual(
            {finding.kind: finding.severity for finding in found},
            {
                "empty": "1",
                "always": "2",
                "unused_question": "3",
                "unused_answer": "3",
            },
        )
        severities = found.mapped("severity")
        self.assertEqual(severities, sorted(severities))

    def test_nothing_wrong_with_the_profiles_of_the_example(self):
        kinds = {kind for kind, _name in self.findings()}
        self.assertLessEqual(kinds, {"unused_question", "unused_answer"})

    def test_found_anew_each_time(self):
        empty = self.profile("Empty")
        self.assertIn(("empty", "Empty"), self.findings())
        empty.required_answer_ids = self.choice("Sector?", "Others")
        self.assertNotIn(("empty", "Empty"), self.findings())

    def test_a_finding_opens_what_to_mend(self):
        empty = self.profile("Empty")
        self.findings()
        finding = self.env["crm.profiling.finding"].search([("kind", "=", "empty")])
        action = finding.action_open_record()
        self.assertEqual(
            (action["res_model"], action["res_id"]), (empty._name, empty.id)
        )

"""The health check finds what a manager should look at."""

from odoo.tests import tagged

from .common import ProfilingCase


@tagged("post_install", "-at_install")
class TestHealth(ProfilingCase):
    def findings(self):
        """Return what is found, as pairs of a kind and a name."""
        action = self.env["crm.profiling.finding"].action_check()
        findings = self.env[action["res_model"]].search(
            [("create_uid", "=", self.env.uid)]
        )
        return {(f.kind, (f.profile_id or f.question_id).name) for f in findings}

    def test_a_profile_that_mentions_nothing(self):
        self.profile("Empty")
        self.assertIn(("empty", "Empty"), self.findings())

    def test_a_profile_that_never_matches(self):
        self.profile("Never", {"Sector?": "IT"}, {"Sector?": "IT"})
        self.assertIn(("never", "Never"), self.findings())

    def test_a_profile_that_mentions_what_is_archived(self):
        self.ask("Sector?").action_archive()
        self.assertIn(("archived", "Partnership"), self.findings())

    def test_profiles_that_hold_the_same_contacts(self):
        self.prospect("Ann", {"Sector?": "IT"})
        self.profile("Twin", {"Sector?": ["IT", "ERP consultant"]})
        found = self.findings()
        self.assertLessEqual({("same", "Twin"), ("same", "Partnership")}, found)

    def test_questions_and_answers_of_no_use(self):
        found = self.findings()
        self.assertIn(("unused_question", "Function?"), found)
        self.assertIn(("unused_answer", "Sector?"), found)
        self.assertNotIn(("unused_question", "Sector?"), found)

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

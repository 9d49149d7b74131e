"""The next question, on the worked example; `test_plain_chooser` has the rest."""

from odoo.tests import tagged

from ..common import ProfilingCase


@tagged("post_install", "-at_install")
class TestChooser(ProfilingCase):
    """On the worked example: Training, SaaS, Partnership and large accounts."""

    def setUp(self):
        super().setUp()
        self.chooser = self.env["crm.profiling.chooser"]
        self.everything = [self.ask(name).id for name in self.names()]

    def names(self):
        return [
            "Journalist?",
            "Sector?",
            "Staff?",
            "Function?",
            "Specification?",
            "Budget?",
        ]

    def known(self, answers):
        evaluator = self.env["crm.profiling.catalog"]._evaluator()
        return evaluator.mask(self.choices(answers).ids)

    def choose(self, answers=None, **kwargs):
        return self.chooser._choose(self.known(answers), self.everything, **kwargs)

    def assertNext(self, question, answers=None, **kwargs):
        choice = self.choose(answers, **kwargs)
        self.assertEqual(choice and choice.question_id, self.ask(question).id)

    def assertRelevant(self, *questions, answers=None, **kwargs):
        relevant = self.chooser._relevant(self.known(answers), **kwargs)
        self.assertEqual(
            sorted(self.env["crm.profiling.question"].browse(relevant).mapped("name")),
            sorted(questions),
        )

    def test_what_no_profile_mentions_is_not_asked(self):
        self.assertRelevant(
            "Journalist?", "Sector?", "Staff?", "Specification?", "Budget?"
        )

    def test_it_says_how_many_profiles_a_question_decides(self):
        """Sector: Partnership and large accounts. Staff: SaaS and Training."""
        choice = self.choose()
        self.assertIn(
            choice.question_id, self.ask("Sector?").ids + self.ask("Staff?").ids
        )
        self.assertEqual((choice.decides, choice.open), (2, 4))

    def test_what_is_ruled_out_is_not_asked_for(self):
        sector_it = {"Sector?": "IT"}
        self.assertRelevant("Journalist?", "Staff?", answers=sector_it)
        self.assertNext("Staff?", sector_it)

    def test_nothing_is_asked_once_all_is_settled(self):
        settled = {"Sector?": "Industry", "Staff?": "500+"}
        self.assertRelevant(answers=settled)
        self.assertIsNone(self.choose(settled))

    def test_what_matched_is_not_asked_for(self):
        small = {"Sector?": "Others", "Staff?": "1"}
        self.assertNext("Journalist?", small)
        choice = self.choose(small)
        self.assertEqual((choice.decides, choice.open), (1, 1))
        self.assertAlmostEqual(choice.expected, 1)

    def test_only_what_may_be_asked(self):
        budget = self.ask("Budget?").ids
        choice = self.chooser._choose(0, budget)
        self.assertEqual(choice.question_id, budget[0])
        self.assertEqual((choice.decides, choice.open), (1, 4))
        self.assertIsNone(self.chooser._choose(0, self.ask("Function?").ids))

    def test_declined_what_needs_it_stays_open_and_asks_no_more(self):
        answers = {"Sector?": "Services", "Staff?": "500+"}
        self.assertRelevant("Specification?", "Budget?", answers=answers)
        declined = {"declined_ids": self.ask("Budget?").ids}
        self.assertRelevant(answers=answers, **declined)
        self.assertIsNone(self.choose(answers, **declined))

    def test_archived_questions_are_not_asked(self):
        self.ask("Budget?").active = False
        self.assertRelevant("Journalist?", "Sector?", "Staff?")

    def test_profiles_whose_answers_are_archived_are_not_asked_for(self):
        self.choice("Specification?", "Yes").active = False
        self.assertRelevant("Journalist?", "Sector?", "Staff?")

    def test_archived_profiles_are_not_asked_for(self):
        self.training.active = False
        self.assertRelevant("Sector?", "Staff?", "Specification?", "Budget?")

    def test_criteria_of_parents_are_asked_even_if_they_are_archived(self):
        self.partnership.parent_id = self.training
        self.training.active = False
        self.assertRelevant("Journalist?", "Staff?", answers={"Sector?": "IT"})

    def test_profiles_at_odds_with_their_parents_are_not_asked_for(self):
        self.large.parent_id = self.partnership
        self.assertRelevant("Journalist?", "Sector?", "Staff?")
        self.ask("Sector?").selection_mode = "multiple"
        self.assertRelevant(
            "Journalist?", "Sector?", "Staff?", "Specification?", "Budget?"
        )

    def test_profiles_of_other_companies_are_not_asked_for(self):
        mine, theirs = (
            self.env["res.company"]
            .sudo()
            .create([{"name": "Mine"}, {"name": "Theirs"}])
        )
        self.large.sudo().company_id = theirs
        self.assertRelevant("Journalist?", "Sector?", "Staff?", company_id=mine.id)
        self.assertRelevant(
            "Journalist?",
            "Sector?",
            "Staff?",
            "Specification?",
            "Budget?",
            company_id=theirs.id,
        )

    def test_what_a_person_pinned_or_barred_is_asked_for_all_the_same(self):
        ann = self.prospect("Ann", {"Sector?": "Industry"})
        ann.profiling_set_hand(self.saas.id, "pinned")
        ann.profiling_set_hand(self.training.id, "barred")
        self.assertRelevant("Journalist?", "Staff?", answers={"Sector?": "Industry"})

    def test_of_equals_the_first_is_asked(self):
        self._forget_catalog()
        for name in ("B?", "A?"):
            self.question(name, ["Yes", "No"])
            self.profile(name, {name: "Yes"})
        self.everything = (self.ask("A?") | self.ask("B?")).ids
        self.assertNext("B?")
        self.ask("B?").sequence = 20
        self.assertNext("A?")

    def test_the_unlikely_is_asked_first(self):
        """No to a question that nearly everybody answers by No settles most."""
        self._forget_catalog()
        for name in ("Rare?", "Common?"):
            self.question(name, ["Yes", "No"])
        self.profile("Both", {"Rare?": "Yes", "Common?": "Yes"})
        self.everything = (self.ask("Rare?") | self.ask("Common?")).ids
        self.ask("Common?").sequence = 5
        self.assertNext("Common?")
        for number in range(60):
            self.prospect(f"P{number}", {"Rare?": "No", "Common?": "Yes"})
        self.assertNext("Common?")
        self.chooser.sudo()._cron_count()
        self.assertEqual(self.choice("Rare?", "No").counted_contacts, 60)
        self.assertNext("Rare?")

    def test_a_choice_takes_no_query_for_each_profile_or_question(self):
        self.choose()
        few = self.count_queries(self.choose)
        for number in range(9):
            self.question(f"Q{number}?", ["Yes", "No"])
            self.profile(f"P{number}", {f"Q{number}?": "Yes"})
        self.choose()
        self.assertEqual(self.count_queries(self.choose), few)

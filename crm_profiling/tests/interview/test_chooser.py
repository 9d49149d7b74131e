"""The next question: hand-made cases, then random catalogs against brute force."""

import random
from functools import cache
from itertools import combinations, product

from odoo.tests import BaseCase, tagged

from odoo.addons.crm_profiling.chooser import Chooser, Topic, shares
from odoo.addons.crm_profiling.evaluator import Criterion, Evaluator, Rule

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


class Random:
    """A random catalog: profiles of 1-3 criteria, a third of them below another."""

    def __init__(self, seed, questions, profiles, multiple=0.0, answers=4):
        pick = self.pick = random.Random(seed)
        self.answers, bit = {}, 0
        for question_id in range(1, questions + 1):
            size = pick.randint(2, answers)
            self.answers[question_id] = [1 << (bit + n) for n in range(size)]
            bit += size
        self.topics = [
            Topic(
                question_id,
                pick.random() >= multiple,
                dict.fromkeys(masks, 1 / len(masks)),
            )
            for question_id, masks in self.answers.items()
        ]
        self.rules = []
        for profile_id in range(1, profiles + 1):
            self.rules.append(self._rule(profile_id))
        self.evaluator = Evaluator(self.rules, {n + 1: 1 << n for n in range(bit)})
        self.chooser = Chooser(self.evaluator, self.topics)

    def _rule(self, profile_id):
        below = self.pick.random() < 1 / 3 and profile_id > 1
        parent_id = self.pick.randint(1, profile_id - 1) if below else 0
        count = min(self.pick.randint(1, 3), len(self.answers))
        criteria = tuple(
            self._criterion(question_id, profile_id)
            for question_id in sorted(self.pick.sample(sorted(self.answers), count))
        )
        return Rule(profile_id, parent_id, True, 0, profile_id, criteria)

    def _criterion(self, question_id, profile_id):
        masks = self.answers[question_id]
        some = sum(self.pick.sample(masks, self.pick.randint(1, len(masks) - 1)))
        wanted = (some, 0) if self.pick.random() < 0.75 else (0, some)
        return Criterion(question_id, profile_id, sum(masks), *wanted)

    def ways(self, topic):
        """Return all that can be answered to a question."""
        masks = list(topic.shares)
        sizes = range(1, 2 if topic.single else len(masks) + 1)
        return [sum(some) for size in sizes for some in combinations(masks, size)]

    def answer_some(self):
        """Return random answers to about a third of the questions."""
        return sum(
            self.pick.choice(self.ways(topic))
            for topic in self.topics
            if self.pick.random() < 1 / 3
        )


@tagged("post_install", "-at_install")
class TestRandomCatalogs(BaseCase):
    def relevant(self, catalog, known):
        """Return by brute force the questions whose answer can make a difference.

        Leaving a question unanswered is one of the possibilities.
        """
        unanswered = [
            t for t in catalog.topics if not known & sum(catalog.answers[t.question_id])
        ]
        ways = [[0, *catalog.ways(topic)] for topic in unanswered]
        relevant = set()
        for rank, topic in enumerate(unanswered):
            others = ways[:rank] + ways[rank + 1 :]
            for combination in product(*others):
                rest = known | sum(combination)
                if len({catalog.evaluator.matched(rest | w) for w in ways[rank]}) > 1:
                    relevant.add(topic.question_id)
                    break
        return relevant

    def test_relevant_is_what_can_make_a_difference(self):
        for seed in range(120):
            catalog = Random(seed, questions=4, profiles=5, multiple=0.3, answers=3)
            for _ in range(3):
                known = catalog.answer_some()
                with self.subTest(seed=seed, known=known):
                    self.assertEqual(
                        catalog.chooser.relevant(known), self.relevant(catalog, known)
                    )

    def count_questions(self, catalog, next_questions):
        """Return how many questions it takes on average until nothing matters.

        :param next_questions: what to ask next, given what is known and what matters;
            of several the one that turns out best
        """

        @cache
        def count(known):
            relevant = self.relevant(catalog, known)
            if not relevant:
                return 0
            return 1 + min(
                sum(count(known | answer) for answer in catalog.answers[question_id])
                / len(catalog.answers[question_id])
                for question_id in next_questions(known, relevant)
            )

        return count(0)

    def test_hardly_more_is_asked_than_in_the_best_of_all_orders(self):
        chosen = optimum = 0
        for seed in range(12):
            catalog = Random(seed, questions=4, profiles=4, answers=3)
            choose = catalog.chooser.choose
            chosen += self.count_questions(
                catalog, lambda known, _, ask=choose: [ask(known).question_id]
            )
            optimum += self.count_questions(catalog, lambda _, relevant: relevant)
        self.assertGreaterEqual(chosen, optimum)
        self.assertLess(chosen, 1.02 * optimum)

    def test_the_same_is_asked_again(self):
        for seed in range(10):
            once, again = (Random(seed, questions=12, profiles=12) for _ in range(2))
            known = once.answer_some()
            self.assertEqual(once.chooser.choose(known), again.chooser.choose(known))

    def test_what_is_asked_is_relevant_and_counted_right(self):
        for seed in range(50):
            catalog = Random(seed, questions=8, profiles=8, multiple=0.3)
            known = catalog.answer_some()
            choice = catalog.chooser.choose(known)
            if not choice:
                self.assertFalse(catalog.chooser.relevant(known))
                continue
            verdicts = [
                catalog.evaluator.judge(rule.profile_id, known)
                for rule in catalog.rules
            ]
            open_ = [verdict for verdict in verdicts if verdict.state == "open"]
            self.assertEqual(choice.open, len(open_))
            self.assertIn(choice.question_id, catalog.chooser.relevant(known))
            self.assertLessEqual(
                choice.decides, sum(choice.question_id in v.missing for v in open_)
            )

    def test_profiles_that_need_more_than_may_be_asked_are_left_open(self):
        """What there is to ask is asked, one after the other, and that is all."""
        for seed in range(20):
            catalog = Random(seed, questions=8, profiles=8, multiple=0.3)
            some = set(catalog.pick.sample(sorted(catalog.answers), 3))
            known, asked = 0, []
            while choice := catalog.chooser.choose(known, some):
                asked.append(choice.question_id)
                topic = catalog.topics[choice.question_id - 1]
                known |= catalog.pick.choice(catalog.ways(topic))
            self.assertEqual(len(asked), len(set(asked)))
            self.assertLessEqual(set(asked), some)
            self.assertFalse(catalog.chooser.relevant(known, some))

    def test_answers_are_even_while_little_is_known(self):
        self.assertEqual(shares([0, 0], 0, True), [0.5, 0.5])
        self.assertGreater(shares([1, 0], 1, True)[1], 0.45)
        self.assertLess(shares([500, 0], 500, True)[1], 0.02)
        self.assertEqual(shares([0] * 6, 0, False), [0.25] * 6)

"""Which question is next, without Odoo: by hand, then against brute force."""

import random
from collections import Counter
from functools import cache
from itertools import combinations, product
from math import comb, prod

from ...chooser import AHEAD, Chooser, first_of
from ...evaluator import RULED_OUT, Criterion, Evaluator, Rule
from ...outcomes import KINDS, PAIRED, Topic, bits, shares
from ..plain import PlainCase, tagged


class Random:
    """A random catalog: profiles of 1-3 criteria, a third of them below another."""

    def __init__(
        self, seed, questions, profiles, multiple=0.0, answers=4, uneven=False
    ):
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
        if uneven:
            self.topics = [
                topic._replace(
                    shares={a: pick.uniform(0.05, 0.95) for a in topic.shares}
                )
                for topic in self.topics
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
class TestRandomCatalogs(PlainCase):
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


class Plainly:
    """The choice once more, from its description: sets of profiles, no masks of them.

    :param Random catalog: the questions and profiles
    :param int known: mask of the answers given
    """

    def __init__(self, catalog, known):
        self.catalog, self.known = catalog, known
        self.topics = {topic.question_id: topic for topic in catalog.topics}
        self.criteria = {
            rule.profile_id: catalog.evaluator.criteria(rule.profile_id)
            for rule in catalog.rules
        }
        self.unanswered = [
            q for q in self.topics if not known & sum(catalog.answers[q])
        ]
        self.live = {
            profile
            for profile, criteria in self.criteria.items()
            if self.asks(profile) and self.possible(profile)
            if not any(c.verdict(known) == RULED_OUT for c in criteria)
        }

    def asks(self, profile):
        """Return the questions that a profile has still to ask."""
        mentioned = {criterion.question_id for criterion in self.criteria[profile]}
        return mentioned & set(self.unanswered)

    def possible(self, profile):
        return all(
            any(profile not in self.out(q, way) for way in self.ways(q))
            for q in self.asks(profile)
        )

    def ways(self, question):
        """Return all ways to answer, each a mask, with how likely it is."""
        topic = self.topics[question]
        if topic.single:
            likely = dict(topic.shares)
        else:
            likely = {
                way: prod(
                    share if answer & way else 1 - share
                    for answer, share in topic.shares.items()
                )
                for way in self.catalog.ways(topic)
            }
        total = sum(likely.values())
        return {way: share / total for way, share in likely.items()}

    def out(self, question, way):
        return {
            profile
            for profile, criteria in self.criteria.items()
            for criterion in criteria
            if criterion.question_id == question
            if criterion.verdict(way) == RULED_OUT
        }

    def left(self, question, live, asked=()):
        """Return how many profiles are left to settle after a question, on average."""
        rest = {p for p in live if self.asks(p) - {question, *asked}}
        return sum(
            share * len(rest - self.out(question, way))
            for way, share in self.ways(question).items()
        )

    def ranking(self, live, asked=()):
        return {
            q: self.left(q, live, asked)
            for q in self.unanswered
            if q not in asked and any(q in self.asks(p) for p in live)
        }

    def left_later(self, question):
        """Return what a question and the best one after it leave."""
        rest, later = {p for p in self.live if self.asks(p) - {question}}, 0
        for way, share in self.ways(question).items():
            if left := rest - self.out(question, way):
                later += share * (1 + min(self.ranking(left, [question]).values()))
        return later

    def best(self):
        """Return the questions that are as good as any to be asked next."""
        ranking = self.ranking(self.live)
        ahead = sorted(ranking, key=lambda q: (ranking[q], q))[:AHEAD]
        if len(ahead) < 2:
            return ahead
        later = {question: self.left_later(question) for question in ahead}
        return [
            q for q in ranking if q in later and later[q] <= min(later.values()) + 1e-9
        ]

    def expected(self):
        """Return how many questions there are to be asked, in the ranking's order."""
        ranking = self.ranking(self.live)
        alive, expected = dict.fromkeys(self.live, 1.0), 0
        for question in sorted(ranking, key=lambda q: (ranking[q], q)):
            asking = [p for p in self.live if question in self.asks(p)]
            expected += 1 - prod(1 - alive[profile] for profile in asking)
            for profile in asking:
                alive[profile] *= sum(
                    share
                    for way, share in self.ways(question).items()
                    if profile not in self.out(question, way)
                )
        return expected


@tagged("post_install", "-at_install")
class TestPlainly(PlainCase):
    """The chooser against its description, on random catalogs."""

    def catalogs(self, count, **kwargs):
        for seed in range(count):
            catalog = Random(seed, multiple=0.4, uneven=True, **kwargs)
            with self.subTest(seed=seed):
                yield catalog, catalog.answer_some()

    def test_the_best_is_chosen_and_what_is_said_of_it_is_right(self):
        chosen = 0
        for catalog, known in self.catalogs(60, questions=7, profiles=8):
            plainly = Plainly(catalog, known)
            choice = catalog.chooser.choose(known)
            if not plainly.live:
                self.assertIsNone(choice)
                continue
            chosen += 1
            self.assertEqual(choice.question_id, plainly.best()[0])
            asking = [p for p in plainly.live if choice.question_id in plainly.asks(p)]
            self.assertEqual(choice.decides, len(asking))
            self.assertAlmostEqual(choice.expected, plainly.expected())
        self.assertGreater(chosen, 40)

    def test_no_more_than_so_many_are_compared(self):
        """With many questions, those that look worse at once are not looked into."""
        for catalog, known in self.catalogs(8, questions=14, profiles=16, answers=3):
            plainly = Plainly(catalog, known)
            choice = catalog.chooser.choose(known)
            self.assertEqual(choice.question_id, plainly.best()[0])

    def test_without_looking_ahead_the_first_of_the_best_is_chosen(self):
        for catalog, known in self.catalogs(20, questions=6, profiles=7):
            ranking = Plainly(catalog, known).ranking(Plainly(catalog, known).live)
            if choice := catalog.chooser.choose(known, ahead=0):
                best = [
                    q for q in ranking if ranking[q] <= min(ranking.values()) + 1e-9
                ]
                self.assertEqual(choice.question_id, best[0])

    def test_each_way_to_answer_is_on_one_branch_with_those_that_do_the_same(self):
        several = 0
        for catalog, known in self.catalogs(30, questions=5, profiles=7):
            chooser, live = catalog.chooser, catalog.chooser.situation(known).live
            for question in chooser.situation(known).topics:
                topic = catalog.topics[question - 1]
                branches = chooser.branches(question, live)
                several += len(branches) > 1
                effects = {}
                for way in catalog.ways(topic):
                    (branch,) = [branch for branch in branches if branch.met(way)]
                    self.assertEqual(chooser.branch(question, live, way), branch)
                    self.assertEqual(bool(branch.answers & way), topic.single)
                    effect = chooser.ruled_out(question, way) & live
                    effects.setdefault(branch, set()).add(effect)
                    self.assertEqual(
                        effect, chooser.ruled_out(question, branch.given) & live
                    )
                self.assertEqual(set(effects), set(branches))
                self.assertTrue(all(len(effect) == 1 for effect in effects.values()))
                if topic.single:
                    self.assertEqual(len(branches), len(set().union(*effects.values())))
        self.assertGreater(several, 20)


@tagged("post_install", "-at_install")
class TestByHand(PlainCase):
    """Small catalogs: question 1 has the answers 1 and 2, question 2 has 4 and 8."""

    ANSWERS = {1: (1, 2), 2: (4, 8), 3: (16, 32)}

    def chooser(self, *rules, topics=(1, 2), likely=0.5, single=True):
        """Return a chooser; a rule is ``(required, excluded, company, active)``."""
        evaluator = Evaluator(
            [
                Rule(
                    profile_id=number,
                    parent_id=0,
                    active=active,
                    company_id=company,
                    category_id=number,
                    criteria=tuple(
                        Criterion(
                            question,
                            number,
                            sum(masks),
                            required & sum(masks),
                            excluded & sum(masks),
                        )
                        for question, masks in self.ANSWERS.items()
                        if (required | excluded) & sum(masks)
                    ),
                )
                for number, (required, excluded, company, active) in enumerate(rules, 1)
            ],
            {n + 1: 1 << n for n in range(6)},
        )
        return Chooser(
            evaluator,
            [
                Topic(
                    q,
                    single,
                    {self.ANSWERS[q][0]: likely, self.ANSWERS[q][1]: 1 - likely},
                )
                for q in topics
            ],
        )

    def test_how_likely_answers_are(self):
        self.assertEqual(shares([], 0, True), [])
        self.assertEqual(shares([0, 0, 0], 0, True), [1 / 3] * 3)
        self.assertEqual(shares([0] * 6, 0, False), [0.25] * 6)
        self.assertEqual(shares([0], 0, False), [0.5])
        self.assertEqual(shares([10, 0], 10, True), [20 / 30, 10 / 30])
        self.assertEqual(shares([4, 2], 3, True), [14 / 26, 12 / 26])
        self.assertEqual(shares([4, 2], 3, False), [14 / 24, 12 / 24])
        self.assertEqual(shares([4, 2], 6, False), [14 / 26, 12 / 26])

    def test_bits_come_lowest_first(self):
        self.assertEqual(list(bits(0)), [])
        self.assertEqual(list(bits(0b101100)), [4, 8, 32])

    def test_of_equals_the_first(self):
        self.assertEqual(first_of([(2, 7), (1, 5), (1 + 1e-12, 3), (1, 4)]), 5)
        self.assertEqual(first_of([(1 + 1e-9, 7), (1, 5)]), 7)

    def test_how_many_questions_are_left(self):
        both = self.chooser((1 | 4, 0, 0, True))
        self.assertAlmostEqual(both.choose(0).expected, 1.5)
        self.assertAlmostEqual(both.choose(1).expected, 1)
        likely = self.chooser((1 | 4, 0, 0, True), likely=0.8)
        self.assertAlmostEqual(likely.choose(0).expected, 1.8)
        apart = self.chooser((1, 0, 0, True), (4, 0, 0, True))
        self.assertAlmostEqual(apart.choose(0).expected, 2)

    def test_a_question_that_is_in_no_profile_does_nothing(self):
        one = self.chooser((1, 0, 0, True))
        self.assertEqual(one.ruled_out(2, 4), 0)
        self.assertEqual(one.situation(0).topics, (1,))

    def test_what_is_known_of_a_question_settles_it(self):
        one = self.chooser((1, 0, 0, True))
        self.assertEqual(one.situation(0), (1, 1, (1,)))
        self.assertEqual(one.situation(1), (0, 0, ()))
        self.assertEqual(one.situation(2), (0, 0, ()))

    def test_profiles_without_questions_and_archived_ones_are_not_asked_for(self):
        some = self.chooser((0, 0, 0, True), (1, 0, 0, False), (4, 0, 0, True))
        self.assertEqual(some.situation(0).topics, (2,))
        self.assertEqual(some.choose(0).open, 1)

    def test_questions_that_are_not_at_hand_leave_their_profiles_open(self):
        """Question 2 cannot be asked at all: what needs it is no reason to ask 1."""
        both = self.chooser((1 | 4, 0, 0, True), (1, 0, 0, True), topics=(1,))
        now = both.situation(0)
        self.assertEqual((now.open, now.live, now.topics), (0b11, 0b10, (1,)))
        self.assertEqual(both.situation(1).open, 0b1)
        self.assertIsNone(both.choose(1))

    def test_declined_questions_leave_their_profiles_open(self):
        both = self.chooser((1 | 4, 0, 0, True), (1, 0, 0, True))
        now = both.situation(0, declined_ids=[2])
        self.assertEqual((now.open, now.live, now.topics), (0b11, 0b10, (1,)))
        self.assertEqual(both.choose(0, declined_ids=[2]).decides, 1)
        self.assertEqual(both.relevant(0, declined_ids=[1]), frozenset())

    def test_only_some_questions_are_asked(self):
        apart = self.chooser((1, 0, 0, True), (4, 0, 0, True))
        self.assertEqual(apart.relevant(0, [2]), {2})
        self.assertEqual(apart.choose(0, [2]).question_id, 2)
        self.assertIsNone(apart.choose(0, []))

    def test_profiles_of_another_company_are_not_asked_for(self):
        some = self.chooser(
            (1, 0, 7, True), (4, 0, 8, True), (16, 0, 0, True), topics=(1, 2, 3)
        )
        self.assertEqual(some.relevant(0, company_id=7), {1, 3})
        self.assertEqual(some.relevant(0, company_id=8), {2, 3})
        self.assertEqual(some.relevant(0, company_id=9), {3})
        self.assertEqual(some.relevant(0), {1, 2, 3})
        self.assertEqual(some.choose(0, company_id=7).open, 2)
        self.assertEqual(some.choose(0, company_id=8).open, 2)

    def test_answers_that_are_archived_lead_where_they_lead(self):
        """Answer 2 is archived: nobody gives it any more, but somebody did."""
        chooser = self.chooser((1, 0, 0, True), (2, 0, 0, True), (0, 2, 0, True))
        chooser = Chooser(chooser._evaluator, [Topic(1, True, {1: 1.0})])
        (branch,) = chooser.branches(1, 0b111)
        self.assertEqual((branch.given, branch.answers), (1, 1))
        self.assertIsNone(chooser.branch(1, 0b111, 2))
        self.assertEqual(chooser.answers(1), 3)
        # profile 2 needs what nobody answers any more
        self.assertEqual(chooser.situation(0).live, 0b101)

    def test_an_archived_answer_joins_the_branch_that_does_the_same(self):
        chooser = self.chooser((4, 0, 0, True), (1, 2, 0, False))
        chooser = Chooser(chooser._evaluator, [Topic(2, True, {8: 1.0})])
        self.assertEqual(len(chooser.branches(2, 0)), 1)
        (branch,) = chooser.branches(2, 0)
        self.assertEqual(branch.answers, 8)
        self.assertTrue(branch.met(4))

    def test_several_answers_are_weighed_together(self):
        """Who answers gives one of the two, the other, or both: all equally likely."""
        several = self.chooser((1, 0, 0, True), (2, 0, 0, True), single=False)
        likely = dict((out, share) for share, out in several._outcomes[1])
        self.assertEqual(set(likely), {0b00, 0b01, 0b10})
        for share in likely.values():
            self.assertAlmostEqual(share, 1 / 3)

    def of_many_answers(self, count):
        """Return a chooser of as many profiles as answers, each asks for one."""
        answers = [1 << n for n in range(count)]
        rules = [
            Rule(
                profile_id=number,
                parent_id=0,
                active=True,
                company_id=0,
                category_id=number,
                criteria=(Criterion(1, number, sum(answers), answer, 0),),
            )
            for number, answer in enumerate(answers, 1)
        ]
        evaluator = Evaluator(rules, {n + 1: 1 << n for n in range(count)})
        return Chooser(evaluator, [Topic(1, False, dict.fromkeys(answers, 0.5))])

    def test_of_many_answers_fewer_are_weighed_together(self):
        """All of some, pairs of more, and of very many each alone."""
        for count, most in (
            (KINDS, KINDS),
            (KINDS + 1, 2),
            (PAIRED, 2),
            (PAIRED + 1, 1),
        ):
            with self.subTest(count=count):
                [*outcomes] = self.of_many_answers(count)._outcomes[1]
                given = [count - out.bit_count() for _share, out in outcomes]
                wanted = {size: comb(count, size) for size in range(1, most + 1)}
                self.assertEqual(Counter(given), wanted)

    def test_branches_tell_apart_what_matters_still(self):
        chooser = self.chooser((1, 0, 0, True), (2, 0, 0, True), single=False)
        self.assertEqual(len(chooser.branches(1, 0b11)), 3)
        self.assertEqual(len(chooser.branches(1, 0b01)), 2)
        self.assertEqual(len(chooser.branches(1, 0b10)), 2)
        self.assertEqual(len(chooser.branches(1, 0)), 1)

    def test_each_of_several_declined_questions_leaves_its_profiles_open(self):
        each = self.chooser(
            (1, 0, 0, True), (4, 0, 0, True), (16, 0, 0, True), topics=(1, 2, 3)
        )
        for declined, live in (
            ([1, 2], 0b100),
            ([2, 1], 0b100),
            ([1, 3], 0b010),
            ([2, 3], 0b001),
            ([1, 2, 3], 0),
        ):
            now = each.situation(0, declined_ids=declined)
            self.assertEqual((now.open, now.live), (0b111, live), declined)

    def test_by_default_a_contact_is_shared_by_all_companies(self):
        one = self.chooser((1, 0, 7, True), (4, 0, 8, True))
        self.assertEqual(one.choose(0).open, 2)
        self.assertEqual(one.situation(0).open, 0b11)
        self.assertEqual(one.relevant(0), {1, 2})

"""The rule without Odoo: by example, then against sets on random catalogs."""

import random

from ... import evaluator
from ...catalog import ASKED, Catalog, Question
from ...evaluator import (
    MATCHED,
    OPEN,
    RULED_OUT,
    SATISFIED,
    TO_ASK,
    Criterion,
    Evaluator,
    Rule,
    concerns,
    judge,
)
from ..plain import PlainCase, tagged
from ..truth_table import TRUTH_TABLE

# a1 a2 a3 b1 b2 b3 c1 c2 … d3: bits with gaps, as answers that were deleted leave them
BITS = {
    f"{question}{number}": 1 << bit
    for question, start in (("a", 0), ("b", 5), ("c", 70), ("d", 90))
    for bit, number in enumerate((1, 2, 3), start)
}
QUESTIONS = {"A": 10, "B": 20, "C": 30, "D": 40}


def mask(names):
    """Return the mask of answers written as ``a1 b2``."""
    return sum(BITS[name] for name in names.split())


def criteria(profile_id, required, excluded=""):
    """Return what a profile asks, as the catalog says it."""
    found = []
    for question, question_id in QUESTIONS.items():
        whole = mask(" ".join(n for n in BITS if n[0] == question.lower()))
        wanted, unwanted = mask(required) & whole, mask(excluded) & whole
        if wanted | unwanted:
            found.append(Criterion(question_id, profile_id, whole, wanted, unwanted))
    return tuple(found)


def rule(profile_id, required="", excluded="", parent=0, active=True, company=0):
    return Rule(
        profile_id=profile_id,
        parent_id=parent,
        active=active,
        company_id=company,
        category_id=profile_id,
        criteria=criteria(profile_id, required, excluded),
    )


def build(*rules):
    return Evaluator(
        rules, {number: bit for number, bit in enumerate(BITS.values(), 1)}
    )


@tagged("post_install", "-at_install")
class TestPlainRule(PlainCase):
    def test_truth_table(self):
        for required, excluded, given, state, missing in TRUTH_TABLE:
            with self.subTest(required=required, excluded=excluded, given=given):
                one = build(rule(1, required, excluded))
                verdict = one.judge(1, mask(given))
                self.assertEqual(verdict.state, state)
                self.assertEqual(one.matched(mask(given)), (1,) * (state == MATCHED))
                if missing or state != RULED_OUT:
                    self.assertEqual(
                        verdict.missing, [QUESTIONS[name] for name in missing.split()]
                    )

    def test_a_criterion(self):
        (wanted,) = criteria(1, "a1 a2", "a2")
        self.assertEqual(wanted.verdict(0), TO_ASK)
        self.assertEqual(wanted.verdict(mask("b1 b2 b3")), TO_ASK)
        self.assertEqual(wanted.verdict(mask("a1 b1")), SATISFIED)
        self.assertEqual(wanted.verdict(mask("a2")), RULED_OUT)
        self.assertEqual(wanted.verdict(mask("a1 a2")), RULED_OUT)
        self.assertEqual(wanted.verdict(mask("a3")), RULED_OUT)

    def test_a_verdict_says_what_each_criterion_says(self):
        asked = criteria(1, "a1 b1 c1")
        verdict = judge(asked, mask("a1 b2"))
        self.assertEqual(verdict.state, RULED_OUT)
        self.assertEqual(
            verdict.criteria,
            tuple(zip(asked, (SATISFIED, RULED_OUT, TO_ASK), strict=True)),
        )
        self.assertEqual(verdict.missing, [30])
        self.assertEqual(judge(asked, mask("a1 b1")).state, OPEN)
        self.assertEqual(judge((), 0), (RULED_OUT, ()))

    def test_what_is_to_be_found_for_a_catalog(self):
        """What profiles mention and nobody is asked for."""
        evaluator = build(rule(1, "a1 b1"))
        asked, found, unused = (
            Question(QUESTIONS[name], True, False, 0, origin)
            for name, origin in (("A", ASKED), ("B", "contact"), ("C", "contact"))
        )
        questions = {1: asked, 2: found, 3: found, 4: unused}
        catalog = Catalog.of("some", questions, evaluator)
        kept = evaluator.mask([2, 3])
        self.assertTrue(kept)
        self.assertEqual(catalog, ("some", questions, evaluator, {found}, kept))

    def test_a_question_that_is_missing_twice_is_named_once(self):
        family = build(rule(1, "b1"), rule(2, "a1", "b2", parent=1))
        self.assertEqual(family.judge(2, 0).missing, [20, 10])

    def test_parents_come_first_and_count_though_they_are_archived(self):
        family = build(
            rule(3, "c1", parent=2),
            rule(1, "a1", active=False),
            rule(2, "b1", parent=1),
        )
        self.assertEqual(
            [criterion.profile_id for criterion in family.criteria(3)], [1, 2, 3]
        )
        self.assertEqual(family.matched(mask("a1 b1")), (2,))
        self.assertEqual(family.matched(mask("a1 b1 c1")), (2, 3))
        self.assertEqual(family.matched(mask("b1 c1")), ())

    def test_a_part_that_mentions_nothing_itself_has_its_parents_members(self):
        family = build(rule(1, "a1"), rule(2, parent=1), rule(3))
        self.assertEqual(family.matched(mask("a1")), (1, 2))
        self.assertEqual(family.judge(3, mask("a1")).state, RULED_OUT)

    def test_companies(self):
        some = build(rule(1, "a1"), rule(2, "a1", company=7), rule(3, "a1", company=8))
        self.assertEqual(some.matched(mask("a1"), 7), (1, 2))
        self.assertEqual(some.matched(mask("a1"), 8), (1, 3))
        self.assertEqual(some.matched(mask("a1"), 9), (1,))
        self.assertEqual(some.matched(mask("a1")), (1, 2, 3))
        self.assertTrue(some.concerns(2, 7))
        self.assertFalse(some.concerns(2, 8))
        self.assertTrue(some.concerns(2, 0))
        self.assertTrue(some.concerns(1, 8))

    def test_whom_it_concerns(self):
        for own, company_id in ((0, 0), (0, 7), (7, 0), (7, 7)):
            self.assertTrue(concerns(own, company_id))
        self.assertFalse(concerns(7, 8))

    def test_masks_and_ids(self):
        one = build(rule(1, "a1"))
        self.assertEqual(one.mask([1, 4, 99]), mask("a1 b1"))
        self.assertEqual(one.mask([4, 4, 99]), mask("b1"))
        self.assertEqual(one.mask([]), 0)
        self.assertEqual(one.answer_ids(mask("c3 a2 b1")), [2, 4, 9])
        # bits of answers that are gone
        self.assertEqual(one.answer_ids(mask("a2") | 1 << 3 | 1 << 200), [2])
        self.assertEqual(one.answer_ids(0), [])

    def test_ids_come_sorted_whatever_the_order_of_the_rules(self):
        some = build(*(rule(n, "a1") for n in (30, 4, 100, 7)))
        self.assertEqual(some.matched(mask("a1")), (4, 7, 30, 100))

    def test_all_profiles_are_kept_apart_in_one_mask(self):
        """Beyond 63 profiles, too."""
        many = build(*(rule(n, f"a{n % 3 + 1}") for n in range(1, 201)))
        for number in (1, 2, 3):
            self.assertEqual(
                many.matched(mask(f"a{number}")),
                tuple(n for n in range(1, 201) if n % 3 + 1 == number),
            )


@tagged("post_install", "-at_install")
class TestPlainCatalogs(PlainCase):
    """Random catalogs against sets of names, and however the tables are cut."""

    def catalog(self, pick):
        """Return random rules, and for each what it and its ancestors want."""
        rules, wants = [], {}
        for number in range(1, pick.randint(2, 9)):
            parent = pick.choice([0, 0, *wants])
            required, excluded = (
                " ".join(pick.sample(sorted(BITS), pick.choice([0, 0, 1, 2, 4])))
                for _kind in range(2)
            )
            active, company = pick.random() < 0.9, pick.choice([0, 0, 1, 2])
            rules.append(rule(number, required, excluded, parent, active, company))
            own = (set(required.split()), set(excluded.split()))
            wants[number] = [*wants.get(parent, ()), own]
        return rules, wants

    def matches(self, wants, given):
        """Say what the sentence says, in sets."""
        mentioned = False
        for required, excluded in wants:
            for question in {name[0] for name in required | excluded}:
                mentioned = True
                said = {name for name in given if name[0] == question}
                wanted = {name for name in required if name[0] == question}
                if not said or said & excluded or (wanted and not said & wanted):
                    return False
        return mentioned

    def some_questions(self, pick):
        """Return the mask of the answers to some questions, or to none."""
        names = pick.sample(sorted(QUESTIONS), pick.randint(0, 2))
        return mask(" ".join(a for a in BITS if a[0].upper() in names))

    def assertRule(self, seeds):
        matched = 0
        for seed in range(seeds):
            pick = random.Random(seed)
            rules, wants = self.catalog(pick)
            found = self.some_questions(pick)
            one = Evaluator(pick.sample(rules, len(rules)), {}, found)
            for _time in range(12):
                given = set(pick.sample(sorted(BITS), pick.randint(0, 6)))
                known, company = mask(" ".join(given)), pick.choice([0, 1, 2, 3])
                right = tuple(
                    r.profile_id
                    for r in rules
                    if r.active and (not company or r.company_id in (0, company))
                    if self.matches(wants[r.profile_id], given)
                )
                matched += len(right)
                self.assertEqual(one.matched(known, company), right)
                # of both kinds of answers apart
                left = one.left(known & ~found, False) & one.left(known & found, True)
                left &= one.concerned(company)
                self.assertEqual(one.profile_ids(left), right)
                # remembered
                self.assertEqual(one.matched(known, company), right)
                for r in rules:
                    verdict = one.judge(r.profile_id, known)
                    self.assertEqual(
                        verdict.state == MATCHED,
                        self.matches(wants[r.profile_id], given),
                    )
        self.assertGreater(matched, seeds)

    def test_catalogs(self):
        self.assertRule(150)

    def test_a_table_for_each_question(self):
        self.assertTables(1, [1, 1, 1, 1])

    def test_one_table_for_all_questions(self):
        self.assertTables(10_000, [4])

    def test_tables_of_two_questions(self):
        """Four ways each, with no answer: sixteen fit and no more."""
        self.assertTables(16, [2, 2])
        self.assertTables(15, [1, 1, 1, 1])
        self.assertTables(64, [3, 1])
        self.assertTables(63, [2, 2])

    def assertTables(self, together, sizes):
        """Check how many questions share a table, and that the rule is the same."""
        kept, evaluator.TOGETHER = evaluator.TOGETHER, together
        try:
            four = build(rule(1, "a1 b1 c1 d1"))
            self.assertEqual(
                [answers.bit_count() // 3 for answers, _table in four._tables], sizes
            )
            self.assertRule(30)
        finally:
            evaluator.TOGETHER = kept

    def test_a_full_table_is_emptied(self):
        kept, evaluator.WAYS = evaluator.WAYS, 3
        try:
            self.assertRule(30)
            one = build(rule(1, "a1"))
            ((_answers, table),) = one._tables
            for known in range(8):
                self.assertEqual(one.matched(known), (1,) * (known & 1))
                self.assertLessEqual(len(table), 3)
            self.assertEqual(len(table), 2)
        finally:
            evaluator.WAYS = kept

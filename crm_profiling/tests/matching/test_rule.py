import random
from datetime import datetime, timedelta
from unittest.mock import patch

from odoo import Command, fields
from odoo.tests import tagged

from ...evaluator import Criterion, Evaluator, Rule
from .. import brute_force
from ..brute_force import MATCHED, OPEN, RULED_OUT
from ..common import LARGE_ACCOUNT, ProfilingCase
from ..truth_table import TRUTH_TABLE


@tagged("post_install", "-at_install")
class TestTruthTable(ProfilingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._forget_catalog()
        cls.a = cls.question("A", ["a1", "a2", "a3"])
        cls.b = cls.question("B", ["b1", "b2", "b3"], selection_mode="multiple")

    def answers(self, names):
        """Return the answers written as ``a1 b2``."""
        wanted = names.split()
        return (self.a | self.b).answer_ids.filtered(lambda a: a.name in wanted)

    def set_criteria(self, profile, required, excluded):
        profile.write(
            {
                "required_answer_ids": [Command.set(self.answers(required).ids)],
                "excluded_answer_ids": [Command.set(self.answers(excluded).ids)],
            }
        )

    def set_answers(self, partner, names):
        answers = self.answers(names)
        partner.write({"profiling_answer_ids": [Command.set(answers.ids)]})

    def assertState(self, partner, profile, state, missing):
        """Check the profile on the tab, in the membership and on the tags."""
        if self.result(partner, profile) or state != RULED_OUT:
            self.assertResult(partner, profile, state, *missing.split())
        inside = [profile.name] if state == MATCHED else []
        self.assertProfilesAndTags(partner, *inside)

    def test_truth_table(self):
        profile = self.profile("P")
        ann = self.prospect("Ann")
        for required, excluded, given, state, missing in TRUTH_TABLE:
            with self.subTest(required=required, excluded=excluded, given=given):
                self.set_criteria(profile, required, excluded)
                self.set_answers(ann, given)
                self.assertState(ann, profile, state, missing)

    def test_truth_table_backwards(self):
        """The same when the contact had answered before the profile was changed."""
        profile = self.profile("P")
        ann = self.prospect("Ann")
        for required, excluded, given, state, missing in reversed(TRUTH_TABLE):
            with self.subTest(required=required, excluded=excluded, given=given):
                self.set_answers(ann, given)
                self.set_criteria(profile, required, excluded)
                self.assertState(ann, profile, state, missing)

    def test_the_parents_criteria_count(self):
        root = self.profile("Root", {"A": "a1"})
        part = self.profile("Part", {"B": "b1"}, parent_id=root.id)
        last = self.profile("Last", {}, {"B": "b2"}, parent_id=part.id)
        ann = self.prospect("Ann")
        self.assertResult(ann, last, OPEN, "A", "B")
        self.answer(ann, "B", "b1")
        self.assertProfiles(ann)
        self.assertResult(ann, part, OPEN, "A")
        self.answer(ann, "A", "a1")
        self.assertProfilesAndTags(ann, "Root", "Part", "Last")
        self.answer(ann, "B", "b2")
        self.assertProfilesAndTags(ann, "Root", "Part")
        self.answer(ann, "A", "a2")
        self.assertProfilesAndTags(ann)
        self.assertResult(ann, last, RULED_OUT)

    def test_parent_and_child_narrow_the_same_question(self):
        root = self.profile("Root", {"A": ["a1", "a2"]})
        self.profile("Part", {"A": ["a2", "a3"]}, parent_id=root.id)
        ann = self.prospect("Ann", {"A": "a1"})
        self.assertProfiles(ann, "Root")
        self.answer(ann, "A", "a2")
        self.assertProfiles(ann, "Root", "Part")
        self.answer(ann, "A", "a3")
        self.assertProfiles(ann)

    def test_an_archived_parent_counts_but_has_no_members(self):
        root = self.profile("Root", {"A": "a1"})
        self.profile("Part", {"B": "b1"}, parent_id=root.id)
        ann = self.prospect("Ann", {"B": "b1"})
        root.action_archive()
        self.assertProfilesAndTags(ann)
        self.answer(ann, "A", "a1")
        self.assertProfilesAndTags(ann, "Part")
        root.action_unarchive()
        self.assertProfilesAndTags(ann, "Root", "Part")

    def test_a_profile_may_say_nothing_but_what_its_parent_says(self):
        root = self.profile("Root", {"A": "a1"})
        self.profile("Part", parent_id=root.id)
        self.assertProfiles(self.prospect("Ann", {"A": "a1"}), "Root", "Part")

    def test_a_parent_that_says_nothing_adds_nothing(self):
        root = self.profile("Root")
        self.profile("Part", {"A": "a1"}, parent_id=root.id)
        self.assertProfiles(self.prospect("Ann", {"A": "a1"}), "Part")
        self.assertProfiles(self.prospect("Bob"))

    def test_archived_questions_and_answers_still_mean_what_they_meant(self):
        self.profile("P", {"A": ["a1", "a2"]})
        ann = self.prospect("Ann", {"A": "a1"})
        bob = self.prospect("Bob", {"A": "a3"})
        self.choice("A", "a1").action_archive()
        self.assertProfiles(ann, "P")
        self.a.action_archive()
        self.assertProfiles(ann, "P")
        self.assertProfiles(bob)
        self.assertProfiles(self.prospect("Carl", {"A": "a1"}), "P")


@tagged("post_install", "-at_install")
class TestManual(ProfilingCase):
    def test_large_accounts_match_any_of_the_three_budgets(self):
        for budget in ("Unknown", "101-300k", ">300k"):
            with self.subTest(budget=budget):
                ann = self.prospect("Ann", {**LARGE_ACCOUNT, "Budget?": budget})
                self.assertProfilesAndTags(ann, "Large accounts, services")

    def test_one_wrong_answer_rules_out(self):
        wrong = {"Budget?": "<100k", "Specification?": "Soon", "Sector?": "Industry"}
        for question, answer in wrong.items():
            with self.subTest(question=question):
                ann = self.prospect("Ann", {**LARGE_ACCOUNT, question: answer})
                self.assertResult(ann, self.large, RULED_OUT)
                self.assertProfilesAndTags(ann)

    def test_questions_to_ask_dwindle(self):
        ann = self.prospect("Ann")
        self.assertResult(ann, self.large, OPEN, "Budget?", "Specification?", "Sector?")
        self.answer(ann, "Budget?", "Unknown")
        self.assertResult(ann, self.large, OPEN, "Specification?", "Sector?")
        self.answer(ann, "Sector?", "Services")
        self.assertResult(ann, self.large, OPEN, "Specification?")
        self.answer(ann, "Specification?", "Yes")
        self.assertResult(ann, self.large, MATCHED)

    def test_a_small_company_is_proposed_training_and_saas(self):
        ann = self.prospect("Ann", {"Staff?": "2-20"})
        self.assertProfilesAndTags(ann, "SaaS")
        self.answer(ann, "Journalist?", "No")
        self.assertProfilesAndTags(ann, "SaaS", "Training")
        self.answer(ann, "Staff?", "21-50")
        self.assertProfilesAndTags(ann, "SaaS")
        self.answer(ann, "Staff?", "500+")
        self.assertProfilesAndTags(ann)


def random_profiles(rng, questions, size):
    """Return random profiles: trees, empty ones, exclude-only ones, archived ones."""
    answers = [answer for question in questions for answer in question.answers]
    profiles = []
    for number in range(size):
        named = set(rng.sample(answers, rng.randint(0, min(5, len(answers)))))
        excluded = {answer for answer in named if rng.random() < 0.3}
        required = named - excluded
        if excluded and rng.random() < 0.1:
            required.add(rng.choice(sorted(excluded, key=lambda a: (a[0].name, a[1]))))
        profiles.append(
            brute_force.Profile(
                name=f"P{number}",
                required=required,
                excluded=excluded,
                parent=rng.choice(profiles)
                if profiles and rng.random() < 0.4
                else None,
                active=rng.random() < 0.85,
                tag=f"T{rng.randrange(max(1, size // 2))}",
            )
        )
    return profiles


def random_answers(rng, questions):
    """Return the random answers of one contact: some questions, rightly answered."""
    given = set()
    for question in questions:
        if question.answers and rng.random() < 0.7:
            most = 1 if question.single else len(question.answers)
            given |= set(rng.sample(question.answers, rng.randint(1, most)))
    return given


@tagged("post_install", "-at_install")
class TestRandomEvaluator(ProfilingCase):
    """Thousands of cases for the evaluator alone: no database."""

    def random_catalog(self, rng):
        questions = [
            brute_force.Question(f"Q{n}", rng.randint(1, 5), rng.random() < 0.6)
            for n in range(rng.randint(1, 6))
        ]
        return questions, random_profiles(rng, questions, rng.randint(1, 12))

    def evaluator(self, questions, profiles):
        """Return the addon's evaluator, and the ids it knows answers by."""
        answers = [answer for question in questions for answer in question.answers]
        ids = {answer: number for number, answer in enumerate(answers, start=100)}
        bits = {ids[answer]: 1 << rank for rank, answer in enumerate(answers)}

        def mask(some, question):
            return sum(bits[ids[answer]] for answer in some if answer[0] is question)

        rules = [
            Rule(
                profile_id=number,
                parent_id=profiles.index(profile.parent) + 1 if profile.parent else 0,
                active=profile.active,
                company_id=0,
                category_id=1,
                criteria=tuple(
                    Criterion(
                        question_id=question.name,
                        profile_id=number,
                        answers=mask(question.answers, question),
                        required=mask(profile.required, question),
                        excluded=mask(profile.excluded, question),
                    )
                    for question in questions
                    if question in profile.mentioned
                ),
            )
            for number, profile in enumerate(profiles, start=1)
        ]
        return Evaluator(rules, bits), ids

    def test_agrees_with_brute_force(self):
        seen = dict.fromkeys((MATCHED, OPEN, RULED_OUT), 0)
        for seed in range(120):
            rng = random.Random(seed)
            questions, profiles = self.random_catalog(rng)
            evaluator, ids = self.evaluator(questions, profiles)
            for _contact in range(12):
                given = random_answers(rng, questions)
                known = evaluator.mask(ids[answer] for answer in given)
                inside = set()
                for number, profile in enumerate(profiles, start=1):
                    state, missing = brute_force.judge(profile, given)
                    verdict = evaluator.judge(number, known)
                    self.assertEqual(
                        (verdict.state, set(verdict.missing)),
                        (state, {question.name for question in missing}),
                        f"seed {seed}, {profile}",
                    )
                    seen[state] += 1
                    if state == MATCHED and profile.active:
                        inside.add(number)
                self.assertEqual(set(evaluator.matched(known)), inside, f"seed {seed}")
        # none of the three states went untested
        self.assertGreater(min(seen.values()), 500, seen)

    def test_a_long_line_of_profiles(self):
        """However deep a tree is, each profile asks what all above it ask."""
        questions = [brute_force.Question(f"Q{n}", 2) for n in range(300)]
        profiles = []
        for question in questions:
            profiles.append(
                brute_force.Profile(
                    name=f"P for {question.name}",
                    required={question.answers[0]},
                    parent=profiles[-1] if profiles else None,
                )
            )
        evaluator, ids = self.evaluator(questions, profiles)
        given = [ids[question.answers[0]] for question in questions]
        for length in (0, 1, 150, 300):
            known = evaluator.mask(given[:length])
            self.assertEqual(evaluator.matched(known), tuple(range(1, length + 1)))

    def test_what_tables_forget_they_find_again(self):
        """However many ways there are to answer, tables keep only so many."""
        rng = random.Random(7)
        with (
            patch("odoo.addons.crm_profiling.evaluator.WAYS", 3),
            patch("odoo.addons.crm_profiling.evaluator.TOGETHER", 40),
        ):
            questions, profiles = self.random_catalog(rng)
            evaluator, ids = self.evaluator(questions, profiles)
            for _contact in range(100):
                given = random_answers(rng, questions)
                self.assertEqual(
                    set(evaluator.matched(evaluator.mask(ids[a] for a in given))),
                    {
                        number
                        for number, profile in enumerate(profiles, start=1)
                        if profile.active
                        and brute_force.judge(profile, given)[0] == MATCHED
                    },
                )

    def test_masks_may_be_as_long_as_they_like(self):
        """Python does not write numbers of more than 4,300 digits."""
        questions = [brute_force.Question("Q", 2)]
        yes, no = questions[0].answers
        rule = Rule(1, 0, True, 0, 1, (Criterion(1, 1, 3 << 50_000, 1 << 50_000, 0),))
        evaluator = Evaluator([rule], {yes: 1 << 50_000, no: 1 << 50_001})
        self.assertEqual(evaluator.matched(evaluator.mask([yes])), (1,))
        self.assertEqual(evaluator.matched(evaluator.mask([no])), ())

    def test_unknown_answers_count_for_nothing(self):
        questions = [brute_force.Question("Q", 2)]
        profile = brute_force.Profile("P", excluded={questions[0].answers[0]})
        evaluator, _ids = self.evaluator(questions, [profile])
        self.assertEqual(evaluator.mask([99999, False]), 0)
        self.assertEqual(evaluator.judge(1, evaluator.mask([99999])).state, OPEN)


@tagged("post_install", "-at_install")
class TestRandomContacts(ProfilingCase):
    """A few hundred contacts through the whole addon, against brute force.

    Companies with contacts and addresses, questions of both kinds and levels, trees
    of profiles that share tags; then the catalog and the contacts change, and
    everything is compared again.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._forget_catalog()
        cls.clock = datetime(2026, 1, 1)

    def setUp(self):
        super().setUp()
        self.patch(fields.Datetime, "now", lambda: self.clock)

    def build(self, rng):
        """Make up a catalog and contacts, as plain objects and as records."""
        self.record = {}
        self.plain_questions = [
            brute_force.Question(
                f"Q{number}", rng.randint(2, 4), rng.random() < 0.6, rng.random() < 0.3
            )
            for number in range(5)
        ]
        self.plain_profiles = random_profiles(rng, self.plain_questions, 9)
        self.plain_contacts = self.random_contacts(rng)
        self.create_records(rng)

    def now(self):
        """Return a time that no answer was given at before."""
        self.clock += timedelta(seconds=1)
        return self.clock

    def random_contacts(self, rng):
        contacts = []
        for number in range(26):
            contact = brute_force.Contact(f"C{number}", is_company=number % 4 == 0)
            if contacts and rng.random() < 0.7:
                contact.parent = rng.choice(contacts)
            contact.address = bool(contact.parent) and rng.random() < 0.15
            contacts.append(contact)
        return contacts

    def create_records(self, rng):
        for plain in self.plain_questions:
            question = self.question(
                plain.name,
                [str(number) for number in range(plain.size)],
                selection_mode="single" if plain.single else "multiple",
                level="company" if plain.company else "contact",
            )
            self.record[plain] = question
            for answer, record in zip(plain.answers, question.answer_ids, strict=True):
                self.record[answer] = record
        for plain in self.plain_profiles:
            self.record[plain] = self.profile(
                plain.name,
                tag=plain.tag,
                parent_id=self.record[plain.parent].id if plain.parent else False,
                active=plain.active,
                required_answer_ids=self.ids(plain.required),
                excluded_answer_ids=self.ids(plain.excluded),
            )
        for plain in self.plain_contacts:
            given = random_answers(rng, self.plain_questions)
            self.record[plain] = self.env["res.partner"].create(
                {
                    "name": plain.name,
                    "is_company": plain.is_company,
                    "type": "delivery" if plain.address else "contact",
                    "parent_id": self.record[plain.parent].id
                    if plain.parent
                    else False,
                }
            )
            self.answer_all(plain, given)

    def ids(self, answers):
        return [self.record[answer].id for answer in answers]

    def answer_all(self, plain, given):
        when = self.now()
        self.record[plain].write(
            {"profiling_answer_ids": [Command.link(i) for i in self.ids(given)]}
        )
        for answer in given:
            plain.give(answer, when)

    def assertAgreement(self, message):
        """Compare all contacts and profiles with what brute force makes of them."""
        self.env.flush_all()
        self.env.invalidate_all()
        for plain in self.plain_contacts:
            partner = self.record[plain]
            message_here = f"{message}, {plain.name}"
            self.assertEqual(
                set(partner.profile_ids.mapped("name")),
                {profile.name for profile in plain.profiles(self.plain_profiles)},
                message_here,
            )
            self.assertEqual(
                set(partner.category_id.mapped("name")),
                plain.tags(self.plain_profiles),
                message_here,
            )
            self.assertEqual(
                partner.profiling_answer_ids.ids
                and set(partner.profiling_answer_ids.ids),
                self.ids(plain.known) and set(self.ids(plain.known)),
                message_here,
            )
            if not plain.address:
                self.assertSameResult(plain, message_here)

    def assertSameResult(self, plain, message):
        """Compare what the Profiling tab says of active profiles that say something."""
        shown = {
            one["name"]: (
                one["state"],
                {c["question"] for c in one["criteria"] if c["verdict"] == "open"},
            )
            for one in self.record[plain].profiling_result["profiles"]
        }
        wanted = {}
        for profile in self.plain_profiles:
            if profile.active and any(one.mentioned for one in profile.line):
                state, missing = brute_force.judge(profile, plain.known)
                wanted[profile.name] = (state, {question.name for question in missing})
        self.assertEqual(shown, wanted, message)

    # What happens next: each changes plain objects and records alike

    def asked_again(self, rng):
        for plain in rng.sample(self.plain_contacts, 4):
            self.answer_all(plain, random_answers(rng, self.plain_questions))

    def one_answer_for_many(self, rng):
        answer = rng.choice([a for q in self.plain_questions for a in q.answers])
        plains = rng.sample(self.plain_contacts, 6)
        partners = self.env["res.partner"].browse(self.record[p].id for p in plains)
        when = self.now()
        partners.write({"profiling_answer_ids": [Command.link(self.record[answer].id)]})
        for plain in plains:
            plain.give(answer, when)

    def answers_taken_back(self, rng):
        for plain in rng.sample(self.plain_contacts, 4):
            for answer in list(plain.known)[:2]:
                when = self.now()
                self.record[plain].write(
                    {"profiling_answer_ids": [Command.unlink(self.record[answer].id)]}
                )
                plain.take_back(answer, when)

    def criteria_changed(self, rng):
        for plain, other in zip(
            rng.sample(self.plain_profiles, 3),
            random_profiles(rng, self.plain_questions, 3),
            strict=True,
        ):
            plain.required, plain.excluded = other.required, other.excluded
            self.record[plain].write(
                {
                    "required_answer_ids": [Command.set(self.ids(plain.required))],
                    "excluded_answer_ids": [Command.set(self.ids(plain.excluded))],
                }
            )

    def profiles_moved(self, rng):
        for plain in rng.sample(self.plain_profiles, 3):
            elsewhere = [p for p in self.plain_profiles if plain not in p.line]
            plain.parent = rng.choice([None, *elsewhere])
            self.record[plain].parent_id = plain.parent and self.record[plain.parent]

    def profiles_archived(self, rng):
        for plain in rng.sample(self.plain_profiles, 3):
            plain.active = not plain.active
            self.record[plain].active = plain.active

    def tags_changed(self, rng):
        one, other = rng.sample(self.plain_profiles, 2)
        one.tag = other.tag
        self.record[one].category_id = self.record[other].category_id

    def level_changed(self, rng):
        plain = rng.choice(self.plain_questions)
        brute_force.ask_of(plain, not plain.company, self.plain_contacts)
        self.record[plain].level = "company" if plain.company else "contact"

    def contacts_moved(self, rng):
        for plain in rng.sample(self.plain_contacts, 4):
            below = [c for c in self.plain_contacts if self.is_under(c, plain)]
            elsewhere = [c for c in self.plain_contacts if c not in below]
            plain.parent = rng.choice(elsewhere)
            brute_force.hand_over(self.plain_contacts)
            self.record[plain].parent_id = self.record[plain.parent]

    def contacts_become_companies(self, rng):
        plain = rng.choice(self.plain_contacts)
        plain.is_company = not plain.is_company
        brute_force.hand_over(self.plain_contacts)
        self.record[plain].is_company = plain.is_company

    def addresses_change(self, rng):
        plain = rng.choice([c for c in self.plain_contacts if c.parent])
        plain.address = not plain.address
        self.record[plain].type = "invoice" if plain.address else "contact"

    def profile_deleted(self, rng):
        leaves = [
            profile
            for profile in self.plain_profiles
            if all(profile is not other.parent for other in self.plain_profiles)
        ]
        plain = rng.choice(leaves)
        self.plain_profiles.remove(plain)
        self.record[plain].unlink()

    def unused_answers_deleted(self, rng):
        """What is kept of contacts must not depend on answers being there."""
        used = {answer for c in self.plain_contacts for answer in c.facts}
        for profile in self.plain_profiles:
            used |= profile.required | profile.excluded
        for question in self.plain_questions:
            for answer in question.answers:
                if answer not in used and len(question.answers) > 1:
                    question.gone.add(answer[1])
                    self.record[answer].unlink()

    def is_under(self, contact, other):
        return contact is other or (
            contact.parent is not None and self.is_under(contact.parent, other)
        )

    def test_agrees_with_brute_force_whatever_happens(self):
        changes = [
            self.asked_again,
            self.one_answer_for_many,
            self.answers_taken_back,
            self.criteria_changed,
            self.profiles_moved,
            self.profiles_archived,
            self.tags_changed,
            self.level_changed,
            self.contacts_moved,
            self.contacts_become_companies,
            self.addresses_change,
            self.profile_deleted,
            self.unused_answers_deleted,
        ]
        for seed in range(4):
            with self.subTest(seed=seed):
                self._forget_catalog()
                rng = random.Random(seed)
                self.build(rng)
                self.assertAgreement(f"seed {seed}, at first")
                rng.shuffle(changes)
                for change in changes:
                    change(rng)
                    self.assertAgreement(f"seed {seed}, after {change.__name__}")

"""Whose tags are they?  The rule's come and go, a person's word stays."""

import random
from datetime import datetime

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged, users

from .. import brute_force
from ..common import ProfilingCase
from .test_rule import random_answers, random_profiles


@tagged("post_install", "-at_install")
class TestHandTags(ProfilingCase):
    def test_tags_are_seen_at_once(self):
        """Whoever has read them before, and whatever else is saved with the answers."""
        ann = self.prospect("Ann")
        self.put_tag(ann, "Golf")
        self.assertEqual(ann.category_id.mapped("name"), ["Golf"])
        self.answer(ann, "Sector?", "IT")
        self.assertEqual(set(ann.category_id.mapped("name")), {"Golf", "Partnership"})
        ann.write(
            {
                "category_id": [Command.link(self.tag("Chess").id)],
                "profiling_answer_ids": [
                    Command.link(self.choice("Staff?", "21-50").id)
                ],
            }
        )
        self.assertEqual(
            set(ann.category_id.mapped("name")),
            {"Golf", "Chess", "Partnership", "SaaS"},
        )
        self.take_back(ann, "Sector?", "IT")
        self.assertEqual(set(ann.category_id.mapped("name")), {"Golf", "Chess", "SaaS"})

    def test_a_tag_put_on_before_its_profile_gives_it(self):
        """What a profile gave stays its own, though it gives another tag by now."""
        ann = self.prospect("Ann", {"Sector?": "IT"})
        self.apply_at_once(-1)
        self.partnership.category_id = self.tag("Partner")
        self.put_tag(ann, "Partner")
        self.assertTags(ann, "Partner")

    def test_a_tag_taken_off_before_its_profile_gives_it(self):
        """Who takes it off is heard, though the job has not come by yet."""
        ann = self.prospect("Ann", {"Sector?": "IT"})
        for from_tag, name in enumerate(("Golf", "Sailing")):
            tag = self.tag(name)
            self.put_tag(ann, name)
            self.apply_at_once(-1)
            profile = self.profile(name, {"Sector?": "IT"})
            if from_tag:
                tag.partner_ids = [Command.unlink(ann.id)]
            else:
                self.take_tag(ann, name)
            self.assertEqual(self.membership(ann, profile).state, "barred")
            self.assertTags(ann, "Partnership")

    def test_a_tag_there_before_the_profile_stays_after_it(self):
        ann = self.prospect("Ann")
        self.put_tag(ann, "Partnership")
        self.answer(ann, "Sector?", "IT")
        self.assertProfilesAndTags(ann, "Partnership")
        self.take_back(ann, "Sector?", "IT")
        self.assertProfiles(ann)
        self.assertTags(ann, "Partnership")

    def test_a_tag_put_on_while_a_profile_gives_it_becomes_the_users(self):
        ann = self.prospect("Ann", {"Sector?": "IT"})
        self.put_tag(ann, "Partnership")
        self.take_back(ann, "Sector?", "IT")
        self.assertTags(ann, "Partnership")

    def test_a_tag_of_a_new_contact_is_the_users(self):
        ann = self.prospect(
            "Ann", {"Sector?": "IT"}, category_id=[Command.set(self.tag("SaaS").ids)]
        )
        self.assertTags(ann, "Partnership", "SaaS")
        self.answer(ann, "Staff?", "1")
        self.answer(ann, "Staff?", "500+")
        self.assertTags(ann, "Partnership", "SaaS")

    def test_a_hand_tag_stays_when_its_profile_is_archived_changed_or_deleted(self):
        ann = self.prospect("Ann")
        self.put_tag(ann, "Partnership")
        self.answer(ann, "Sector?", "IT")
        self.partnership.action_archive()
        self.assertTags(ann, "Partnership")
        self.partnership.action_unarchive()
        self.partnership.category_id = self.tag("Golf")
        self.assertTags(ann, "Golf", "Partnership")
        self.partnership.unlink()
        self.assertTags(ann, "Partnership")

    def test_a_hand_tag_taken_off_again_is_gone(self):
        ann = self.prospect("Ann")
        self.put_tag(ann, "Golf")
        self.take_tag(ann, "Golf")
        self.assertTags(ann)

    def test_an_archived_tag_is_still_given_and_taken(self):
        self.tag("Partnership").action_archive()
        ann = self.prospect("Ann", {"Sector?": "IT"})
        self.assertProfiles(ann, "Partnership")
        self.take_back(ann, "Sector?", "IT")
        ann = self.stored(ann).with_context(active_test=False)
        self.assertFalse(ann.category_id)


@tagged("post_install", "-at_install")
class TestTwoProfilesOneTag(ProfilingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rich = cls.profile("Rich", {"Budget?": ">300k"}, tag="Important")
        cls.big = cls.profile("Big", {"Staff?": "500+"}, tag="Important")
        cls.ann = cls.prospect("Ann", {"Budget?": ">300k", "Staff?": "500+"})

    def test_the_tag_goes_with_the_last_of_them(self):
        self.rich.action_archive()
        self.assertTags(self.ann, "Important")
        self.big.unlink()
        self.assertProfilesAndTags(self.ann)

    def test_the_tag_is_not_written_when_one_takes_over_from_the_other(self):
        self.take_back(self.ann, "Staff?", "500+")
        (before,) = (row for row in self.rows() if row[:2] == ("tag", self.ann.id))
        given = self.choices({"Budget?": "Unknown", "Staff?": "500+"})
        self.ann.write({"profiling_answer_ids": [Command.set(given.ids)]})
        self.assertProfiles(self.ann, "Big")
        (after,) = (row for row in self.rows() if row[:2] == ("tag", self.ann.id))
        self.assertEqual(after, before)

    def test_taking_the_tag_off_bars_from_both(self):
        self.take_tag(self.ann, "Important")
        self.assertProfilesAndTags(self.ann)
        for profile in self.rich | self.big:
            self.assertEqual(self.membership(self.ann, profile).state, "barred")

    def test_only_profiles_the_contact_is_in_are_barred(self):
        self.answer(self.ann, "Staff?", "1")
        self.take_tag(self.ann, "Important")
        self.answer(self.ann, "Staff?", "500+")
        self.assertProfiles(self.ann, "Big")
        self.assertTags(self.ann, "Important")

    def test_barred_from_one_the_other_still_gives_it(self):
        self.ann.profiling_set_hand(self.rich.id, "barred")
        self.assertProfiles(self.ann, "Big")
        self.assertTags(self.ann, "Important")

    def test_one_gives_another_tag_from_now_on(self):
        self.rich.category_id = self.tag("Wealthy")
        self.assertTags(self.ann, "Important", "Wealthy")
        self.big.category_id = self.tag("Wealthy")
        self.assertTags(self.ann, "Wealthy")
        self.take_back(self.ann, "Staff?", "500+")
        self.assertTags(self.ann, "Wealthy")
        self.take_back(self.ann, "Budget?", ">300k")
        self.assertTags(self.ann)


@tagged("post_install", "-at_install")
class TestPinAndBar(ProfilingCase):
    def test_pinned_whatever_the_answers(self):
        ann = self.prospect("Ann")
        ann.profiling_set_hand(self.partnership.id, "pinned")
        self.assertProfilesAndTags(ann, "Partnership")
        self.answer(ann, "Sector?", "Industry")
        self.assertProfilesAndTags(ann, "Partnership")
        self.answer(ann, "Sector?", "IT")
        self.assertProfilesAndTags(ann, "Partnership")

    def test_barred_whatever_the_answers(self):
        ann = self.prospect("Ann", {"Sector?": "IT"})
        ann.profiling_set_hand(self.partnership.id, "barred")
        self.assertProfilesAndTags(ann)
        self.answer(ann, "Sector?", "ERP consultant")
        self.partnership.required_answer_ids += self.choice("Sector?", "Others")
        self.assertProfilesAndTags(ann)

    def test_undone_the_answers_decide_again(self):
        ann = self.prospect("Ann", {"Sector?": "IT"})
        bob = self.prospect("Bob", {"Sector?": "Industry"})
        for state in ("pinned", "barred"):
            (ann | bob).profiling_set_hand(self.partnership.id, state)
            (ann | bob).profiling_set_hand(self.partnership.id, False)
            self.assertProfilesAndTags(ann, "Partnership")
            self.assertProfilesAndTags(bob)
            self.assertEqual(self.membership(ann, self.partnership).state, "matched")
            self.assertFalse(self.membership(bob, self.partnership))

    def test_pinned_then_barred_and_back(self):
        ann = self.prospect("Ann")
        for state, inside in [
            ("pinned", ["SaaS"]),
            ("barred", []),
            ("pinned", ["SaaS"]),
        ]:
            ann.profiling_set_hand(self.saas.id, state)
            self.assertProfilesAndTags(ann, *inside)
        self.assertEqual(len(ann.profiling_membership_ids), 1)

    def test_it_takes_as_many_queries_for_any_number_of_contacts(self):
        people = [self.prospect(f"Contact {number}") for number in range(12)]
        people = self.env["res.partner"].sudo().union(*people)
        _first, few, many = (
            self.count_queries(some.profiling_set_hand, self.saas.id, "pinned")
            for some in (people[:1], people[1:3], people[3:])
        )
        self.assertEqual(many, few)

    def test_many_contacts_at_once(self):
        ann = self.prospect("Ann", {"Sector?": "IT"})
        bob, carl = self.prospect("Bob"), self.prospect("Carl")
        carl.profiling_set_hand(self.partnership.id, "barred")
        (ann | bob | carl).profiling_set_hand(self.partnership.id, "pinned")
        for partner in ann | bob | carl:
            self.assertProfilesAndTags(partner, "Partnership")

    def test_who_is_shared_is_held_by_the_profile_of_a_company(self):
        ours = self.env.company
        other = self.env["res.company"].sudo().create({"name": "Other"})
        self.env.user.sudo().company_ids |= other
        self.partnership.company_id = ours
        shared, own = self.prospect("Shared"), self.prospect("Own", company_id=ours.id)
        (shared | own).profiling_set_hand(self.partnership.id, "pinned")
        for partner in (shared, own):
            self.assertProfilesAndTags(partner, "Partnership")
        theirs = self.prospect("Theirs", company_id=other.id)
        theirs = theirs.with_context(allowed_company_ids=(ours | other).ids)
        for state in ("pinned", "barred"):
            with self.assertRefused(ValidationError, "another company"):
                theirs.profiling_set_hand(self.partnership.id, state)

    def test_it_concerns_this_profile_not_its_parents_or_children(self):
        part = self.profile("Part", {"Staff?": "500+"}, parent_id=self.partnership.id)
        ann = self.prospect("Ann", {"Sector?": "IT", "Staff?": "500+"})
        ann.profiling_set_hand(self.partnership.id, "barred")
        self.assertProfilesAndTags(ann, "Part")
        bob = self.prospect("Bob")
        bob.profiling_set_hand(part.id, "pinned")
        self.assertProfilesAndTags(bob, "Part")

    def test_an_archived_profile_has_no_members_not_even_pinned_ones(self):
        ann = self.prospect("Ann")
        ann.profiling_set_hand(self.partnership.id, "pinned")
        self.partnership.action_archive()
        self.assertProfilesAndTags(ann)
        self.partnership.action_unarchive()
        self.assertProfilesAndTags(ann, "Partnership")

    def test_a_pin_does_not_take_a_hand_tag_over(self):
        ann = self.prospect("Ann")
        self.put_tag(ann, "Partnership")
        ann.profiling_set_hand(self.partnership.id, "pinned")
        ann.profiling_set_hand(self.partnership.id, False)
        self.assertTags(ann, "Partnership")

    @users("profiling_salesman")
    def test_who_and_when(self):
        ann = self.prospect("Ann", {"Sector?": "IT"}).with_user(self.env.user)
        with freeze_time("2026-03-04 05:06:07"):
            ann.profiling_set_hand(self.partnership.id, "barred")
        membership = self.membership(ann, self.partnership)
        self.assertRecordValues(
            membership,
            [
                {
                    "state": "barred",
                    "user_id": self.salesman.id,
                    "date": datetime(2026, 3, 4, 5, 6, 7),
                }
            ],
        )
        result = self.result(ann, self.partnership)
        self.assertEqual((result["state"], result["hand"]), ("matched", "barred"))
        for word in ("Sam Salesman", "03/04/2026"):
            self.assertIn(word, result["hand_note"])

    def test_the_offer_is_shown_to_whom_it_is_made(self):
        ann = self.prospect("Ann")
        self.assertFalse(self.result(ann, self.large)["offer"])
        ann.profiling_set_hand(self.large.id, "pinned")
        self.assertIn("joint meeting", self.result(ann, self.large)["offer"])
        ann.profiling_set_hand(self.large.id, "barred")
        self.assertFalse(self.result(ann, self.large)["offer"])

    def test_a_membership_created_is_a_pin(self):
        ann = self.prospect("Ann")
        self.env["crm.profiling.membership"].create(
            {"partner_id": ann.id, "profile_id": self.partnership.id}
        )
        self.assertProfilesAndTags(ann, "Partnership")
        self.assertRecordValues(
            self.membership(ann, self.partnership),
            [{"state": "pinned", "user_id": self.manager.id}],
        )

    def test_a_membership_created_over_one_of_the_rule_is_a_pin_too(self):
        ann = self.prospect("Ann", {"Sector?": "IT"})
        self.env["crm.profiling.membership"].create(
            {"partner_id": ann.id, "profile_id": self.partnership.id}
        )
        self.take_back(ann, "Sector?", "IT")
        self.assertProfilesAndTags(ann, "Partnership")

    def test_a_membership_written_is_a_persons_word(self):
        ann = self.prospect("Ann", {"Sector?": "IT"})
        membership = self.membership(ann, self.partnership)
        membership.state = "barred"
        self.assertProfilesAndTags(ann)
        self.assertEqual(membership.user_id, self.manager)
        membership.state = "matched"
        self.assertProfilesAndTags(ann, "Partnership")
        self.assertFalse(self.membership(ann, self.partnership).user_id)

    def test_a_membership_cannot_claim_what_the_answers_do_not_say(self):
        ann = self.prospect("Ann")
        ann.profiling_set_hand(self.partnership.id, "pinned")
        self.membership(ann, self.partnership).state = "matched"
        self.assertProfilesAndTags(ann)

    def test_a_membership_deleted_is_a_word_taken_back(self):
        ann = self.prospect("Ann", {"Sector?": "IT"})
        bob = self.prospect("Bob")
        (ann | bob).profiling_set_hand(self.partnership.id, "pinned")
        self.membership(ann, self.partnership).unlink()
        self.membership(bob, self.partnership).unlink()
        self.assertProfilesAndTags(ann, "Partnership")
        self.assertProfilesAndTags(bob)
        self.assertFalse(self.membership(bob, self.partnership))

    def test_one_membership_of_a_profile(self):
        ann = self.prospect("Ann")
        for _again in range(2):
            self.env["crm.profiling.membership"].create(
                {"partner_id": ann.id, "profile_id": self.partnership.id}
            )
        self.assertEqual(len(self.membership(ann, self.partnership)), 1)

    def test_two_words_at_once_about_one_profile(self):
        ann = self.prospect("Ann")
        word = {"partner_id": ann.id, "profile_id": self.partnership.id}
        self.env["crm.profiling.membership"].create(
            [{**word, "state": "pinned"}, {**word, "state": "barred"}]
        )
        self.assertEqual(self.membership(ann, self.partnership).state, "barred")
        self.assertProfilesAndTags(ann)

    def test_only_these_words(self):
        ann = self.prospect("Ann")
        for profile_id, state in [(self.saas.id, "loved"), (0, "pinned")]:
            with self.assertRaises(ValidationError):
                ann.profiling_set_hand(profile_id, state)


@tagged("post_install", "-at_install")
class TestTagCommands(ProfilingCase):
    """What commands on a contact's tags mean."""

    def write_tags(self, partner, *commands):
        partner.write({"category_id": list(commands)})

    def test_unlink_bars(self):
        ann = self.prospect("Ann", {"Sector?": "IT", "Staff?": "1"})
        self.write_tags(ann, Command.unlink(self.tag("Partnership").id))
        self.assertProfilesAndTags(ann, "SaaS")
        membership = self.membership(ann, self.partnership)
        self.assertRecordValues(
            membership, [{"state": "barred", "user_id": self.manager.id}]
        )
        self.answer(ann, "Sector?", "ERP consultant")
        self.assertProfilesAndTags(ann, "SaaS")

    def test_unlink_as_the_web_client_sends_it(self):
        ann = self.prospect("Ann", {"Sector?": "IT"})
        self.write_tags(ann, [3, self.tag("Partnership").id, False])
        self.assertProfilesAndTags(ann)
        self.assertEqual(self.membership(ann, self.partnership).state, "barred")

    def test_unlink_of_a_tag_that_is_not_there_bars_nobody(self):
        ann = self.prospect("Ann", {"Sector?": "Industry"})
        self.write_tags(ann, Command.unlink(self.tag("Partnership").id))
        self.answer(ann, "Sector?", "IT")
        self.assertProfilesAndTags(ann, "Partnership")

    def test_unlink_of_a_hand_tag_that_a_profile_gives_too(self):
        ann = self.prospect("Ann")
        self.put_tag(ann, "Partnership")
        self.answer(ann, "Sector?", "IT")
        self.take_tag(ann, "Partnership")
        self.assertProfilesAndTags(ann)

    def test_unlink_on_many(self):
        ann = self.prospect("Ann", {"Sector?": "IT"})
        bob = self.prospect("Bob")
        self.put_tag(bob, "Partnership")
        self.take_tag(ann | bob, "Partnership")
        self.assertProfilesAndTags(ann)
        self.assertTags(bob)
        self.answer(bob, "Sector?", "IT")
        self.assertProfilesAndTags(bob, "Partnership")

    def test_unlink_and_answer_in_one_save(self):
        """The tag is taken off what the contact has, not what it will have."""
        ann = self.prospect("Ann", {"Sector?": "IT"})
        ann.write(
            {
                "category_id": [Command.unlink(self.tag("Partnership").id)],
                "profiling_answer_ids": [Command.link(self.choice("Staff?", "1").id)],
            }
        )
        self.assertProfilesAndTags(ann, "SaaS")

    def test_the_bar_is_undone_on_the_tab(self):
        ann = self.prospect("Ann", {"Sector?": "IT"})
        self.take_tag(ann, "Partnership")
        ann.profiling_set_hand(self.partnership.id, False)
        self.assertProfilesAndTags(ann, "Partnership")

    def test_a_tag_put_back_by_hand_is_the_users_own(self):
        ann = self.prospect("Ann", {"Sector?": "IT"})
        self.take_tag(ann, "Partnership")
        self.put_tag(ann, "Partnership")
        self.assertProfiles(ann)
        self.assertTags(ann, "Partnership")
        ann.profiling_set_hand(self.partnership.id, False)
        self.take_back(ann, "Sector?", "IT")
        self.assertTags(ann, "Partnership")

    def test_set_drops_the_users_tags_and_keeps_the_profiles(self):
        ann = self.prospect("Ann", {"Sector?": "IT"})
        self.put_tag(ann, "Golf")
        self.write_tags(ann, Command.set(self.tag("Chess").ids))
        self.assertProfiles(ann, "Partnership")
        self.assertTags(ann, "Chess", "Partnership")

    def test_set_that_names_a_given_tag_does_not_take_it_over(self):
        """A sync that reads the tags and writes them back claims nothing."""
        ann = self.prospect("Ann", {"Sector?": "IT"})
        self.write_tags(ann, Command.set(ann.category_id.ids))
        self.take_back(ann, "Sector?", "IT")
        self.assertProfilesAndTags(ann)

    def test_set_that_names_a_hand_tag_keeps_it_the_users(self):
        ann = self.prospect("Ann")
        self.put_tag(ann, "Partnership")
        self.answer(ann, "Sector?", "IT")
        self.write_tags(ann, Command.set(self.tag("Partnership").ids))
        self.take_back(ann, "Sector?", "IT")
        self.assertTags(ann, "Partnership")

    def test_clear_keeps_the_profiles_tags(self):
        ann = self.prospect("Ann", {"Sector?": "IT"})
        self.put_tag(ann, "Golf")
        self.write_tags(ann, Command.clear())
        self.assertProfilesAndTags(ann, "Partnership")
        self.take_back(ann, "Sector?", "IT")
        self.assertProfilesAndTags(ann)

    def test_cleared_a_hand_tag_that_a_profile_gives_is_the_profiles_from_then_on(self):
        ann = self.prospect("Ann")
        self.put_tag(ann, "Partnership")
        self.answer(ann, "Sector?", "IT")
        self.write_tags(ann, Command.clear())
        self.assertTags(ann, "Partnership")
        self.take_back(ann, "Sector?", "IT")
        self.assertTags(ann)

    def test_false_and_plain_ids_mean_clear_and_set(self):
        ann = self.prospect("Ann", {"Sector?": "IT"})
        self.put_tag(ann, "Golf")
        ann.category_id = self.tag("Chess").ids
        self.assertTags(ann, "Chess", "Partnership")
        ann.category_id = False
        self.assertTags(ann, "Partnership")

    def test_an_import_of_tags_is_no_bar(self):
        ann = self.prospect("Ann", {"Sector?": "IT"})
        result = self.env["res.partner"].load(
            [".id", "category_id"], [[str(ann.id), "Golf"]]
        )
        self.assertFalse(result["ids"] and result["messages"])
        self.tag("Golf")
        self.env["res.partner"].load([".id", "category_id"], [[str(ann.id), "Golf"]])
        self.assertProfiles(ann, "Partnership")
        self.assertTags(ann, "Golf", "Partnership")

    def test_a_tag_created_on_the_spot(self):
        ann = self.prospect("Ann", {"Sector?": "IT"})
        self.write_tags(ann, Command.create({"name": "Golf"}))
        self.assertTags(ann, "Golf", "Partnership")
        self.take_back(ann, "Sector?", "IT")
        self.assertTags(ann, "Golf")


@tagged("post_install", "-at_install")
class TestNothingWrittenTwice(ProfilingCase):
    """Only differences are written: the rows stay where they are on disk."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ann = cls.prospect("Ann", {"Sector?": "IT", "Staff?": "1"})
        cls.bob = cls.prospect("Bob", {"Sector?": "IT"})
        cls.put_tag(cls.ann | cls.bob, "Golf")
        cls.bob.profiling_set_hand(cls.saas.id, "pinned")

    def assertNothingWritten(self, function, *args):
        before = self.rows()
        function(*args)
        self.assertEqual(self.rows(), before)

    def test_the_same_answers_again(self):
        self.assertNothingWritten(self.answer, self.ann | self.bob, "Sector?", "IT")

    def test_an_answer_that_changes_no_profile(self):
        before = [row for row in self.rows() if row[0] != "state"]
        self.answer(self.ann, "Sector?", "ERP consultant")
        self.assertEqual([row for row in self.rows() if row[0] != "state"], before)

    def test_the_same_tags_again(self):
        self.assertNothingWritten(self.put_tag, self.ann, "Golf")
        tags = [Command.set(self.ann.category_id.ids)]
        self.assertNothingWritten(self.ann.write, {"category_id": tags})

    def test_a_profile_saved_as_it_is(self):
        profile = self.partnership
        for name in ("required_answer_ids", "excluded_answer_ids"):
            self.assertNothingWritten(
                profile.write, {name: [Command.set(profile[name].ids)]}
            )
        self.assertNothingWritten(
            profile.write, {"category_id": profile.category_id.id}
        )
        self.assertNothingWritten(profile.write, {"active": True})

    def test_a_profile_that_finds_nobody_else(self):
        self.assertNothingWritten(
            self.partnership.write,
            {
                "required_answer_ids": [
                    Command.link(self.choice("Sector?", "Others").id)
                ]
            },
        )

    def test_contacts_evaluated_once_more(self):
        self.assertNothingWritten(self.ann.write, {"type": "contact"})
        self.assertNothingWritten(self.bob.write, {"company_id": False})

    def test_one_difference_writes_one_contact(self):
        before = dict.fromkeys(self.rows())
        self.answer(self.ann, "Staff?", "500+")
        gone = [row for row in before if row not in self.rows()]
        self.assertEqual({partner_id for _what, partner_id, *_ in gone}, {self.ann.id})
        # the membership of SaaS, its tag, and what is kept of the answers
        self.assertEqual({what for what, *_ in gone}, {"membership", "tag", "state"})
        self.assertEqual(len(gone), 3)


@tagged("post_install", "-at_install")
class TestRandomWords(ProfilingCase):
    """Answers, tags, pins and bars in any order, against brute force."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._forget_catalog()

    def build(self, rng):
        plain_questions = [
            brute_force.Question(f"Q{number}", 3, rng.random() < 0.6)
            for number in range(3)
        ]
        self.answers = {}
        for plain in plain_questions:
            mode = "single" if plain.single else "multiple"
            question = self.question(plain.name, list("012"), selection_mode=mode)
            self.answers |= dict(
                zip(plain.answers, question.answer_ids.ids, strict=True)
            )
        self.catalog = random_profiles(rng, plain_questions, 6)
        self.records = {}
        for plain in self.catalog:
            self.records[plain] = self.profile(
                plain.name,
                tag=plain.tag,
                active=plain.active,
                parent_id=self.records[plain.parent].id if plain.parent else False,
                required_answer_ids=[self.answers[a] for a in plain.required],
                excluded_answer_ids=[self.answers[a] for a in plain.excluded],
            )
        self.tags = [*{plain.tag for plain in self.catalog}, "Golf"]
        self.tags.sort()
        self.plain = brute_force.Contact("Ann")
        self.ann = self.prospect("Ann")
        return plain_questions

    def tag_ids(self, names):
        return [self.tag(name).id for name in names]

    # Each word, said to the addon and to brute force

    def say_answers(self, rng, questions):
        for answer in random_answers(rng, questions):
            self.plain.give(answer)
            self.ann.profiling_answer_ids = [Command.link(self.answers[answer])]

    def say_take_back(self, rng, questions):
        known = sorted(self.plain.known, key=lambda a: (a[0].name, a[1]))
        for answer in known[: rng.randint(0, 2)]:
            self.plain.take_back(answer)
            self.ann.profiling_answer_ids = [Command.unlink(self.answers[answer])]

    def say_put_tag(self, rng, questions):
        name = rng.choice(self.tags)
        self.put_tag(self.ann, name)
        self.plain.hand_tags.add(name)

    def say_take_tag(self, rng, questions):
        name = rng.choice(self.tags)
        self.take_tag(self.ann, name)
        self.plain.take_tag(name, self.catalog)

    def say_set_tags(self, rng, questions):
        names = rng.sample(self.tags, rng.randint(0, len(self.tags)))
        self.ann.category_id = [Command.set(self.tag_ids(names))]
        self.plain.set_tags(names, self.catalog)

    def say_hand(self, rng, questions):
        profile = rng.choice(self.catalog)
        state = rng.choice(["pinned", "barred", False])
        self.ann.profiling_set_hand(self.records[profile].id, state)
        self.plain.hands.pop(profile, None)
        if state:
            self.plain.hands[profile] = state

    def say_archive(self, rng, questions):
        profile = rng.choice(self.catalog)
        profile.active = not profile.active
        self.records[profile].active = profile.active

    def say_other_tag(self, rng, questions):
        profile = rng.choice(self.catalog)
        profile.tag = rng.choice(self.tags)
        self.records[profile].category_id = self.tag(profile.tag)

    def test_agrees_with_brute_force_whatever_is_said(self):
        said = [
            self.say_answers,
            self.say_take_back,
            self.say_put_tag,
            self.say_take_tag,
            self.say_set_tags,
            self.say_hand,
            self.say_archive,
            self.say_other_tag,
        ]
        for seed in range(12):
            with self.subTest(seed=seed):
                self._forget_catalog()
                rng = random.Random(seed)
                questions = self.build(rng)
                story = []
                for _step in range(25):
                    word = rng.choice(said)
                    story.append(word.__name__)
                    word(rng, questions)
                    ann = self.stored(self.ann)
                    self.assertEqual(
                        (
                            set(ann.profile_ids.mapped("name")),
                            set(ann.category_id.mapped("name")),
                        ),
                        (
                            {p.name for p in self.plain.profiles(self.catalog)},
                            self.plain.tags(self.catalog),
                        ),
                        " ".join(story),
                    )

"""Merging contacts, where both have something to say."""

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from ..common import ProfilingCase

EARLY, LATE = "2026-03-01 10:00:00", "2026-03-02 10:00:00"


@tagged("post_install", "-at_install")
class TestMergeBoundaries(ProfilingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ann, cls.bob = cls.prospect("Ann"), cls.prospect("Bob")

    def merge(self, target, *others):
        partners = target.union(*others)
        self.env["base.partner.merge.automatic.wizard"].sudo()._merge(
            partners.ids, target
        )
        self.assertEqual(partners.exists(), target)

    def hand(self, partner, state, moment, profile=None):
        with freeze_time(moment):
            partner.profiling_set_hand((profile or self.saas).id, state)

    def assertHand(self, partner, state, moment):
        membership = self.membership(self.stored(partner), self.saas)
        self.assertEqual(membership.state, state)
        self.assertEqual(str(membership.date), moment)
        self.assertEqual(membership.user_id, self.manager)

    def test_the_newest_word_of_a_hand_counts_whoever_stays(self):
        self.hand(self.ann, "pinned", EARLY)
        self.hand(self.bob, "barred", LATE)
        self.merge(self.ann, self.bob)
        self.assertHand(self.ann, "barred", LATE)
        self.assertProfilesAndTags(self.ann)

    def test_the_newest_word_may_be_that_of_who_stays(self):
        self.hand(self.ann, "pinned", LATE)
        self.hand(self.bob, "barred", EARLY)
        self.merge(self.ann, self.bob)
        self.assertHand(self.ann, "pinned", LATE)
        self.assertProfilesAndTags(self.ann, "SaaS")

    def test_of_two_words_of_one_moment_the_last_counts(self):
        for first, second in ((self.ann, self.bob), (self.prospect("Al"), self.ann)):
            self.hand(first, "pinned", LATE)
            self.hand(second, "barred", LATE)
            self.merge(self.ann, (first | second) - self.ann)
            self.assertHand(self.ann, "barred", LATE)
            self.ann.profiling_set_hand(self.saas.id, False)

    def test_a_hand_outdoes_what_answers_gave_the_one_who_stays(self):
        self.answer(self.ann, "Staff?", "1")
        self.assertProfilesAndTags(self.ann, "SaaS")
        self.hand(self.bob, "barred", LATE)
        self.merge(self.ann, self.bob)
        self.assertHand(self.ann, "barred", LATE)
        self.assertProfilesAndTags(self.ann)

    def test_hands_on_different_profiles_all_come_along(self):
        self.hand(self.ann, "pinned", EARLY, self.saas)
        self.hand(self.bob, "pinned", LATE, self.large)
        self.merge(self.ann, self.bob)
        self.assertProfilesAndTags(self.ann, "SaaS", "Large accounts, services")

    def test_the_pin_of_who_goes_takes_its_tag_along_and_off_again(self):
        """It is the profile's tag still, not one that somebody put on."""
        self.hand(self.bob, "pinned", EARLY)
        self.merge(self.ann, self.bob)
        self.assertProfilesAndTags(self.ann, "SaaS")
        self.ann.profiling_set_hand(self.saas.id, False)
        self.assertProfilesAndTags(self.ann)

    def test_nothing_of_who_goes_is_left(self):
        self.answer(self.bob, "Staff?", "1")
        gone = self.bob.id
        self.merge(self.ann, self.bob)
        self.env.cr.execute(
            "SELECT count(*) FROM crm_profiling_state WHERE id = %s", [gone]
        )
        self.assertEqual(self.env.cr.fetchone(), (0,))
        self.assertProfilesAndTags(self.ann, "SaaS")

    def test_colleagues_follow_what_a_merge_says_of_their_company(self):
        self.ask("Staff?").level = "company"
        acme, twin = (self.prospect("ACME", is_company=True) for _ in range(2))
        eve = self.prospect("Eve", parent_id=acme.id)
        cid = self.prospect("Cid", parent_id=twin.id)
        self.answer(twin, "Staff?", "1")
        self.merge(acme, twin)
        for partner in (acme, eve, cid):
            self.assertProfilesAndTags(partner, "SaaS")

    def note(self, partner, date_acted=False, to_act=False):
        self.membership(partner, self.saas).sudo().write(
            {"date_acted": date_acted, "to_act": to_act}
        )

    def test_what_is_still_to_be_done_with_one_of_them_is(self):
        """Whoever of them it is, and whatever was done with the other."""
        for waits in ("target", "source"):
            with self.subTest(waits=waits):
                target, source = (
                    self.prospect(name, {"Staff?": "1"}) for name in ("Al", "Cy")
                )
                waiting, done = target, source
                if waits == "source":
                    waiting, done = done, waiting
                self.note(waiting, to_act=True)
                self.note(done, date_acted=EARLY)
                self.merge(target, source)
                self.assertRecordValues(
                    self.membership(self.stored(target), self.saas),
                    [
                        {
                            "date_acted": fields.Datetime.to_datetime(EARLY),
                            "to_act": True,
                        }
                    ],
                )

    def test_what_comes_of_two_people_is_a_person(self):
        """A company among several makes one, whichever of them it is."""
        self.merge(self.ann, self.bob)
        self.assertFalse(self.stored(self.ann).is_company)
        for companies in ((True, False), (False, True)):
            target = self.prospect("Al")
            others = [
                self.prospect("Al", is_company=is_company) for is_company in companies
            ]
            self.ask("Staff?").level = "company"
            self.answer(others[companies.index(True)], "Staff?", "1")
            self.merge(target, *others)
            self.assertTrue(self.stored(target).is_company)
            self.assertAnswers(target, {"Staff?": "1"})

    def test_what_was_done_last_counts(self):
        for first, second in ((EARLY, LATE), (LATE, EARLY)):
            target, source = (self.prospect(n, {"Staff?": "1"}) for n in ("Al", "Cy"))
            self.note(target, first), self.note(source, second)
            self.merge(target, source)
            self.assertRecordValues(
                self.membership(self.stored(target), self.saas),
                [{"date_acted": fields.Datetime.to_datetime(LATE), "to_act": False}],
            )

    def test_who_is_below_one_that_goes_follows(self):
        """They come to the company of the one that stays, and know what it knows."""
        self.ask("Staff?").level = "company"
        for theirs, ours in (("1", "500+"), (None, "1"), ("500+", "1")):
            with self.subTest(theirs=theirs, ours=ours):
                acme = self.prospect("ACME", {"Staff?": ours}, is_company=True)
                ann = self.prospect("Ann", parent_id=acme.id)
                old = self.env["res.partner"]
                if theirs:
                    old = self.prospect("Old", {"Staff?": theirs}, is_company=True)
                bob = self.prospect("Bob", parent_id=old.id)
                child = self.prospect("Child", parent_id=bob.id)
                grandchild = self.prospect("Grandchild", parent_id=child.id)
                branch = self.prospect("Branch", parent_id=child.id, is_company=True)
                self.assertProfilesAndTags(
                    grandchild, *(["SaaS"] if theirs == "1" else [])
                )
                self.merge(ann, bob)
                for partner in ann | child | grandchild:
                    self.assertEqual(self.stored(partner).commercial_partner_id, acme)
                    self.assertProfilesAndTags(
                        partner, *(["SaaS"] if ours == "1" else [])
                    )
                self.assertProfilesAndTags(branch)

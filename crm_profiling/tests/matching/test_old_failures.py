"""What the old module, and its ports, got wrong: each failure once, so that it
never comes back.  The numbers are those under which the failures were studied."""

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ..common import LARGE_ACCOUNT, ProfilingCase


@tagged("post_install", "-at_install")
class TestOldFailures(ProfilingCase):
    def test_included_answers_are_anded_inside_one_question(self):
        """A1: the manual's own profile never matched anybody."""
        ann = self.prospect("Ann", LARGE_ACCOUNT)
        self.assertProfilesAndTags(ann, "Large accounts, services")

    def test_a_profile_without_answers_tags_the_whole_database(self):
        """A2"""
        ann = self.prospect("Ann")
        bob = self.prospect("Bob", LARGE_ACCOUNT)
        empty = self.profile("Empty")
        self.assertFalse(empty.membership_ids)
        self.assertFalse(empty.category_id.with_context(active_test=False).partner_ids)
        self.assertIn("matches nobody", empty.warning)
        # a profile that loses its criteria loses its contacts
        self.large.write(
            {"required_answer_ids": [Command.clear()], "excluded_answer_ids": []}
        )
        self.assertProfilesAndTags(ann)
        self.assertProfilesAndTags(bob)
        self.assertIn("matches nobody", self.large.warning)

    def test_an_exclude_only_profile_tags_people_never_asked(self):
        """A3"""
        ann = self.prospect("Ann", {"Function?": "Decision-maker"})
        self.profile("Not press", {}, {"Journalist?": "Yes"})
        self.assertProfilesAndTags(ann)
        self.answer(ann, "Journalist?", "No")
        self.assertProfilesAndTags(ann, "Not press")

    def test_asking_again_keeps_both_answers_of_a_single_choice(self):
        """A4"""
        not_tiny = self.profile("Not tiny", {}, {"Staff?": "2-20"})
        ann = self.prospect("Ann", {"Staff?": "2-20"})
        self.answer(ann, "Staff?", "500+")
        self.assertAnswers(ann, {"Staff?": "500+"})
        self.assertEqual(len(ann.profiling_response_ids), 1)
        self.assertProfilesAndTags(ann, not_tiny.name)

    def test_a_tag_stays_for_ever_after_the_answer_that_gave_it_is_gone(self):
        """A5"""
        ann = self.prospect("Ann", {"Sector?": "IT"})
        self.assertTags(ann, "Partnership")
        self.take_back(ann, "Sector?", "IT")
        self.assertProfilesAndTags(ann)

    def test_a_tag_put_on_by_hand_is_wiped(self):
        """A6"""
        ann = self.prospect("Ann")
        self.put_tag(ann, "Partnership")
        self.answer(ann, "Sector?", "IT")
        self.answer(ann, "Sector?", "Industry")
        self.assertProfiles(ann)
        self.assertTags(ann, "Partnership")

    def test_a_tag_of_no_profile_is_wiped(self):
        """N1: saving answers of a contact with two other tags even crashed."""
        ann = self.prospect("Ann")
        self.put_tag(ann, "Christmas card")
        self.put_tag(ann, "Golf")
        self.answer(ann, "Sector?", "IT")
        self.assertTags(ann, "Christmas card", "Golf", "Partnership")
        self.take_back(ann, "Sector?", "IT")
        self.assertTags(ann, "Christmas card", "Golf")

    def test_two_profiles_giving_one_tag_undo_each_other(self):
        """A13"""
        self.profile("Rich", {"Budget?": ">300k"}, tag="Important")
        self.profile("Big", {"Staff?": "500+"}, tag="Important")
        ann = self.prospect("Ann", {"Budget?": ">300k", "Staff?": "500+"})
        self.assertProfiles(ann, "Rich", "Big")
        self.assertTags(ann, "Important")
        self.answer(ann, "Budget?", "<100k")
        self.assertProfiles(ann, "Big")
        self.assertTags(ann, "Important")
        self.answer(ann, "Staff?", "51-100")
        self.assertProfilesAndTags(ann)

    def test_writing_on_several_contacts_copies_the_first_ones_tags_to_all(self):
        """A9, N8"""
        ann = self.prospect("Ann", {"Staff?": "1"})
        bob = self.prospect("Bob")
        self.put_tag(ann, "Golf")
        self.put_tag(bob, "Chess")
        self.answer(ann | bob, "Sector?", "IT")
        self.assertTags(ann, "Golf", "Partnership", "SaaS")
        self.assertTags(bob, "Chess", "Partnership")

    def test_link_and_unlink_commands_crash(self):
        """A10: Odoo's web client sends them as lists, with false for the values."""
        answer = self.choice("Sector?", "IT")
        ann = self.prospect("Ann")
        ann.write({"profiling_answer_ids": [[4, answer.id, False]]})
        self.assertProfilesAndTags(ann, "Partnership")
        ann.write({"profiling_answer_ids": [[3, answer.id, False]]})
        self.assertProfilesAndTags(ann)

    def test_create_is_ignored(self):
        """A11"""
        ann = self.env["res.partner"].create(
            {
                "name": "Ann",
                "profiling_answer_ids": [Command.set(self.choice("Sector?", "IT").ids)],
            }
        )
        self.assertProfilesAndTags(ann, "Partnership")

    def test_editing_tags_and_answers_in_one_save_loses_the_edit(self):
        """A12"""
        ann = self.prospect("Ann", {"Staff?": "1"})
        ann.write(
            {
                "category_id": [Command.link(self.tag("Golf").id)],
                "profiling_answer_ids": [Command.link(self.choice("Sector?", "IT").id)],
            }
        )
        self.assertTags(ann, "Golf", "Partnership", "SaaS")
        ann.write(
            {
                "category_id": [Command.unlink(self.tag("Golf").id)],
                "profiling_answer_ids": [
                    Command.unlink(self.choice("Sector?", "IT").id)
                ],
            }
        )
        self.assertTags(ann, "SaaS")

    def test_a_changed_profile_does_nothing_until_somebody_presses_a_button(self):
        """A14"""
        ann = self.prospect("Ann", {"Sector?": "Industry"})
        bob = self.prospect("Bob", {"Sector?": "IT"})
        only_industry = self.choice("Sector?", "Industry")
        self.partnership.required_answer_ids = only_industry
        self.assertProfilesAndTags(ann, "Partnership")
        self.assertProfilesAndTags(bob)

    def test_running_twice_duplicates(self):
        """A15, and N5: nothing is removed to be added again."""
        ann = self.prospect("Ann", {"Sector?": "IT", "Staff?": "1"})
        before = self.rows()
        for profile in self.partnership | self.saas:
            profile.required_answer_ids = profile.required_answer_ids
        self.answer(ann, "Sector?", "IT")
        ann.write({"type": "contact"})
        self.assertEqual(self.rows(), before)

    def test_an_inactive_parent_is_forgotten(self):
        """A16"""
        part = self.profile(
            "Big partners", {"Staff?": "500+"}, parent_id=self.partnership.id
        )
        self.partnership.action_archive()
        ann = self.prospect("Ann", {"Staff?": "500+"})
        self.assertProfilesAndTags(ann)
        self.answer(ann, "Sector?", "IT")
        self.assertProfilesAndTags(ann, part.name)

    def test_deleting_an_answer_silently_widens_a_profile(self):
        """A17"""
        ann = self.prospect("Ann", {"Sector?": "Industry"})
        with self.assertRefused(UserError, "Partnership", "Archive it instead"):
            self.choice("Sector?", "IT").unlink()
        self.choice("Sector?", "IT", "ERP consultant").action_archive()
        self.assertProfiles(ann)
        self.assertEqual(len(self.partnership.required_answer_ids), 2)

    def test_moving_an_answer_silently_widens_a_profile(self):
        """A17"""
        ann = self.prospect("Ann", {"Sector?": "Industry"})
        with self.assertRefused(UserError, "Partnership", "Create a new answer there"):
            self.choice("Sector?", "IT").question_id = self.ask("Staff?")
        self.assertProfiles(ann)

    def test_an_answer_both_required_and_excluded_gives_no_warning(self):
        """A18"""
        impossible = self.profile("Never", {"Sector?": "IT"}, {"Sector?": "IT"})
        self.assertRegex(impossible.warning, r"can never match.*Sector\?")
        inherited = self.profile(
            "Never either",
            {"Sector?": "ERP consultant"},
            {"Sector?": "ERP consultant"},
            parent_id=self.partnership.id,
        )
        self.assertRegex(inherited.warning, r"can never match.*Sector\?")

    def test_an_answer_required_here_and_excluded_by_the_parent_gives_no_warning(self):
        """A18"""
        self.partnership.excluded_answer_ids = self.choice("Journalist?", "Yes")
        part = self.profile(
            "Press", {"Journalist?": "Yes"}, parent_id=self.partnership.id
        )
        self.assertRegex(part.warning, r"can never match.*Journalist\?")
        part.parent_id = False
        self.assertFalse(part.warning)

    def test_a_parent_cycle(self):
        part = self.profile("Part", {"Staff?": "1"}, parent_id=self.partnership.id)
        with self.assertRefused(
            ValidationError, "“Partnership” cannot be part of “Part”"
        ):
            self.partnership.parent_id = part
        with self.assertRefused(ValidationError, "“Part” cannot be part of “Part”"):
            part.parent_id = part

    def test_another_companys_contacts_are_tagged(self):
        """A28"""
        other = self.env["res.company"].sudo().create({"name": "Elsewhere"})
        self.env.user.sudo().company_ids |= other
        theirs = self.prospect("Ann", {"Staff?": "500+"}, company_id=other.id)
        shared = self.prospect("Bob", {"Staff?": "500+"})
        mine = self.prospect("Carl", {"Staff?": "500+"}, company_id=self.company.id)
        self.profile("Ours", {"Staff?": "500+"}, company_id=self.company.id)
        self.assertProfilesAndTags(theirs)
        self.assertProfilesAndTags(shared, "Ours")
        self.assertProfilesAndTags(mine, "Ours")
        shared.company_id = other
        self.assertProfilesAndTags(shared)

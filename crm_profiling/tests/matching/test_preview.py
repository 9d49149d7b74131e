"""A profile's form says what saving it would change, before it is saved."""

import random
from unittest.mock import patch

from odoo import Command
from odoo.tests import Form, tagged

from ...models.matching import crm_profiling_preview, crm_profiling_profile_preview
from ..common import ProfilingCase


@tagged("post_install", "-at_install")
class TestPreview(ProfilingCase):
    def test_in_the_form(self):
        for name, sector in (("Ann", "Industry"), ("Bob", "Industry"), ("Carl", "IT")):
            self.prospect(name, {"Sector?": sector})
        form = Form(self.partnership)
        self.assertEqual(form.preview, {"matching": 1, "added": 0, "removed": 0})
        form.required_answer_ids.add(self.choice("Sector?", "Industry"))
        self.assertEqual(form.preview, {"matching": 3, "added": 2, "removed": 0})
        form.required_answer_ids.remove(id=self.choice("Sector?", "IT").id)
        self.assertEqual(form.preview, {"matching": 2, "added": 2, "removed": 1})
        form.save()
        self.assertEqual(self.partnership.member_count, 2)

    def test_of_a_new_profile(self):
        self.prospect("Ann", {"Sector?": "Industry"})
        form = Form(self.env["crm.profiling.profile"])
        self.assertEqual(form.preview, {"matching": 0, "added": 0, "removed": 0})
        form.required_answer_ids.add(self.choice("Sector?", "Industry"))
        self.assertEqual(form.preview, {"matching": 1, "added": 1, "removed": 0})

    def test_a_parent_counts(self):
        self.prospect("Ann", {"Sector?": "IT", "Staff?": "500+"})
        self.prospect("Bob", {"Staff?": "500+"})
        form = Form(self.env["crm.profiling.profile"])
        form.required_answer_ids.add(self.choice("Staff?", "500+"))
        self.assertEqual(form.preview["matching"], 2)
        form.parent_id = self.partnership
        self.assertEqual(form.preview["matching"], 1)

    def test_those_pinned_or_barred_neither_enter_nor_leave(self):
        ann = self.prospect("Ann", {"Sector?": "Industry"})
        bob = self.prospect("Bob", {"Sector?": "IT"})
        ann.profiling_set_hand(self.partnership.id, "barred")
        bob.profiling_set_hand(self.partnership.id, "pinned")
        form = Form(self.partnership)
        form.required_answer_ids.clear()
        form.required_answer_ids.add(self.choice("Sector?", "Industry"))
        self.assertEqual(form.preview, {"matching": 1, "added": 0, "removed": 0})

    def test_archived_contacts_are_not_counted(self):
        ann = self.prospect("Ann", {"Sector?": "IT"})
        ann.action_archive()
        self.assertEqual(Form(self.partnership).preview["matching"], 0)
        ann.action_unarchive()
        self.assertEqual(Form(self.partnership).preview["matching"], 1)

    def draft(self, profile_id, answers):
        """Return what the form of a profile with these answers holds."""
        return {
            "id": profile_id,
            "active": True,
            "parent_id": False,
            "company_id": False,
            "required_answer_ids": answers.ids,
            "excluded_answer_ids": [],
        }

    def test_those_counted_are_listed(self):
        ann = self.prospect("Ann", {"Sector?": "Industry"})
        bob = self.prospect("Bob", {"Sector?": "IT"})
        values = self.draft(self.partnership.id, self.choice("Sector?", "Industry"))
        for kind, partner in (("matching", ann), ("added", ann), ("removed", bob)):
            action = self.env["crm.profiling.profile"].action_preview(values, kind)
            found = self.env["res.partner"].search(action["domain"])
            self.assertEqual(found, partner, kind)

    def test_a_list_that_is_cut_says_so(self):
        self.prospect("Ann", {"Sector?": "IT"})
        self.prospect("Bob", {"Sector?": "IT"})
        values = self.draft(0, self.choice("Sector?", "IT"))
        with (
            patch.object(crm_profiling_preview, "LISTED", 1),
            patch.object(crm_profiling_profile_preview, "LISTED", 1),
        ):
            action = self.env["crm.profiling.profile"].action_preview(values, "added")
        self.assertEqual(action["name"], "Contacts that would enter: the first 1")
        self.assertEqual(len(self.env["res.partner"].search(action["domain"])), 1)

    def test_it_says_what_saving_then_does(self):
        """Random criteria, parents and archiving: the numbers come true."""
        rng = random.Random(7)
        answers = self.env["crm.profiling.answer"].search([])
        for number in range(30):
            given = [
                rng.choice(question.answer_ids).id
                for question in answers.question_id
                if rng.random() < 0.6
            ]
            self.prospect(f"C{number}", profiling_answer_ids=[Command.set(given)])
        Profile = self.env["crm.profiling.profile"].with_context(active_test=False)
        profiles = Profile.search([])
        for _change in range(40):
            profile = rng.choice(profiles)
            elsewhere = profiles - profiles.search([("id", "child_of", profile.ids)])
            some = rng.sample(answers.ids, rng.randint(0, 6))
            values = {
                "active": rng.random() < 0.8,
                "parent_id": rng.choice([False, *elsewhere.ids]),
                "required_answer_ids": [Command.set(some[:4])],
                "excluded_answer_ids": [Command.set(some[4:])],
            }
            before = self.stored(profile).membership_ids.partner_id
            draft = profile.new(values, origin=profile)
            said = draft.preview
            profile.write(values)
            after = self.stored(profile).membership_ids.partner_id
            self.assertEqual(
                said,
                {
                    "matching": len(after),
                    "added": len(after - before),
                    "removed": len(before - after),
                },
                values,
            )

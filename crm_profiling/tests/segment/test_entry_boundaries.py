"""What profiles do on entry, at its edges: fairness, days, time zones, second times."""

from datetime import date, datetime
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged

from ...models.segment import crm_profiling_entry
from .test_entry import EntryCase


@tagged("post_install", "-at_install")
class TestInTurn(EntryCase):
    """The next contact goes to whoever has the fewest of this profile."""

    def setUp(self):
        super().setUp()
        team = self.env["crm.team"].create({"name": "Fair"})
        for user in (self.ivy, self.ken):
            self.env["crm.team.member"].sudo().create(
                {"crm_team_id": team.id, "user_id": user.id}
            )
        self.on_entry(assign="team", team_id=team.id)

    def newcomers(self, count):
        people = self.env["res.partner"].create(
            [{"name": f"New {number}"} for number in range(count)]
        )
        self.enter(people)
        return people

    def shares(self, people):
        return [
            len(people.filtered(lambda p, u=u: p.user_id == u))
            for u in (self.ivy, self.ken)
        ]

    def test_what_they_have_of_this_profile_counts(self):
        """Whoever of the two has three gets none of the next three."""
        for user, shares in ((self.ivy, [0, 3]), (self.ken, [3, 0])):
            with self.subTest(user=user.login):
                there = self.env["res.partner"].create(
                    [{"name": f"There {n}", "user_id": user.id} for n in range(3)]
                )
                self.enter(there)
                new = self.newcomers(3)
                self.assertEqual(self.shares(new), shares)
                (there | new).unlink()

    def test_what_they_have_is_evened_out_first(self):
        there = self.env["res.partner"].create(
            [{"name": f"There {n}", "user_id": self.ivy.id} for n in range(2)]
        )
        self.enter(there)
        self.assertEqual(self.shares(self.newcomers(4)), [1, 3])

    def people_of(self, name, count):
        """Return so many people of a company."""
        company = self.prospect(name, is_company=True)
        return self.env["res.partner"].create(
            [{"name": f"{name} {n}", "parent_id": company.id} for n in range(count)]
        )

    def test_all_colleagues_of_one_count_when_they_enter_together(self):
        """Three of one company are as much as three companies of one."""
        acme = self.people_of("ACME", 3)
        lone = self.env["res.partner"].create([{"name": f"L{n}"} for n in range(3)])
        self.enter(acme | lone)
        self.assertEqual(self.shares(acme), [3, 0])
        self.assertEqual(self.shares(lone), [0, 3])

    def test_a_large_company_after_a_small_one(self):
        small, large = self.people_of("Small", 1), self.people_of("Large", 2)
        lone = self.env["res.partner"].create([{"name": f"L{n}"} for n in range(3)])
        self.enter(small | large | lone)
        self.assertEqual(self.shares(small | large | lone), [3, 3])
        self.assertEqual(self.shares(small | large), [1, 2])

    def test_what_they_have_besides_does_not_count(self):
        self.env["res.partner"].create(
            [{"name": f"Other {n}", "user_id": self.ivy.id} for n in range(4)]
        )
        self.assertEqual(self.shares(self.newcomers(2)), [1, 1])

    def test_one_after_the_other_is_the_same(self):
        there = self.env["res.partner"].create(
            [{"name": f"There {n}", "user_id": self.ken.id} for n in range(2)]
        )
        self.enter(there)
        new = self.env["res.partner"].union(*(self.newcomers(1) for _n in range(3)))
        self.assertEqual(self.shares(new[:2]), [2, 0])


@tagged("post_install", "-at_install")
class TestDays(EntryCase):
    def deadline(self, moment, tz, days):
        """Return for when a call is scheduled, in UTC and somewhere on earth."""
        self.call_on_entry(activity_days=days)
        ann = self.prospect("Ann")
        with freeze_time(moment):
            self.enter(ann.with_context(tz=tz))
        return self.stored(ann).activity_ids.date_deadline

    def test_the_day_is_the_users_day(self):
        late, early = "2026-03-31 23:30:00", "2026-04-01 00:30:00"
        self.assertEqual(self.deadline(late, "UTC", 0), date(2026, 3, 31))
        self.assertEqual(self.deadline(late, "Asia/Tokyo", 0), date(2026, 4, 1))
        self.assertEqual(self.deadline(early, "UTC", 0), date(2026, 4, 1))
        self.assertEqual(self.deadline(early, "America/Lima", 0), date(2026, 3, 31))

    def test_so_many_days_later(self):
        late = "2026-02-28 23:30:00"
        self.assertEqual(self.deadline(late, "UTC", 1), date(2026, 3, 1))
        self.assertEqual(self.deadline(late, "Asia/Tokyo", 1), date(2026, 3, 2))


@tagged("post_install", "-at_install")
class TestPriorities(EntryCase):
    def test_at_the_priority_it_has_and_around_it(self):
        for before, after in (("0", "2"), ("1", "2"), ("2", "2"), ("3", "3")):
            with self.subTest(before=before):
                ann = self.prospect("Ann", profiling_priority=before)
                self.on_entry(priority="2")
                self.enter(ann)
                self.assertEqual(ann.profiling_priority, after)
                told = "priority" in self.notes(ann)[0]
                self.assertEqual(told, before < after)


@tagged("post_install", "-at_install")
class TestSecondTime(EntryCase):
    def activities(self, partner):
        return len(self.stored(partner).activity_ids)

    def test_the_same_answer_again_does_nothing_more(self):
        self.call_on_entry()
        ann = self.prospect("Ann")
        self.enter(ann)
        self.enter(ann)
        self.answer(ann, "Staff?", "500+")
        self.assertEqual(self.activities(ann), 1)

    def test_another_answer_that_keeps_it_in_does_nothing_more(self):
        self.call_on_entry()
        ann = self.prospect("Ann")
        self.enter(ann)
        self.answer(ann, "Sector?", "ERP consultant")
        self.assertEqual((self.activities(ann), len(self.notes(ann))), (1, 1))

    def test_what_was_done_is_noted_on_the_membership(self):
        self.call_on_entry()
        ann = self.prospect("Ann")
        with freeze_time("2026-05-05 10:00:00"):
            self.enter(ann)
        membership = self.membership(ann, self.partnership)
        self.assertEqual(membership.date_acted, datetime(2026, 5, 5, 10))
        self.assertFalse(membership.to_act)

    def test_of_two_who_are_merged_the_later_deed_counts(self):
        """And what is still to be done to either is to be done."""
        self.call_on_entry()
        ann, bob = self.prospect("Ann"), self.prospect("Bob")
        for day, partner in ((5, ann), (6, bob)):
            with freeze_time(f"2026-05-0{day} 10:00:00"):
                self.enter(partner)
        self.membership(ann, self.partnership).sudo()._act_later()
        merge = self.env["base.partner.merge.automatic.wizard"].sudo()._merge
        for target in ann, bob:
            with self.env.cr.savepoint() as point:
                merge((ann | bob).ids, target)
                self.env.invalidate_all()
                left = self.membership(target, self.partnership)
                self.assertEqual(left.date_acted, datetime(2026, 5, 6, 10))
                self.assertTrue(left.to_act)
                point.rollback()
            self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestGivingUp(EntryCase):
    """Ten contacts in a row that fail: it is not theirs. Nine are no reason."""

    def fail_for(self, names):
        """Have calls fail for some; return the patch, and who is tried alone."""
        action = type(self.env["crm.profiling.entry.action.schedule"])
        act, tried = action._act, []

        def fail(self, profile, contacts):
            if len(contacts) == 1:
                tried.append(contacts.name)
            if any(contact.name in names for contact in contacts):
                raise ValueError("no")
            return act(self, profile, contacts)

        return patch.object(action, "_act", fail), tried

    def people(self, count):
        return self.env["res.partner"].create(
            [{"name": f"P{n:02}"} for n in range(count)]
        )

    def enter_failing(self, people, names):
        self.call_on_entry()
        patched, tried = self.fail_for(names)
        with patched, self.assertLogs(crm_profiling_entry.__name__, "ERROR"):
            self.enter(people)
        return tried

    def test_ten_in_a_row(self):
        people = self.people(12)
        tried = self.enter_failing(people, people[:10].mapped("name"))
        self.assertEqual(len(tried), 10)
        self.assertFalse(people.activity_ids)

    def test_nine_in_a_row(self):
        people = self.people(12)
        tried = self.enter_failing(people, people[:9].mapped("name"))
        self.assertEqual(len(tried), 12)
        self.assertEqual(len(people[9:].activity_ids), 3)

    def test_ten_that_are_not_in_a_row(self):
        people = self.people(12)
        names = (people[:5] | people[6:11]).mapped("name")
        self.assertEqual(len(self.enter_failing(people, names)), 12)
        self.assertEqual(len((people[5] | people[11]).activity_ids), 2)

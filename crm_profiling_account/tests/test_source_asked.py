from freezegun import freeze_time

from odoo.tests import tagged

from .common import SourceCase


@tagged("post_install", "-at_install")
class TestSourceAsked(SourceCase):
    """Nothing sold is a zero of whoever was asked, and nothing of others."""

    @freeze_time("2026-06-01 12:00:00")
    def test_nothing_is_known_of_whom_nobody_asked(self):
        """Nothing sold is zero for who was asked, or bought before; else not known."""
        other = self.customer.create({"name": "Deco", "is_company": True})
        self.question._found_otherwise()
        self.env.invalidate_all()
        self.assertFalse(other.profile_ids)
        other.profiling_answer_ids |= self.services
        self.assertEqual(other.profile_ids, self.sleeping)
        self._sold(50, "2024-01-01")
        self.assertEqual(self.customer.profile_ids, self.sleeping)

    @freeze_time("2026-06-01 12:00:00")
    def test_who_was_asked_comes_and_leaves(self):
        """A company is known to buy nothing while somebody in it was asked."""
        group, other = self.customer.create(
            [{"name": name, "is_company": True} for name in ("Group", "Other")]
        )
        ann, bob = self.customer.create(
            [{"name": name, "parent_id": group.id} for name in ("Ann", "Bob")]
        )
        ann.profiling_answer_ids |= self.services
        self._look()
        self.assertEqual(group.profile_ids, self.sleeping)
        self.assertEqual(bob.profile_ids, self.sleeping)
        for vals, is_left in (
            ({"parent_id": other.id}, True),
            ({"parent_id": group.id}, False),
            ({"is_company": True}, True),
            ({"is_company": False}, False),
            ({"parent_id": False}, True),
            ({"parent_id": group.id}, False),
        ):
            ann.write(vals)
            self._look()
            for who in (group, bob):
                self.assertEqual(not who.profile_ids, is_left, (who.name, vals))
        self.assertFalse(other.profile_ids)

    @freeze_time("2026-06-01 12:00:00")
    def test_who_was_asked_is_gone(self):
        """Taken back, merged into somebody else's, or deleted: nobody was asked."""
        group, other = self.customer.create(
            [{"name": name, "is_company": True} for name in ("Group", "Other")]
        )
        for way in ("take back", "merge", "delete"):
            ann = self.customer.create({"name": "Ann", "parent_id": group.id})
            ann.profiling_answer_ids |= self.services
            self._look()
            self.assertEqual(group.profile_ids, self.sleeping)
            if way == "take back":
                ann.profiling_answer_ids = False
            elif way == "merge":
                outside = self.customer.create({"name": "Ann", "parent_id": other.id})
                wizard = self.env["base.partner.merge.automatic.wizard"].create({})
                wizard._merge((ann + outside).ids, outside)
            else:
                ann.unlink()
            self._look()
            self.assertFalse(group.profile_ids, way)
            self.assertEqual(bool(other.profile_ids), way != "take back")

    def test_each_company_is_noted_once(self):
        """However many of its people answer however often, in one transaction."""
        Invoiced = self.env["crm.profiling.invoiced"]
        other = self.customer.create({"name": "Deco", "is_company": True})
        people = self.customer.create(
            [
                {
                    "name": str(number),
                    "parent_id": (self.customer | other)[number % 2].id,
                }
                for number in range(6)
            ]
        )
        self.env.cr.flush()
        Invoiced._take()
        for _time in range(3):
            people.profiling_answer_ids = self.services
            people.profiling_answer_ids = False
        self.assertFalse(Invoiced._left())
        self.env.cr.flush()
        self.assertEqual(Invoiced._left(), 2)
        self.assertEqual({*Invoiced._take()}, {self.customer.id, other.id})

    @freeze_time("2026-06-01 12:00:00")
    def test_merged(self):
        other = self.customer.create({"name": "Agrolait Ltd", "is_company": True})
        self._sold(6000)
        self._sold(6000, partner_id=other.id)
        self.assertFalse(self.customer.profile_ids)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.customer + other).ids, self.customer)
        self._look()
        self.assertEqual(self.customer.profile_ids, self.profile)

    @freeze_time("2026-06-01 12:00:00")
    def test_a_customer_gets_a_parent(self):
        """Odoo hands its documents over: the parent and its people bought that."""
        group = self.customer.create({"name": "Group", "is_company": True})
        ann = self.customer.create({"name": "Ann", "parent_id": group.id})
        shop = self.customer.create({"name": "Shop"})
        self._sold(12000, partner_id=shop.id)
        self.assertEqual(shop.profile_ids, self.profile)
        shop.parent_id = group
        self._look()
        self.assertEqual((shop | ann | group).profile_ids, self.profile)
        self.assertEqual(ann.profile_ids, self.profile)

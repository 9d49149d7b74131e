"""Who asked not to be called is not called: a fact of the contact, and taken back."""

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...models.interview.res_partner_refusal import REASON
from .test_interview import InterviewCase

NUMBER = "+32470123456"


@tagged("post_install", "-at_install")
class TestRefusal(InterviewCase):
    def setUp(self):
        super().setUp()
        self.ann.write({"phone": NUMBER})
        self.ann.invalidate_recordset()

    def mine(self, partner=None):
        return (partner or self.ann).with_user(self.salesman)

    def refuse(self, partner=None, reason="asked not to be"):
        self.mine(partner).profiling_refuse_calls(reason)

    def assertBlocked(self, *numbers):
        blocked = self.env["phone.blacklist"].sudo().search([])
        self.assertEqual(sorted(blocked.mapped("number")), sorted(numbers))

    def test_who_when_and_why_is_shown_wherever_the_number_is(self):
        self.refuse()
        note = self.mine().profiling_refusal_note
        for words in ("Not to be called", "asked not to be", "Sam Salesman"):
            self.assertIn(words, note)
        self.assertEqual(self.begin()["partner"]["refusal"], note)
        self.assertIn("asked not to be", self.ann.message_ids[0].body)
        found = self.mine().search([("profiling_refuses_calls", "=", True)])
        self.assertEqual(found, self.ann)
        self.assertNotIn(
            self.ann, found.search([("profiling_refuses_calls", "=", False)])
        )

    def test_by_the_name_that_who_noted_it_has_by_now(self):
        self.refuse()
        for change in (
            lambda: self.salesman.partner_id.sudo().write({"name": "Sam Renamed"}),
            lambda: self.salesman.sudo().write(
                {"partner_id": self.prospect("Sam Renamed twice").id}
            ),
        ):
            change()
            self.mine().invalidate_recordset(["profiling_refusal_note"], flush=False)
            note = self.mine().profiling_refusal_note
            self.assertIn(f"({self.salesman.partner_id.name},", note)

    def test_of_two_who_are_merged_the_older_word_stays(self):
        for rank, dates in enumerate((("01", "02"), ("02", "01"))):
            with self.subTest(dates):
                people = self.prospect(f"M{rank}") | self.prospect(f"N{rank}")
                for person, day in zip(people, dates, strict=True):
                    with freeze_time(f"2026-03-{day} 10:00:00"):
                        self.refuse(person, reason=f"said on {day}")
                for target in people:
                    with self.env.cr.savepoint() as point:
                        merged = self.env["base.partner.merge.automatic.wizard"].sudo()
                        merged._merge(people.ids, target)
                        self.env.invalidate_all()
                        [left] = target.sudo().profiling_refusal_ids
                        self.assertEqual(left.reason, "said on 01")
                        point.rollback()

    def test_nobody_says_it_in_anothers_name(self):
        self.refuse()
        noted = self.ann.sudo().profiling_refusal_ids.with_user(self.manager)
        with self.assertRaises(UserError):
            noted.partner_id = self.prospect("Bob")
        noted.write({"reason": "moved away", "partner_id": self.ann.id})
        self.assertRecordValues(
            noted, [{"reason": "moved away", "user_id": self.manager.id}]
        )
        self.assertNotIn("number", noted.fields_get())

    def test_it_is_noted_once_with_a_reason(self):
        self.refuse()
        self.refuse(reason="again")
        self.assertEqual(
            self.ann.sudo().profiling_refusal_ids.reason, "asked not to be"
        )
        for reason in ("", "  ", None, 5, ["x"], "x" * 5000):
            with self.subTest(reason), self.assertRefused(UserError, "why"):
                self.mine().profiling_refuse_calls(reason)

    def test_a_reason_of_a_letter_and_of_as_many_as_there_may_be(self):
        for reason in ("x", "y" * REASON):
            with self.subTest(len(reason)):
                self.refuse(reason=f" {reason} ")
                noted = self.ann.sudo().profiling_refusal_ids
                self.assertEqual(noted.reason, reason)
                self.mine().profiling_allow_calls()
        with self.assertRefused(UserError, "why"):
            self.refuse(reason="y" * (REASON + 1))

    def test_no_list_hands_them_out(self):
        bob = self.prospect("Bob")
        queue = self.env["crm.profiling.queue"]._create_for(self.ann | bob)
        self.refuse()
        line = queue.line_ids.filtered(lambda line: line.partner_id == self.ann)
        self.assertEqual((line.state, line.reason), ("skipped", "asked not to be"))
        line.action_release()  # somebody puts them back
        shown = self.Interview.begin(queue_id=queue.id)
        self.assertEqual(shown["partner"]["id"], bob.id)
        with self.assertRefused(UserError, "Not to be called"):
            self.mine().action_profiling_call_list()

    def test_not_even_to_who_is_calling_them(self):
        """Whoever is about to call, of whichever list, does not any more."""
        queues = self.env["crm.profiling.queue"].browse()
        for _list in range(2):
            queues |= queues._create_for(self.ann)
        self.Interview.begin(queue_id=queues[0].id)
        self.assertEqual(queues.line_ids.mapped("state"), ["taken", "waiting"])
        self.refuse()
        self.assertEqual(self.stored(queues).line_ids.mapped("state"), ["skipped"] * 2)

    def test_a_call_list_says_who_is_not_to_be_called(self):
        bob = self.prospect("Bob")
        queue = self.env["crm.profiling.queue"]._create_for(self.ann | bob)
        mine = queue.with_user(self.salesman)
        self.assertFalse(mine.refusing_count)
        self.refuse()
        mine = self.stored(queue).with_user(self.salesman)
        self.assertEqual(mine.refusing_count, 1)
        notes = dict(zip(mine.line_ids.partner_id, mine.line_ids, strict=True))
        self.assertIn("asked not to be", notes[self.ann].refusal_note)
        self.assertFalse(notes[bob].refusal_note)
        self.mine().profiling_allow_calls()
        self.assertFalse(self.stored(queue).refusing_count)

    def test_leaving_a_prospect_of_a_list_for_good(self):
        queue = self.env["crm.profiling.queue"]._create_for(self.ann)
        shown = self.Interview.begin(queue_id=queue.id)
        shown = self.interview(shown).skip_prospect("never again", refuses=True)
        self.assertTrue(shown["finished"])
        self.assertTrue(self.ann.profiling_refuses_calls)

    def test_said_and_taken_back_in_an_interview(self):
        interview = self.interview(self.begin())
        self.assertTrue(interview.refuse_calls("no time")["partner"]["refusal"])
        self.assertFalse(interview.allow_calls()["partner"]["refusal"])
        self.assertIn("May be called again", self.ann.message_ids[0].body)

    # The blacklist of phone numbers

    def test_a_number_of_nobody_else_is_blocked_until_it_is_taken_back(self):
        self.refuse()
        self.assertBlocked(NUMBER)
        self.mine().profiling_allow_calls()
        self.assertBlocked()

    def test_what_somebody_else_blocked_stays_so(self):
        self.env["phone.blacklist"].sudo().add(NUMBER)
        self.refuse()
        self.mine().profiling_allow_calls()
        self.assertBlocked(NUMBER)

    def test_a_number_that_is_shared_is_not_blocked(self):
        self.prospect("Twin", phone=NUMBER)
        self.refuse()
        self.assertBlocked()

    def test_nor_is_one_that_an_archived_contact_has(self):
        """Somebody may restore it, and would not be called any more."""
        self.prospect("Twin", phone=NUMBER, active=False)
        self.refuse()
        self.assertBlocked()

    def test_a_number_that_comes_to_be_shared_is_released(self):
        self.refuse()
        twin = self.prospect("Twin", phone=NUMBER)
        self.assertBlocked()
        twin.phone = False
        self.refuse(twin)  # no number, nothing to block
        self.assertBlocked()

    def test_a_number_that_two_hold_stays_blocked_for_the_other(self):
        """Two who asked at once: one of them takes it back."""
        bob = self.prospect("Bob")
        self.refuse()
        self.refuse(bob)
        bob.sudo().profiling_refusal_ids.number = NUMBER
        self.mine().profiling_allow_calls()
        self.assertBlocked(NUMBER)
        self.mine(bob).profiling_allow_calls()
        self.assertBlocked()

    def test_nor_where_one_of_several_new_contacts_comes_to_share_it(self):
        self.refuse()
        self.env["res.partner"].create(
            [{"name": "No phone"}, {"name": "Twin", "phone": NUMBER}]
        )
        self.assertBlocked()

    def test_no_valid_number_is_nothing_to_block(self):
        self.ann.phone = "ask for Ann"
        self.refuse()
        self.assertBlocked()
        self.assertTrue(self.ann.profiling_refuses_calls)

    def test_the_block_goes_with_the_number_and_the_contact(self):
        self.refuse()
        self.ann.phone = "+32470999999"
        self.assertBlocked("+32470999999")
        self.ann.unlink()
        self.assertBlocked()

    # Rights

    def test_nobody_speaks_for_contacts_they_may_not_change(self):
        west = self.env["res.company"].sudo().create({"name": "West"})
        theirs = self.prospect("Theirs")
        theirs.sudo().company_id = west
        Refusal = self.env["crm.profiling.refusal"].with_user(self.salesman)
        with self.assertRaises(AccessError):
            self.mine(theirs).profiling_refuse_calls("no")
        with self.assertRaises(UserError):
            Refusal.create({"partner_id": theirs.id, "reason": "no"})
        mine = Refusal.create({"partner_id": self.ann.id, "reason": "no"})
        with self.assertRaises(UserError):
            mine.partner_id = theirs
        for name, value in (
            ("user_id", self.manager.id),
            ("date", "2020-01-01 10:00:00"),
            ("number", "+32470111111"),
        ):
            with self.subTest(name), self.assertRaises(UserError):
                mine.write({name: value})

    def test_outsiders_neither_see_nor_say_it(self):
        self.refuse()
        ann = self.ann.with_user(self.outsider)
        with self.assertRaises(AccessError):
            ann.profiling_allow_calls()
        with self.assertRaises(AccessError):
            ann.read(["profiling_refusal_note"])
        ann.phone = "+32470999998"
        self.assertBlocked("+32470999998")

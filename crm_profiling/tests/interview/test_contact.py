"""Whom to call: found by any number, created and corrected without leaving."""

from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged, users

from ...models.interview import crm_profiling_interview_history
from ..common import QUESTIONS
from .test_interview import InterviewCase


@tagged("post_install", "-at_install")
class TestContact(InterviewCase):
    def setUp(self):
        super().setUp()
        self.acme = self.prospect("ACME", is_company=True)
        self.bob = self.prospect(
            "Bob Builder",
            phone="+32 470 12 34 56",
            email="bob@example.com",
            parent_id=self.acme.id,
        )

    def find(self, text):
        return [one["name"] for one in self.Interview.find_contacts(text)]

    def test_who_is_found_may_be_on_the_phone_with_a_colleague(self):
        [found] = self.Interview.find_contacts("Bob Builder")
        self.assertEqual(found["busy"], "")
        self.begin(self.bob)  # one's own is none
        [found] = self.Interview.find_contacts("Bob Builder")
        self.assertEqual(found["busy"], "")
        theirs = self.interview(self.begin(self.bob, user=self.colleague))
        [found] = self.Interview.find_contacts("Bob Builder")
        self.assertEqual(found["busy"], "Being called just now by Cora Colleague")
        self.assertEqual(
            self.Interview.create_contact({"name": "bob builder"})["twins"][0]["busy"],
            found["busy"],
        )
        with freeze_time(fields.Datetime.now() + timedelta(hours=1)):
            [found] = self.Interview.find_contacts("Bob Builder")
            self.assertEqual(found["busy"], "")  # quiet for so long it is over
        theirs.with_user(self.colleague).finish()
        [found] = self.Interview.find_contacts("Bob Builder")
        self.assertEqual(found["busy"], "")

    def test_looking_costs_no_more_for_many(self):
        def look(text):
            self.env.invalidate_all()
            count = self.env.cr.sql_log_count
            self.assertTrue(self.Interview.find_contacts(text))
            return self.env.cr.sql_log_count - count

        for number in range(6):
            someone = self.prospect(f"Many {number}", parent_id=self.acme.id)
            self.begin(someone, user=self.colleague)
        look("Many 0")
        self.assertEqual(look("Many"), look("Many 0"))

    def test_found_by_a_number_in_any_format(self):
        for text in (
            "+32 470 12 34 56",
            "+32470123456",
            "0032 470/12.34.56",
            "0470 12 34 56",
            "0470123456",
            "470-12-34-56",
            "(0470) 123 456",
            "12 34 56",
        ):
            with self.subTest(text):
                self.assertEqual(self.find(text), ["Bob Builder"])
        self.assertEqual(self.find("0470 12 34 57"), [])
        self.assertEqual(self.find("00"), [])

    def test_found_by_a_short_number(self):
        """As it is dialled at home: without the country, with a 0 before it."""
        self.bob.phone = "+49 30 12345"
        for text in ("030 12345", "0049 30 12345", "30 12345", "+493012345"):
            with self.subTest(text):
                self.assertEqual(self.find(text), ["Bob Builder"])
        self.assertEqual(self.find("030 12346"), [])

    def test_three_digits_are_a_number(self):
        """Two are not, nor those before which the line is left; and they are looked
        for in numbers, not in names.
        """
        self.prospect("Agent 456")
        self.assertEqual(self.find("456"), ["Bob Builder"])
        self.assertEqual(self.find("4-56"), ["Bob Builder"])
        self.assertEqual(self.find("56"), ["Agent 456"])
        for text in ("000", "056", "0056"):
            self.assertEqual(self.find(text), [], text)

    def test_as_many_as_one_looks_through(self):
        for number in range(9):
            self.prospect(f"Legion {number}", phone=f"+32 470 88 88 8{number}")
        self.assertEqual(len(self.find("legion")), 8)
        self.assertEqual(len(self.find("470 88 88")), 8)

    def test_found_by_name_company_or_mail(self):
        for text in ("builder", "acme, bob", "bob@example"):
            with self.subTest(text):
                self.assertIn("Bob Builder", self.find(text))
        for text in ("", "  ", None, 5, [1], {}):
            self.assertEqual(self.find(text), [])
        self.assertEqual(self.find("x:" * 50_000), [])
        self.assertEqual(self.find("Bob\0 Builder"), ["Bob Builder"])
        self.assertEqual(self.find("Bob\ud800 Builder"), ["Bob Builder"])
        self.assertEqual(self.find("1" * 50_000), [])

    def test_a_prospect_who_is_not_there_yet(self):
        vals = {
            "name": " Zoe New ",
            "company": "New Tools",
            "phone": "+32 470 99 99 99",
            "email": "zoe@new.example.com",
        }
        made = self.Interview.create_contact(vals)
        zoe = self.ann.browse(made["id"])
        self.assertEqual((zoe.name, zoe.parent_id.name), ("Zoe New", "New Tools"))
        self.assertTrue(zoe.parent_id.is_company)
        made = self.Interview.create_contact(
            {"name": "Yves New", "company": "new tools"}
        )
        self.assertEqual(self.ann.browse(made["id"]).parent_id, zoe.parent_id)
        self.assertEqual(self.begin(zoe)["partner"]["company"], "New Tools")

    def test_one_like_it_is_shown_first(self):
        for vals in (
            {"name": "bob builder"},
            {"name": "Robert", "email": "BOB@example.com"},
            {"name": "Robert", "phone": "0470 12 34 56"},
        ):
            with self.subTest(vals):
                told = self.Interview.create_contact(vals)
                self.assertEqual([one["id"] for one in told["twins"]], self.bob.ids)
        made = self.Interview.create_contact({"name": "Bob Builder"}, is_new=True)
        self.assertNotEqual(made["id"], self.bob.id)

    def test_what_is_like_it_and_what_is_not(self):
        """Half a number is anybody's, and what stands for anything in a search is
        a letter in a name.
        """
        Interview = self.Interview
        for vals in ({"phone": "0123456"}, {"name": "Bob%"}, {"name": "Bob_Builder"}):
            with self.subTest(vals):
                made = Interview.create_contact({"name": "Robert", **vals})
                self.assertIn("id", made)
                self.ann.browse(made["id"]).sudo().unlink()
        for phone in ("70123456", "(0032) 470 12 34 56"):
            told = Interview.create_contact({"name": "Robert", "phone": phone})
            self.assertEqual([one["id"] for one in told["twins"]], self.bob.ids)

    def test_as_long_as_a_name_may_be(self):
        made = self.Interview.create_contact({"name": "x" * 200})
        self.assertEqual(len(self.ann.browse(made["id"]).name), 200)
        with self.assertRefused(UserError, "200"):
            self.Interview.create_contact({"name": "x" * 201})

    def test_at_a_company_not_at_a_person_of_its_name(self):
        self.prospect("Builder_s")
        first = self.prospect("Builders", is_company=True)
        Partner = self.ann.browse()
        for name, is_new in (("builders", False), ("Builder_s", True)):
            with self.subTest(name):
                made = self.Interview.create_contact(
                    {"name": f"At {name}", "company": name}
                )
                company = Partner.browse(made["id"]).parent_id
                self.assertEqual(company != first, is_new)
                self.assertTrue(company.is_company)
        # the second of two of a name, and it stays there
        second = self.prospect("Builders", is_company=True)
        self.bob.parent_id = second
        self.interview(self.begin(self.bob)).write_contact({"company": "Builders"})
        self.assertEqual(self.bob.parent_id, second)
        self.assertNotEqual(second, first)

    def test_a_company_is_known_however_its_name_is_typed(self):
        """As an import knows it: so that a call and a file make one company."""
        there = self.prospect("Müller\u2011Bau", is_company=True)
        for typed in ("müller-bau", "Mu\u0308ller-Bau", " MÜLLER-BAU "):
            with self.subTest(typed):
                made = self.Interview.create_contact(
                    {"name": "Zoe New", "company": typed}, is_new=True
                )
                self.assertEqual(self.ann.browse(made["id"]).parent_id, there)
        # and it is not changed for another one of that name
        namesake = self.prospect("Müller-Bau", is_company=True)
        self.bob.parent_id = namesake
        self.interview(self.begin(self.bob)).write_contact({"company": "müller-bau"})
        self.assertEqual(self.bob.parent_id, namesake)

    def test_a_prospect_is_known_however_the_name_is_typed(self):
        self.prospect("Zoë O\u2019Neil")
        told = self.Interview.create_contact({"name": "zoe\u0308 o'neil"})
        self.assertEqual(len(told["twins"]), 1)
        # a name of signs alone is nobody's
        self.assertIn("id", self.Interview.create_contact({"name": "\u00ae"}))

    def test_corrected_during_the_call(self):
        interview = self.interview(self.begin(self.bob))
        shown = interview.write_contact(
            {
                "name": "Rob Builder",
                "function": "Buyer",
                "phone": "+32 470 00 00 00",
                "email": "rob@example.com",
                "street": "Long Street 5",
                "zip": "1000",
                "city": "Brussels",
                "company": "Other Tools",
            }
        )
        self.assertEqual(shown["partner"]["name"], "Rob Builder")
        self.assertEqual(shown["partner"]["company"], "Other Tools")
        self.assertRecordValues(
            self.bob,
            [{"function": "Buyer", "city": "Brussels", "email": "rob@example.com"}],
        )
        interview.write_contact({"company": "Other Tools"})
        self.assertEqual(self.bob.parent_id.name, "Other Tools")

    def test_what_no_screen_sends_is_refused(self):
        interview = self.interview(self.begin(self.bob))
        for vals in (
            "x",
            None,
            [],
            {"user_id": 1},
            {"name": 5},
            {"name": "x" * 300},
            {"name": "\0"},
        ):
            for method in (self.Interview.create_contact, interview.write_contact):
                with self.subTest(vals), self.assertRefused(UserError, "texts"):
                    method(vals)
        for method in (self.Interview.create_contact, interview.write_contact):
            with self.assertRefused(UserError, "needs a name"):
                method({"name": " "})

    @users("profiling_outsider")
    def test_others_may_not(self):
        Interview = self.Interview.with_env(self.env)
        with self.assertRaises(AccessError):
            Interview.find_contacts("bob")
        with self.assertRaises(AccessError):
            Interview.create_contact({"name": "Zoe"})


@tagged("post_install", "-at_install")
class TestHistory(InterviewCase):
    """What was said before is a key away, and what colleagues note comes at once."""

    def test_earlier_interviews_answers_and_notes(self):
        first = self.say(self.begin(), "Staff?", "1", comment="for now")
        self.interview(first).finish("Met at the fair")
        note = "Wants a demo"
        self.ann.message_post(body=note, message_type="comment")
        second = self.say(self.begin(), "Staff?", "2-20")
        told = self.interview(second).get_history()
        self.assertEqual(
            [(one["note"], one["answered"]) for one in told["interviews"]],
            [("Met at the fair", 1)],
        )
        self.assertEqual(
            [(a["question"], a["answer"], a["comment"]) for a in told["answers"]],
            [("Staff?", "1", "for now")],
        )
        self.assertEqual([note["text"] for note in told["notes"]], ["Wants a demo"])

    def test_as_much_as_one_reads_during_a_call(self):
        """The newest of each, what people wrote, and of a long note its beginning."""
        for number in range(6):
            with freeze_time(f"2026-03-0{number + 1} 10:00:00"):
                shown = self.begin()
                self.say(shown, "Staff?", QUESTIONS["Staff?"][number])
                self.interview(shown).finish(f"Call {number}")
                note = f"Note {number}"
                self.ann.message_post(body=note, message_type="comment")
        with freeze_time("2026-03-07 10:00:00"):
            self.ann.message_post(body="x" * 601, message_type="email")
        with freeze_time("2026-03-08 10:00:00"):
            said = "Odoo says"
            self.ann.message_post(body=said, message_type="notification")
            self.begin(user=self.colleague)
            with patch.object(crm_profiling_interview_history, "ANSWERS", 2):
                told = self.interview(self.begin()).get_history()
        newest = [5, 4, 3, 2, 1]
        self.assertEqual(
            [one["note"] for one in told["interviews"]],
            [f"Call {number}" for number in newest],
        )
        self.assertEqual(
            [one["text"] for one in told["notes"]],
            ["x" * 600, *(f"Note {number}" for number in newest[:4])],
        )
        self.assertEqual(
            [one["answer"] for one in told["answers"]],
            QUESTIONS["Staff?"][4:2:-1],
        )

    def test_queries_do_not_grow(self):
        interview = self.interview(self.begin())
        for staff in ("1", "2-20"):
            self.say(self.begin(), "Staff?", staff)
        few = self.count_queries(interview.get_history)
        for staff in ("21-50", "51-100", "101-500"):
            self.say(self.begin(), "Staff?", staff)
        self.assertLessEqual(self.count_queries(interview.get_history), few)

    def test_a_colleague_is_told_at_once(self):
        mine = self.begin()
        theirs = self.begin(user=self.colleague)
        self.env.cr.precommit.run()
        with patch.object(type(self.env["bus.bus"]), "_sendone") as send:
            self.say(theirs, "Staff?", "1", user=self.colleague)
            self.say(theirs, "Sector?", "IT", user=self.colleague)
            self.env.cr.precommit.run()
        send.assert_called_once_with(
            self.salesman.partner_id, "crm_profiling/interview", {"ids": [mine["id"]]}
        )

    def test_of_each_contact_whose_answers_change(self):
        """Once for all of a transaction, whatever comes in between."""
        people = self.ann | self.prospect("Bob")
        mine = [self.begin(one)["id"] for one in people]
        theirs = [self.begin(one, user=self.colleague) for one in people]
        self.env.cr.precommit.run()
        with patch.object(type(self.env["bus.bus"]), "_sendone") as send:
            self.say(theirs[0], "Staff?", "1", user=self.colleague)
            people.browse()._profiling_apply()
            self.say(theirs[1], "Staff?", "1", user=self.colleague)
            self.env.cr.precommit.run()
        [(_whom, _what, told)] = [call.args for call in send.call_args_list]
        self.assertCountEqual(told["ids"], mine)

    def test_nobody_else_is_told(self):
        mine = self.begin()
        self.begin(self.prospect("Bob"), user=self.colleague)
        self.env.cr.precommit.run()
        with patch.object(type(self.env["bus.bus"]), "_sendone") as send:
            self.say(mine, "Staff?", "1")
            self.env.cr.precommit.run()
        self.assertFalse(send.called)

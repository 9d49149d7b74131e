"""Imports at their edges: whose they are, who is meant, somebody faster."""

import random
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2.errors import LockNotAvailable, SerializationFailure

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tests import new_test_user, tagged
from odoo.tools import email_normalize

from ...emails import plain_address
from .test_import import ANN, BEN, ImportCase


@tagged("post_install", "-at_install")
class TestWhoseImport(ImportCase):
    """A file of people is for who uploaded it and for managers, by rule as well."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = new_test_user(
            cls.env(su=True),
            "profiling_import_colleague",
            groups="sales_team.group_sale_salesman",
        )

    def setUp(self):
        super().setUp()
        self.record_id = self.upload([BEN], user=self.salesman)["id"]

    def theirs(self, user):
        return self.env["crm.profiling.import"].with_user(user).browse(self.record_id)

    def test_it_is_found_by_its_user_and_managers(self):
        Import = self.env["crm.profiling.import"]
        everything = [("id", "=", self.record_id)]
        for user in (self.salesman, self.manager):
            self.assertTrue(Import.with_user(user).search(everything), user.login)
        self.assertFalse(Import.with_user(self.colleague).search(everything))
        self.assertFalse(Import.with_user(self.colleague).search_count(Domain.TRUE))

    def test_no_field_of_it_is_read_by_others(self):
        names = [
            name
            for name, field in self.env["crm.profiling.import"]._fields.items()
            if name != "id" and not field.groups
        ]
        self.assertGreater(len(names), 5)
        for name in names:
            self.theirs(self.manager).read([name])
            with self.subTest(name=name), self.assertRaises(AccessError):
                self.theirs(self.colleague).read([name])

    def test_others_neither_change_nor_delete_it(self):
        with self.assertRaises(AccessError):
            self.theirs(self.colleague).unlink()
        with self.assertRaises(AccessError):
            self.theirs(self.colleague).write({"name": "mine.csv"})
        for call in ("begin", "run_batch", "get_preview"):
            with self.subTest(call=call), self.assertRaises(AccessError):
                getattr(self.theirs(self.colleague), call)()

    def test_the_same_file_of_another_company_says_nothing(self):
        """Else whoever guesses a file learns that, and when, others imported it."""
        rows, day = [{**BEN, "City": "Leeds"}], {"asked_on": "2020-02-03"}
        shown = self.upload(rows, user=self.salesman)
        record = self.record(shown, self.salesman)
        record.set_options(day)
        self.run_import(shown, self.salesman)
        stranger = new_test_user(
            self.env(su=True),
            "profiling_import_stranger",
            groups="sales_team.group_sale_salesman,base.group_partner_manager",
            company_id=self.env["res.company"].sudo().create({"name": "West"}).id,
        )
        asked_on = {
            user: self.upload(rows, user=user)["settings"]["asked_on"]
            for user in (self.colleague, stranger)
        }
        self.assertIn("2020-02-0", asked_on[self.colleague])
        self.assertNotIn("2020", asked_on[stranger])


@tagged("post_install", "-at_install")
class TestWhoIsMeant(ImportCase):
    """A line is about a contact that is there, or about somebody new."""

    def assertNew(self, row, *others):
        """Check that a line is about none of these."""
        before = self.env["res.partner"].search(Domain.TRUE)
        self.assertCounts(self.load([row]), created=1, updated=0, rejected=0)
        new = self.env["res.partner"].search(Domain.TRUE) - before
        self.assertEqual(len(new), 1)
        for other in others:
            self.assertAnswers(other, {})
        return new

    def assertFound(self, row, partner):
        before = self.env["res.partner"].search_count([])
        self.assertCounts(self.load([row]), created=0, rejected=0)
        self.assertEqual(self.env["res.partner"].search_count([]), before)
        self.assertAnswers(partner, {"Staff?": row["Staff?"]})

    def test_a_namesake_who_is_employed_somewhere(self):
        acme = self.prospect("ACME", is_company=True)
        employed = self.prospect("Ben Example", parent_id=acme.id)
        new = self.assertNew({"Name": "Ben Example", "Staff?": "1"}, employed)
        self.assertFalse(new.parent_id)

    def test_a_namesake_who_is_employed_elsewhere(self):
        acme = self.prospect("ACME", is_company=True)
        employed = self.prospect("Ben Example", parent_id=acme.id)
        row = {"Name": "Ben Example", "Company": "Other", "Staff?": "1"}
        before = self.env["res.partner"].search_count([])
        self.assertCounts(self.load([row]), created=1, companies=1)
        self.assertEqual(self.env["res.partner"].search_count([]), before + 2)
        self.assertAnswers(employed, {})
        self.assertFound({**row, "Company": "ACME", "Staff?": "2-20"}, employed)

    def test_a_namesake_on_their_own(self):
        ben = self.prospect("Ben Example")
        self.assertFound({"Name": "Ben Example", "Staff?": "1"}, ben)

    def test_a_namesake_with_another_address(self):
        ben = self.prospect("Ben Example", email="other@example.com")
        self.assertNew({**BEN, "Staff?": "1"}, ben)

    def test_a_namesake_of_whom_one_has_no_address(self):
        ben = self.prospect("Ben Example")
        self.assertFound({**BEN, "Staff?": "1"}, ben)
        ann = self.prospect("Ann Example", email="ann@example.com")
        self.assertFound({"Name": "Ann Example", "Staff?": "1"}, ann)

    def test_somebody_called_as_their_company(self):
        """Noted as a person, they are not their own company."""
        ann = self.prospect("Acme", email="ann@acme.example.com")
        row = {"Name": "Ann", "E-mail": "ann@acme.example.com", "Company": "Acme"}
        progress = self.load([row])
        self.assertCounts(progress, created=0, companies=1, rejected=0)
        company = self.stored(ann).parent_id
        self.assertEqual((company.name, company.is_company), ("Acme", True))

    def test_a_tag_of_the_same_name_is_there_already(self):
        first = self.tag("Fair")
        second = first.copy({"name": "fair"})
        ben = self.prospect("Ben Example", email="ben@example.com")
        ben.category_id = second
        progress = self.load([{**BEN, "Tags": "Fair"}])
        self.assertCounts(progress, created=0, updated=0, unchanged=1)
        self.assertEqual(self.stored(ben).category_id, second)

    def test_a_company_of_the_same_name_is_no_person(self):
        acme = self.prospect("Example Freight", is_company=True)
        new = self.assertNew({"Name": "Example Freight", "Staff?": "1"}, acme)
        self.assertFalse(new.is_company)

    def test_nor_is_one_of_the_same_number(self):
        number = "+44 20 7946 0122"
        acme = self.prospect("Example Freight", is_company=True, phone=number)
        row = {"Name": "Example Freight", "Phone": number, "Staff?": "1"}
        self.assertFalse(self.assertNew(row, acme).is_company)

    def test_two_with_the_address_and_neither_of_the_name(self):
        others = [
            self.prospect(name, email=BEN["E-mail"])
            for name in ("Ann Example", "Carl Example")
        ]
        self.assertCounts(self.load([{**BEN, "Staff?": "1"}]), created=0, rejected=1)
        for other in others:
            self.assertAnswers(other, {})

    def test_an_invoice_address_with_the_same_email(self):
        for kind in ("invoice", "delivery", "other"):
            with self.subTest(kind=kind):
                acme = self.prospect(f"ACME {kind}", is_company=True)
                address = self.prospect(
                    "Bills",
                    parent_id=acme.id,
                    type=kind,
                    email=f"{kind}@example.com",
                )
                row = {"Name": "Ben", "E-mail": f"{kind}@example.com", "Staff?": "1"}
                new = self.assertNew(row, acme, address)
                self.assertEqual(new.email, f"{kind}@example.com")

    def test_a_company_with_the_same_email(self):
        """Half the companies have the address of who leads them."""
        acme = self.prospect("ACME", is_company=True, email=BEN["E-mail"])
        new = self.assertNew({**BEN, "Staff?": "1"}, acme)
        self.assertFalse(new.is_company)
        self.assertEqual(self.stored(acme).name, "ACME")

    def test_a_person_with_the_same_email(self):
        ben = self.prospect("Ben Example", email=BEN["E-mail"])
        row = {"Company": "ACME", "E-mail": BEN["E-mail"], "Staff?": "1"}
        new = self.assertNew(row, ben)
        self.assertTrue(new.is_company)

    def test_of_two_companies_of_a_name_the_first(self):
        """However Odoo sorts them: one that is there longer has more with it."""
        first, second = (
            self.prospect("Example Freight", is_company=True) for _time in range(2)
        )
        self.assertCounts(self.load([ANN]), created=1, companies=0)
        self.assertEqual(self.contact("Ann Example").parent_id, first)
        self.assertFalse(self.stored(second).child_ids)

    def test_who_is_at_the_second_of_two_companies_of_a_name_stays_there(self):
        _first, second = (
            self.prospect("Example Freight", is_company=True) for _time in range(2)
        )
        ann = self.prospect("Ann Example", email=ANN["E-mail"], parent_id=second.id)
        shown = self.upload([ANN])
        self.record(shown).set_options({"mode": "replace"})
        self.assertCounts(self.run_import(shown), created=0, companies=0)
        self.assertEqual(self.stored(ann).parent_id, second)

    def test_an_archived_contact_with_the_same_email(self):
        ben = self.prospect("Ben Example", email="ben@example.com", active=False)
        self.assertNew({**BEN, "Staff?": "1"}, ben)

    def test_both_numbers_are_given(self):
        """The phone is the phone, in whichever column it comes first."""
        row = {"Phone": "+44 1 phone", "Mobile": "+44 7 mobile"}
        for number, numbers in enumerate((row, dict(reversed(row.items())))):
            self.load([{"Name": f"P{number}", **numbers}])
            self.assertEqual(self.contact(f"P{number}").phone, "+44 1 phone")
        self.load([{"Name": "Only mobile", "Mobile": "+44 7 mobile", "Phone": ""}])
        self.assertEqual(self.contact("Only mobile").phone, "+44 7 mobile")


@tagged("post_install", "-at_install")
class TestMeanwhile(ImportCase):
    """What somebody deletes, or takes away, between the preview and the last batch."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.west = cls.env["res.company"].sudo().create({"name": "West"})

    def begun(self, rows):
        shown = self.upload(rows, user=self.salesman)
        record = self.record(shown, self.salesman)
        record.begin()
        return record

    def assertLeftOut(self, record, name):
        """Check that of two lines the first is left out, in words, and told of."""
        self.assertCounts(record.run_batch(), created=1, rejected=1, state="done")
        [(line, said)] = record.sudo().rejected
        self.assertEqual(line, 2)
        self.assertIn("deleted meanwhile", said)
        self.assertFalse(self.env["res.partner"].search([("name", "=", name)]))

    def rows(self, **first):
        return [{**first, "Name": "Una First"}, {"Name": "Ben Second"}]

    def test_an_answer_is_deleted(self):
        question = self.question("Colour?", ["Red", "Blue"])
        record = self.begun(self.rows(**{"Colour?": "Red"}))
        question.answer_ids[:1].unlink()
        self.assertLeftOut(record, "Una First")

    def test_a_question_becomes_another_companys(self):
        question = self.question("Colour?", ["Red", "Blue"])
        record = self.begun(self.rows(**{"Colour?": "Red"}))
        question.sudo().company_id = self.west
        self.assertLeftOut(record, "Una First")

    def test_a_tag_is_deleted(self):
        tag = self.tag("Fair")
        record = self.begun(self.rows(Tags="Fair"))
        tag.unlink()
        self.assertLeftOut(record, "Una First")

    def test_contacts_become_another_companys(self):
        """They stay as they are, and the others are taken back."""
        people = self.prospect("Una First", email="una@example.com")
        people |= self.prospect("Ben Second", email="ben@example.com")
        rows = [{"Name": one.name, "E-mail": one.email, "City": "Leeds"}
                for one in people]  # fmt: skip
        record = self.begun(rows)
        record.run_batch()
        people[:1].sudo().company_id = self.west
        record.undo()
        progress = record.run_undo_batch()
        self.assertCounts(progress, state="undone", undone=1, kept=1)
        self.assertEqual(people.sudo().mapped("city"), ["Leeds", False])
        [kept] = record.get_preview()["kept"]
        self.assertEqual(kept, {"name": "", "why": "You may not change it any more."})


@tagged("post_install", "-at_install")
class TestAddresses(ImportCase):
    def test_those_compared_at_once_are_compared_as_odoo_does(self):
        dice, plain = random.Random(5), 0
        for _n in range(3000):
            said = (
                "".join(dice.choice("aZ9._+-'") for _n in range(dice.randint(1, 6)))
                + "@"
                + "".join(dice.choice("aZ9.-_") for _n in range(dice.randint(3, 9)))
            )
            if quick := plain_address(said):
                plain += 1
                self.assertEqual(quick, email_normalize(said), said)
        self.assertGreater(plain, 100)


@tagged("post_install", "-at_install")
class TestSomebodyFaster(ImportCase):
    """Who comes second begins again with what the first one did: no line is refused."""

    def test_two_at_once_is_no_reason_to_leave_a_line_out(self):
        for error in (SerializationFailure, LockNotAvailable):
            with self.subTest(error=error.__name__):
                shown = self.upload([ANN, BEN])
                record = self.record(shown)
                record.begin()
                with (
                    patch.object(
                        type(self.env["res.partner"]), "create", side_effect=error()
                    ),
                    self.assertRaises(error),
                ):
                    record.run_batch()

    def test_what_the_rules_refuse_is(self):
        """The line alone, and the others are imported."""
        create = type(self.env["res.partner"]).create

        def refuse(partners, vals_list):
            if any(vals.get("name") == "Ben Example" for vals in vals_list):
                raise AccessError("not Ben")  # pylint: disable=translation-required
            return create(partners, vals_list)

        shown = self.upload([{"Name": "Al Example"}, BEN, {"Name": "Cy Example"}])
        with patch.object(type(self.env["res.partner"]), "create", refuse):
            progress = self.run_import(shown)
        self.assertCounts(progress, created=2, rejected=1)
        self.assertEqual(
            self.env["res.partner"].search_count(
                [("name", "in", ["Al Example", "Cy Example"])]
            ),
            2,
        )


@tagged("post_install", "-at_install")
class TestHalfWritten(ImportCase):
    def test_what_was_written_before_a_refusal_is_written_once(self):
        """One is refused once all of the batch are there: they go, and come again."""
        Writer, why_not = type(self.env["crm.profiling.import.writer"]), "Not Ben"
        record = Writer._record_answers

        def refuse(writer, plan, job, log, later):
            if any(prospect.name == "Ben Example" for prospect in job.prospects):
                raise UserError(why_not)
            return record(writer, plan, job, log, later)

        rows = [ANN, BEN, {"Name": "Cy Example", "Company": "Dock Ltd"}]
        with patch.object(Writer, "_record_answers", refuse):
            shown = self.upload(rows)
            progress = self.run_import(shown)
        self.assertCounts(progress, created=2, rejected=1, companies=2)
        for name in ("Ann Example", "Cy Example", "Dock Ltd"):
            self.contact(name)  # and one alone
        found = self.env["res.partner"].search([("name", "=", "Ben Example")])
        self.assertFalse(found)
        [[_line, why]] = self.record(shown).sudo().rejected
        self.assertIn(why_not, why)


@tagged("post_install", "-at_install")
class TestThrownAway(ImportCase):
    """Files are kept for a month: what they led to stays."""

    def age(self, records, seconds):
        """Have nothing happened to imports for thirty days and so many seconds."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_profiling_import SET write_date = %s WHERE id = ANY(%s)",
            [self.now - timedelta(days=30, seconds=seconds), records.ids],
        )
        self.env.invalidate_all()

    def test_after_a_month(self):
        self.now = fields.Datetime.now()
        shown = self.upload([BEN])
        self.run_import(shown)
        done = self.record(shown).sudo()
        left, newer = (
            self.record(self.upload([{"Name": name}])).sudo()
            for name in ("Al Example", "Bea Example")
        )
        with freeze_time(self.now):
            self.age(done | left, 0)
            done._gc_files()
            self.assertEqual((done | left).exists(), done | left)
            self.assertTrue(done.lines and done.file and done.change_ids)
            self.age(done | left, 1)
            done._gc_files()
        self.assertEqual((done | left | newer).exists(), done | newer)
        self.assertFalse(done.lines or done.file or done.change_ids)
        self.assertEqual(done.state, "done")
        self.assertTrue(newer.lines)
        for offer in ("action_rejected", "action_warnings"):
            with self.assertRefused(UserError, "not kept any more"):
                getattr(self.record(shown), offer)()
        self.contact("Ben Example")
        self.assertEqual(self.record(shown).get_preview()["progress"]["created"], 1)

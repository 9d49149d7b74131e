"""What an import asks of the database, and what it leaves to do once for all."""

from contextlib import contextmanager
from unittest.mock import patch

from odoo import fields, models
from odoo.sql_db import Cursor
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.base.models.res_partner import ResPartner
from odoo.addons.phone_validation.tools import phone_validation

from ...models.prospects import (
    crm_profiling_import_run,
    crm_profiling_import_writer,
    crm_profiling_import_writer_growth,
)
from ...models.prospects.packing import packed, parts_of, unpacked
from .test_import import ImportCase


@tagged("post_install", "-at_install")
class TestImportCost(ImportCase):
    """What follows from a contact is worked out once, whatever is in the file."""

    def begun(self, count, company=""):
        """Return an import of so many people, about to write its first batch."""
        rows = [
            {
                "Name": f"Cost {company} {number} of {count}",
                "Company": company and f"{company} {count}",
                "E-mail": f"cost{number}.{count}@{company or 'no'}.example.com",
                "Phone": f"+44 20 7946 {number:04}",
                "City": "Leeds",
                "Notes": "Met at the stand.",
                "Staff?": "1",
                "Journalist?": "No",
            }
            for number in range(count)
        ]
        record = self.record(self.upload(rows))
        self.assertEqual(record.begin()["state"], "running")
        return record

    @contextmanager
    def statements(self):
        """Collect the statements that are executed."""
        found, execute = [], Cursor.execute

        def watch(cursor, query, *args, **kwargs):
            found.append(getattr(query, "code", str(query)))
            return execute(cursor, query, *args, **kwargs)

        with patch.object(Cursor, "execute", watch):
            yield found

    def test_a_batch_takes_as_many_queries_for_many(self):
        self.patch(crm_profiling_import_writer_growth, "_GROWN", 10**6)  # see below
        costs = [self.count_queries(self.begun(n).run_batch) for n in (5, 6, 90)]
        self.assertEqual(costs[1], costs[2])

    def test_a_new_contact_is_written_once_more_at_most(self):
        """Once it has its number: what follows from that, and all the rest with it."""
        # a company is looked at before its people come, and written then as well
        for company, most in (("", 1), ("Acme", 3)):
            record = self.begun(30, company)
            self.env.flush_all()
            with self.subTest(company), self.statements() as found:
                record.run_batch()
                self.env.flush_all()
            updates = [sql for sql in found if 'UPDATE "res_partner"' in sql]
            self.assertLessEqual(len(updates), most, updates)

    def test_no_pictures_are_made_of_none(self):
        record, made = self.begun(3, "Acme"), []
        write = fields.Image.write

        def watch(field, records, value):
            made.append(field.name)
            return write(field, records, value)

        with patch.object(fields.Image, "write", watch):
            record.run_batch()
            self.env.flush_all()
        self.assertEqual(made, [])
        self.assertFalse(self.contact("Cost Acme 0 of 3").image_128)

    def test_phone_numbers_are_read_once(self):
        """By the plan: it keeps how they are compared, which is what Odoo keeps."""
        record, read = self.begun(3, "Acme"), []
        parse = phone_validation.phone_parse

        def watch(number, country_code):
            read.append(number)
            return parse(number, country_code)

        with patch.object(phone_validation, "phone_parse", watch):
            record.run_batch()
            self.env.flush_all()
        self.assertEqual(read, [])
        ann = self.contact("Cost Acme 0 of 3")
        self.assertEqual(ann.phone, "+44 20 7946 0000")
        self.assertEqual(ann.phone_sanitized, "+442079460000")

    def test_what_odoo_mends_of_phone_numbers_it_mends(self):
        """Extensions do not count, and Brazil's mobiles have a digit more now."""
        for said, kept in (
            ("+44 20 7946 0000 ext. 5", "+442079460000"),
            ("+55 11 6123-4567", "+5511961234567"),
        ):
            with self.subTest(said):
                self.load([{"Name": f"Una {said}", "Phone": said}])
                una = self.contact(f"Una {said}")
                self.assertEqual(una.phone_sanitized, kept)

    def test_fields_without_a_default_are_asked_once(self):
        names, record = [], self.begun(30)
        default_get = models.BaseModel.default_get

        def watch(model, fields):
            if model._name == "res.partner" and len(fields) > 1:
                names.append(len(fields))
            return default_get(model, fields)

        with patch.object(models.BaseModel, "default_get", watch):
            record.run_batch()
        self.assertEqual(len([n for n in names if n > 100]), 1, names)

    def test_each_contact_has_a_default_of_its_own(self):
        """As a number drawn for each; and what comes of asking for another field."""
        field, numbers = self.env["res.partner"]._fields["ref"], iter(range(100, 999))
        default_get = ResPartner.default_get  # that of Odoo

        def with_more(model, fields):
            found = default_get(model, fields)
            if "barcode" in fields:
                found["function"] = "Guest"
            return found

        self.patch(field, "default", lambda _model: f"C{next(numbers)}")
        self.patch(ResPartner, "default_get", with_more)
        self.load([{"Name": f"Una {number}"} for number in range(4)])
        found = self.env["res.partner"].search([("name", "like", "Una ")])
        self.assertEqual(len(set(found.mapped("ref"))), 4)
        self.assertTrue(all(ref.startswith("C") for ref in found.mapped("ref")))
        self.assertEqual(set(found.mapped("function")), {"Guest"})

    def test_postgresql_hears_of_tables_that_have_grown(self):
        """Or it goes through all contacts for each that comes to a company."""
        self.env.cr.execute("ANALYZE")
        for grown, told in ((1, True), (1000, False)):
            self.patch(crm_profiling_import_writer_growth, "_GROWN", grown)
            record = self.begun(90 + told)
            with self.subTest(grown), self.statements() as found:
                record.run_batch()
                self.env.flush_all()
            analyzed = [sql for sql in found if sql.startswith("ANALYZE")]
            self.assertEqual(["res_partner" in sql for sql in analyzed], [True][:told])
        # where rows were deleted, a table is as large as it was
        for count, told in ((10**7, True), (1, False)):
            with self.subTest(count), self.statements() as found:
                self.env["crm.profiling.import.writer"]._follow_growth(count)
            self.assertEqual(any(sql.startswith("ANALYZE") for sql in found), told)

    def test_what_there_is_nothing_of_is_not_looked_for(self):
        """New answers replace none, and new contacts lose no tags."""
        record = self.begun(3)
        with self.statements() as found:
            record.run_batch()
        tables = ("crm_profiling_response", "crm_profiling_membership")
        written = [sql for sql in found for table in tables if f"INTO {table}" in sql]
        self.assertTrue(written)
        for sql in written:
            self.assertNotIn("DELETE", sql)
            self.assertNotIn("crm_profiling_response_history", sql)

    def test_who_enters_does_so_with_all_that_the_file_says(self):
        """A new colleague is not, for a moment, what the company was until then."""
        self.ask("Staff?").level = "company"
        company = self.prospect("Acme", {"Staff?": "1"}, is_company=True)
        self.env["crm.profiling.response"].search(
            [("partner_id", "=", company.id)]
        )._write({"date": fields.Datetime.to_datetime("2020-01-01")})
        self.env.flush_all()
        Partner, told = type(self.env["res.partner"]), []
        changed = Partner._profiling_profiles_changed

        def listen(partners, entered, left):
            told.extend((p.name, c.name) for p, cs in entered.items() for c in cs)
            return changed(partners, entered, left)

        with patch.object(Partner, "_profiling_profiles_changed", listen):
            self.load(
                [{"Name": "Ann New", "Company": "Acme", "Staff?": "500+",
                  "Journalist?": "No"}]
            )  # fmt: skip
        entered = {profile for profile, name in told if name == "Ann New"}
        ann = self.contact("Ann New")
        self.assertEqual(ann.parent_id, company)
        self.assertEqual(entered, set(ann.profile_ids.mapped("name")))

    def test_who_says_nothing_is_what_the_company_is(self):
        self.ask("Staff?").level = "company"
        self.prospect("Acme", {"Staff?": "1"}, is_company=True)
        self.load([{"Name": "Ann New", "Company": "Acme"}])
        self.assertAnswers(self.contact("Ann New"), {"Staff?": "1"})
        state = self.env["crm.profiling.state"].sudo().browse(
            self.contact("Ann New").id
        )  # fmt: skip
        self.assertTrue(state.exists())


@tagged("post_install", "-at_install")
class TestParts(ImportCase):
    """The plan is kept in parts, a batch each."""

    def setUp(self):
        super().setUp()
        self.patch(crm_profiling_import_run, "BATCH_SIZE", 2)
        self.rows = [{"Name": f"Una Part {number}"} for number in range(5)]

    def done(self, record):
        """Return how many are done after each batch."""
        found = []
        while record.state == "running":
            found.append(record.run_batch()["done"])
        return found

    def test_batch_by_batch(self):
        record = self.record(self.upload(self.rows))
        record.begin()
        self.assertEqual(self.done(record), [2, 4, 5])
        found = self.env["res.partner"].search([("name", "like", "Una Part")])
        self.assertEqual(len(found), 5)

    def test_a_line_that_is_refused_takes_none_along(self):
        """Late, when all of its batch is written: halves are tried from the start."""
        self.patch(crm_profiling_import_run, "BATCH_SIZE", 5)
        record = self.record(self.upload(self.rows))
        record.begin()
        Writer = type(self.env["crm.profiling.import.writer"])
        recorded = Writer._record_answers

        def refuse(writer, plan, job, log, later):
            found = recorded(writer, plan, job, log, later)
            if "Una Part 3" in [prospect.name for prospect in job.prospects]:
                raise ValueError("no such thing")
            return found

        self.patch(Writer, "_record_answers", refuse)
        with mute_logger(crm_profiling_import_writer.__name__):
            progress = record.run_batch()
        self.assertCounts(progress, created=4, rejected=1, state="done")
        [[line, why]] = record.sudo().rejected
        self.assertEqual(line, 5)
        self.assertIn("server's log", why)
        found = self.env["res.partner"].search([("name", "like", "Una Part")])
        self.assertEqual(
            sorted(found.mapped("name")), [f"Una Part {n}" for n in (0, 1, 2, 4)]
        )

    def test_a_batch_of_another_size_goes_on_where_it_stopped(self):
        record = self.record(self.upload(self.rows))
        record.begin()
        record.sudo().write({"position": 1, "created_count": 1})
        self.patch(crm_profiling_import_run, "BATCH_SIZE", 3)
        self.assertEqual(self.done(record), [2, 4, 5])

    def test_what_an_earlier_version_kept_goes_on(self):
        record = self.record(self.upload(self.rows))
        record.begin()
        me = record.sudo()
        head, *parts = map(unpacked, parts_of(me.plan))
        prospects = [one for part in parts for one in part]
        del head["count"], head["size"]
        me.write({"plan": packed({**head, "prospects": prospects}), "position": 3})
        record.run_batch()
        found = self.env["res.partner"].search([("name", "like", "Una Part")])
        self.assertEqual(found.mapped("name"), ["Una Part 3", "Una Part 4"])

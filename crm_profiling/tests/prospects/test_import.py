"""Prospects from a fair, from the file to contacts in their profiles."""

import base64
import csv
import io
import random

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .. import brute_force
from ..common import LARGE_ACCOUNT, QUESTIONS, ProfilingCase

CONTACTS = ["Name", "Company", "E-mail", "Phone", "City", "Country"]
ANN = {
    "Name": "Ann Example",
    "Company": "Example Freight",
    "E-mail": "ann@freight.example.com",
    "City": "Leeds",
    "Country": "United Kingdom",
}
BEN = {"Name": "Ben Example", "E-mail": "ben@example.com"}


def csv_of(rows, headings=None, delimiter=",", encoding="utf-8"):
    """Return rows, dicts by heading, as the bytes of a CSV file."""
    headings = headings or list(dict.fromkeys(key for row in rows for key in row))
    file = io.StringIO()
    writer = csv.DictWriter(file, headings, restval="", delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode(encoding)


class ImportCase(ProfilingCase):
    """Words to import with."""

    def upload(self, content, name="fair.csv", user=None):
        """Upload a file, rows or bytes; return what the screen shows."""
        if not isinstance(content, bytes):
            content = csv_of(content)
        Import = self.env["crm.profiling.import"].with_user(user or self.manager)
        return Import.upload(name, base64.b64encode(content).decode())

    def record(self, shown, user=None):
        Import = self.env["crm.profiling.import"].with_user(user or self.manager)
        return Import.browse(shown["id"])

    def run_import(self, shown, user=None):
        """Import what was uploaded, to the end; return the progress."""
        record = self.record(shown, user)
        progress = record.begin()
        while progress["state"] == "running":
            progress = record.run_batch()
        return progress

    def load(self, content, **kwargs):
        return self.run_import(self.upload(content, **kwargs), kwargs.get("user"))

    def errors(self, shown):
        """Return ``{line: what is wrong with it}``."""
        return dict(self.record(shown).get_preview()["errors"])

    def targets(self, shown):
        return [column["target"] for column in shown["columns"]]

    def of(self, question):
        return f"question:{self.ask(question).id}"

    def contact(self, name):
        found = self.env["res.partner"].search([("name", "=", name)])
        self.assertEqual(len(found), 1, f"contacts called {name}")
        return found

    def assertCounts(self, progress, **counts):
        self.assertEqual({key: progress[key] for key in counts}, counts)


@tagged("post_install", "-at_install")
class TestImport(ImportCase):
    """What becomes of a file that is as it should be."""

    def test_prospects_get_the_tags_their_answers_lead_to(self):
        progress = self.load(
            [
                {**ANN, **LARGE_ACCOUNT},
                {**BEN, "Staff?": "1", "Journalist?": "No"},
            ]
        )
        self.assertCounts(progress, created=2, companies=1, rejected=0, done=2)
        ann, ben = self.contact("Ann Example"), self.contact("Ben Example")
        self.assertAnswers(ann, LARGE_ACCOUNT)
        self.assertProfilesAndTags(ann, self.large.name)
        self.assertProfilesAndTags(ben, "SaaS", "Training")
        self.assertEqual(ann.email, "ann@freight.example.com")
        self.assertEqual(ann.parent_id.name, "Example Freight")
        self.assertTrue(ann.parent_id.is_company)
        self.assertEqual(ann.parent_id.city, "Leeds")
        self.assertEqual((ann.city, ann.country_id.code), ("Leeds", "GB"))

    def test_whose_the_answers_are(self):
        self.load([{**BEN, "Staff?": "1"}], user=self.salesman)
        response = self.contact("Ben Example").profiling_response_ids
        self.assertEqual(response.source, "import")
        self.assertEqual(response.user_id, self.salesman)

    def test_the_preview_writes_nothing(self):
        before = self.env["res.partner"].search_count([])
        shown = self.upload([{**ANN, **LARGE_ACCOUNT}, BEN])
        self.assertCounts(
            shown["progress"], created=2, updated=0, companies=1, rejected=0
        )
        self.assertEqual(self.env["res.partner"].search_count([]), before)

    def test_the_same_file_twice_changes_nothing(self):
        self.ask("Staff?").level = "company"
        rows = [
            {
                **ANN,
                **LARGE_ACCOUNT,
                "Staff?": "500+",
                "Tags": "Fair",
                "Notes": "Call <soon>",
                "Website": "freight.example.com",
                "Language": "en_US",
            },
            {**BEN, "Staff?": "1"},
            {"Company": "Example Bakery", "Staff?": "2-20", "City": "Cardiff"},
        ]
        self.tag("Fair")
        self.assertCounts(self.load(rows), created=3, companies=1)
        before, contacts = self.written(), self.contact_writes()
        progress = self.load(rows)
        self.assertCounts(progress, created=0, updated=0, unchanged=3, companies=0)
        self.assertEqual(self.written(), before)
        self.assertEqual(self.contact_writes(), contacts)

    def written(self):
        """Return the place on disk of each row of answers, memberships and tags."""
        self.env.cr.execute("SELECT id, ctid FROM crm_profiling_response ORDER BY id")
        return self.rows(), self.env.cr.fetchall()

    def contact_writes(self):
        self.env.cr.execute("SELECT id, ctid FROM res_partner ORDER BY id")
        return self.env.cr.fetchall()

    def test_contacts_are_found_by_email(self):
        ben = self.prospect("Benjamin Example", email="Ben@Example.com")
        self.assertCounts(self.load([{**BEN, "Phone": "555 0100"}]), updated=1)
        self.assertEqual(self.stored(ben).phone, "555 0100")

    def test_contacts_are_found_by_name_and_company(self):
        company = self.prospect("Example Freight", is_company=True)
        ann = self.prospect("Ann Example", parent_id=company.id)
        elsewhere = self.prospect("Ann Example")
        row = {"Name": "ANN  example", "Company": "example freight", "Sector?": "IT"}
        self.assertCounts(self.load([row]), updated=1, created=0, companies=0)
        self.assertAnswers(ann, {"Sector?": "IT"})
        self.assertAnswers(elsewhere, {})
        self.assertEqual(ann.name, "Ann Example")

    def test_an_address_of_the_company_does_not_make_it_a_person(self):
        company = self.prospect("Example Freight", is_company=True, email=ANN["E-mail"])
        self.assertCounts(self.load([ANN]), created=1)
        self.assertEqual(self.stored(company).name, "Example Freight")

    def test_empty_cells_say_nothing(self):
        ben = self.prospect("Ben Example", {"Staff?": "1"}, email="ben@example.com")
        ben.phone = "555 0100"
        row = {**BEN, "Phone": "", "Staff?": "", "Sector?": "IT"}
        self.load([row])
        self.assertEqual(self.stored(ben).phone, "555 0100")
        self.assertAnswers(ben, {"Staff?": "1", "Sector?": "IT"})

    def test_a_new_answer_replaces_the_old_one(self):
        ben = self.prospect("Ben Example", {"Staff?": "1"}, email="ben@example.com")
        self.load([{**BEN, "Staff?": "500+"}])
        self.assertAnswers(ben, {"Staff?": "500+"})

    def test_several_answers_in_a_cell(self):
        self.ask("Sector?").selection_mode = "multiple"
        self.load([{**BEN, "Sector?": "it ;  Services;IT"}])
        self.assertAnswers(self.contact("Ben Example"), {"Sector?": ["IT", "Services"]})

    def test_answers_about_the_company_are_the_companys(self):
        self.ask("Staff?").level = "company"
        self.load([{**ANN, "Staff?": "1"}, {**ANN, "Name": "Al", "E-mail": ""}])
        company = self.contact("Example Freight")
        self.assertEqual(company.profiling_response_ids.answer_id.name, "1")
        self.assertProfiles(company.child_ids[0], "SaaS")
        self.assertProfiles(company.child_ids[1], "SaaS")

    def test_colleagues_who_contradict_each_other_about_the_company(self):
        """Both are imported; what the first one said of the company counts."""
        self.ask("Staff?").level = "company"
        rows = [
            {**ANN, "Staff?": "1"},
            {"Name": "Al", "Company": "Example Freight", "Staff?": "500+",
             "Sector?": "IT"},
            {"Name": "Cy", "Company": "example  freight", "Staff?": "1"},
        ]  # fmt: skip
        shown = self.upload(rows)
        self.assertCounts(shown["progress"], created=3, rejected=0, warnings=1)
        [(line, warning)] = shown["warnings"]
        self.assertEqual(line, 3)
        for word in ("“500+”", "“Staff?”", "line 2", "“1”", "Example Freight"):
            self.assertIn(word, warning)

        progress = self.run_import(shown)
        self.assertCounts(progress, created=3, rejected=0, warnings=1)
        self.assertEqual(self.record(shown).get_preview()["warnings"], [[3, warning]])
        self.assertAnswers(self.contact("Example Freight"), {"Staff?": "1"})
        self.assertEqual(self.contact("Al").profiling_response_ids.answer_id.name, "IT")
        self.assertCounts(self.load(rows), unchanged=3, warnings=1)

    def test_a_company_has_a_line_of_its_own(self):
        company = {"Company": "Example Freight", "Phone": "555 0100", "City": "York"}
        rows = [ANN, company]
        self.assertCounts(self.load(rows), created=2, companies=0)
        company = self.contact("Example Freight")
        self.assertEqual((company.phone, company.city), ("555 0100", "York"))
        self.assertEqual(company.child_ids.city, "York")

    def test_a_prospect_who_changed_the_company_moves(self):
        self.load([ANN])
        moved = [{**ANN, "Company": "Example Rail"}]
        self.assertCounts(self.load(moved), updated=0, unchanged=1)
        shown = self.upload(moved)
        [index] = [c["index"] for c in shown["columns"] if c["heading"] == "Company"]
        self.record(shown).set_column(index, mode="replace")
        self.assertCounts(self.run_import(shown), updated=1)
        ann = self.contact("Ann Example")
        self.assertEqual(self.stored(ann).parent_id.name, "Example Rail")

    def test_first_and_last_name(self):
        self.load([{"First name": "Ben", "Surname": "Example"}])
        self.assertFalse(self.contact("Ben Example").is_company)

    def test_batches(self):
        rows = [{"Name": f"Prospect {n}", "Staff?": "1"} for n in range(1200)]
        record = self.record(self.upload(rows))
        record.begin()
        done = []
        while (progress := record.run_batch())["state"] == "running":
            done.append(progress["done"])
        self.assertEqual(done, [500, 1000])
        self.assertCounts(progress, created=1200, done=1200, total=1200)
        self.assertCounts(record.run_batch(), created=1200, done=1200)

    def test_goes_on_where_it_stopped(self):
        rows = [{"Name": f"Prospect {n}", "Staff?": "1"} for n in range(600)]
        record = self.record(self.upload(rows))
        record.begin()
        record.run_batch()
        start = self.env["crm.profiling.import"].get_start()["unfinished"]
        self.assertEqual([(i["id"], i["done"]) for i in start], [(record.id, 500)])
        self.env.invalidate_all()
        self.assertCounts(record.run_batch(), created=600, state="done")
        self.assertFalse(self.env["crm.profiling.import"].get_start()["unfinished"])

    def test_the_contacts_of_an_import_are_found(self):
        shown = self.upload([ANN, BEN])
        self.run_import(shown)
        domain = self.record(shown).action_contacts()["domain"]
        found = self.env["res.partner"].search(domain)
        self.assertEqual(
            set(found.mapped("name")), {"Ann Example", "Ben Example", "Example Freight"}
        )


@tagged("post_install", "-at_install")
class TestManyProspects(ImportCase):
    """A large file: the tags are right, and what it takes does not grow with it."""

    def rows_of(self, count):
        pick = random.Random(19)
        companies = ["", *(f"Company {number}" for number in range(count // 5))]
        return [
            {
                "Name": f"Prospect {number}",
                "Company": pick.choice(companies),
                "E-mail": f"prospect{number}@example.com",
                **{
                    name: pick.choice([*answers, ""])
                    for name, answers in QUESTIONS.items()
                },
            }
            for number in range(count)
        ]

    def test_the_tags_are_those_of_a_plain_evaluation(self):
        rows = self.rows_of(400)
        self.assertCounts(self.load(rows), created=400, rejected=0)
        questions = {
            name: brute_force.Question(name, len(answers))
            for name, answers in QUESTIONS.items()
        }

        def plain(answers):
            return {
                (
                    questions[a.question_id.name],
                    QUESTIONS[a.question_id.name].index(a.name),
                )
                for a in answers
            }

        catalog = [
            brute_force.Profile(
                profile.name,
                plain(profile.required_answer_ids),
                plain(profile.excluded_answer_ids),
                tag=profile.category_id.name,
            )
            for profile in self.env["crm.profiling.profile"].search([])
        ]
        found = self.env["res.partner"].search([("email", "like", "prospect%@ex")])
        tags = {p.name: set(p.category_id.mapped("name")) for p in found}
        for row in rows:
            contact = brute_force.Contact(row["Name"])
            for name, question in questions.items():
                if row[name]:
                    contact.give((question, QUESTIONS[name].index(row[name])))
            self.assertEqual(
                tags[row["Name"]], contact.given_tags(catalog), row["Name"]
            )

    def test_a_preview_takes_as_many_queries_for_many(self):
        few, many = self.rows_of(20), self.rows_of(300)
        self.load(few), self.load(many)
        queries = [
            self.count_queries(self.record(self.upload(rows)).get_preview)
            for rows in (few, few, many)
        ]
        self.assertAlmostEqual(queries[1], queries[2], delta=4)


@tagged("post_install", "-at_install")
class TestColumns(ImportCase):
    """What columns are taken for."""

    def test_headings_as_people_write_them(self):
        row = {
            "NAME": "Ben",
            "e_mail": "ben@example.com",
            "Organisation": "ACME",
            " Job  Title ": "Boss",
            "Postcode": "1",
            "Telefon": "2",
            "journalist": "no",
            "SECTOR?": "services",
            "The budget": "Unknown",
            "Budget": "Unknown",
            "Shoe size": "43",
        }
        shown = self.upload([row])
        self.assertEqual(
            self.targets(shown),
            ["name", "email", "company", "function", "zip", "phone",
             self.of("Journalist?"), self.of("Sector?"), "", self.of("Budget?"), ""],
        )  # fmt: skip

    def test_any_language_that_is_installed(self):
        self.env["res.lang"].sudo()._activate_lang("fr_FR")
        sector = self.ask("Sector?")
        sector.with_context(lang="fr_FR").name = "Secteur ?"
        services = self.choice("Sector?", "Services")
        services.with_context(lang="fr_FR").name = "Prestations"
        rows = [
            {"Nom": "Ben", "Ville": "Lyon", "Secteur ?": "prestations"},
            {"Nom": "Al", "Ville": "Lyon", "Secteur ?": "Services"},
        ]
        shown = self.upload(rows)
        self.assertEqual(self.targets(shown), ["name", "city", self.of("Sector?")])
        self.run_import(shown)
        for name in ("Ben", "Al"):
            self.assertAnswers(self.contact(name), {"Sector?": "Services"})

    def test_a_part_of_a_question(self):
        self.ask("Specification?").name = "Already created a specification?"
        shown = self.upload([{**BEN, "Specification": "Yes", "Create": "Yes"}])
        specification = self.of("Already created a specification?")
        self.assertEqual(self.targets(shown)[2:], [specification, ""])

    def test_a_heading_that_says_more_than_the_question(self):
        journalist = self.of("Journalist?")
        rows = [{**BEN, "Are they journalists?": "no", "Staff at the stand": "Ann"}]
        self.assertEqual(self.targets(self.upload(rows))[2:], [journalist, ""])
        twice = [{**BEN, "Is it a journalist": "No", "Journalist, perhaps": "No"}]
        self.assertEqual(self.targets(self.upload(twice))[2:], ["", ""])
        beside = [{**BEN, "Is it a journalist": "No", "Journalist": "No"}]
        self.assertEqual(self.targets(self.upload(beside))[2:], ["", journalist])

    def test_a_field_and_a_question_of_one_name(self):
        """The test's questions have one, “Function?”; here it is the very same."""
        self.ask("Function?").name = "Job position"
        content = csv_of([BEN]).decode().splitlines()
        content = f"{content[0]},Job position,Job position\n{content[1]},Boss,\n"
        shown = self.upload(content.encode())
        self.assertEqual(self.targets(shown)[2:], ["function", self.of("Job position")])

    def test_a_heading_that_is_a_part_of_the_question(self):
        """A word of four letters tells which; of three it may be any."""
        self.question("Which size is meant for use?", ["Big", "Small"])
        shown = self.upload([{**BEN, "Size": "", "Use": ""}])
        headings = {c["heading"]: c["target"] for c in shown["columns"]}
        self.assertEqual(headings["Size"], self.of("Which size is meant for use?"))
        self.assertEqual(headings["Use"], "")

    def test_a_column_is_changed(self):
        shown = self.upload([{**BEN, "What they do": "Services", "Position": "Boss"}])
        self.assertEqual(self.targets(shown)[2:], ["", "function"])
        record = self.record(shown)
        record.set_column(3, target="")
        record.set_column(2, target=self.of("Sector?"))
        self.run_import(shown)
        ben = self.contact("Ben Example")
        self.assertAnswers(ben, {"Sector?": "Services"})
        self.assertFalse(ben.function)

    def test_a_question_of_another_company(self):
        other = self.env["res.company"].sudo().create({"name": "Other"})
        self.question("Elsewhere?", ["Yes"], company_id=other.id)
        self.env = self.env(
            context={"allowed_company_ids": self.manager.company_id.ids}
        )
        shown = self.upload([{**BEN, "Elsewhere?": "Yes"}])
        self.assertEqual(self.targets(shown)[2:], [""])
        record = self.record(shown)
        shown = record.set_column(2, target=self.of("Elsewhere?"))
        self.assertEqual(self.targets(shown)[2:], [""])


@tagged("post_install", "-at_install")
class TestImportAccess(ImportCase):
    def test_others_may_not(self):
        with self.assertRaises(AccessError):
            self.upload([BEN], user=self.outsider)
        reader = new_test_user(
            self.env(su=True),
            "profiling_reader",
            groups="base.group_user",
            name="Rea Reader",
        )
        with self.assertRaises(AccessError):
            self.env["crm.profiling.import"].with_user(reader).get_start()

    def test_an_import_is_its_users(self):
        shown = self.upload([BEN], user=self.salesman)
        with self.assertRefused(AccessError, "Sam Salesman"):
            self.record(shown).begin()
        colleague = new_test_user(
            self.env(su=True),
            "profiling_colleague",
            groups="sales_team.group_sale_salesman",
            name="Cole League",
        )
        with self.assertRaises(AccessError):
            self.record(shown, colleague).get_preview()

    def test_a_file_of_contacts_is_for_who_exported_it(self):
        """Odoo shows a wizard to whoever knows its number."""
        export = self.env["crm.profiling.export"].create(
            {"partner_ids": [Command.set(self.prospect("Ann").ids)]}
        )
        export.action_export()
        self.assertTrue(export.file)
        with self.assertRaises(AccessError):
            export.with_user(self.salesman).read(["file"])

    def test_nobody_writes_an_import_itself(self):
        shown = self.upload([BEN], user=self.salesman)
        with self.assertRaises(AccessError):
            self.record(shown, self.salesman).write({"plan": b"e30="})

    def test_contacts_that_are_not_the_users_to_change(self):
        ben = self.prospect("Ben Example", email="ben@example.com")
        self.env["ir.rule"].sudo().create(
            {
                "name": "Ben is read-only",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": [("id", "!=", ben.id)],
                "perm_read": False,
            }
        )
        shown = self.upload([{**BEN, "Staff?": "1"}, {"Name": "Al", "Staff?": "1"}])
        self.assertCounts(self.run_import(shown), created=1, rejected=1)
        self.assertAnswers(ben, {})

    def test_salespeople_create_no_answers(self):
        shown = self.upload([{**BEN, "Sector?": "Circus"}], user=self.salesman)
        column = shown["columns"][2]
        self.assertEqual(column["policies"], ["stop", "skip", "reject"])
        record = self.record(shown, self.salesman)
        shown = record.set_column(2, policy="create")
        self.assertEqual(shown["columns"][2]["policy"], "stop")
        shown = record.set_value(2, "Circus", "create")
        self.assertEqual(shown["columns"][2]["unknown"][0]["choice"], "stop")


@tagged("post_install", "-at_install")
class TestBrokenFiles(ImportCase):
    """Whatever is wrong with a file is said, and nothing is half written."""

    def assertUnreadable(self, content, *words, name="fair.csv"):
        before = self.env["crm.profiling.import"].sudo().search_count([])
        with self.assertRefused(UserError, name, *words), self.env.cr.savepoint():
            self.upload(content, name=name)
        after = self.env["crm.profiling.import"].sudo().search_count([])
        self.assertEqual(before, after)

    def assertLeftOut(self, rows, **reasons):
        """Check which lines are left out, and why; the others get in."""
        shown = self.upload(rows)
        errors = self.errors(shown)
        self.assertEqual(set(errors), {int(line[1:]) for line in reasons})
        for line, words in reasons.items():
            for word in [words] if isinstance(words, str) else words:
                self.assertIn(word, errors[int(line[1:])])
        self.assertCounts(self.run_import(shown), rejected=len(errors))

    def assertStopped(self, shown, *words):
        """Check that an import does not begin, and says why."""
        for word in words:
            self.assertIn(word, " ".join(shown["problems"]))
        before = self.env["res.partner"].search_count([])
        with self.assertRefused(UserError, *words):
            self.record(shown).begin()
        self.assertEqual(self.env["res.partner"].search_count([]), before)

    def test_an_empty_file(self):
        self.assertUnreadable(b"", "empty")
        self.assertUnreadable(b"\n\n", "empty")

    def test_headings_only(self):
        self.assertUnreadable(b"Name,E-mail,Sector?\n", "headings only")

    @mute_logger("odoo.addons.base_import.models.base_import")
    def test_not_a_spreadsheet(self):
        self.assertUnreadable(b"%PDF-1.7\0\x93\xff\xfe\0\1" * 50, "XLSX")
        self.assertUnreadable(b"PK\3\4 no archive", "XLSX", name="fair.xlsx")
        self.assertUnreadable(b"\x89PNG\r\n\x1a\n\0\0", "XLSX", name="fair.xlsx")

    def test_too_large(self):
        self.assertUnreadable(b"a" * (26 * 1024 * 1024), "too large")
        lines = "\n".join(["Name", *["Ben"] * 50_001])
        self.assertUnreadable(lines.encode(), "more than 50000 lines")
        self.assertUnreadable(b"a,b\n1" + b",1" * 501, "column SH", "line 2")

    def test_encodings(self):
        row = {"Name": "Zoë Ünal", "City": "Köln"}
        for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
            with self.subTest(encoding=encoding):
                shown = self.upload(csv_of([row] * 1, encoding=encoding))
                self.assertEqual(shown["columns"][0]["examples"], ["Zoë Ünal"])

    def test_a_wrong_encoding_can_be_changed(self):
        row = {"Name": "Юрий", "City": "Тула"}
        shown = self.upload(csv_of([row], encoding="cp1251"))
        record = self.record(shown)
        with self.assertRefused(UserError, "fair.csv", "utf-8"):
            record.set_options({"encoding": "utf-8"})
        shown = record.set_options({"encoding": "cp1251"})
        self.assertEqual(shown["columns"][0]["examples"], ["Юрий"])

    def test_separators(self):
        for delimiter in ",;\t|":
            with self.subTest(delimiter=delimiter):
                content = csv_of([ANN, BEN], delimiter=delimiter)
                targets = self.targets(self.upload(content))
                self.assertEqual(targets[:2], ["name", "company"])
        ragged = b"Name;City;Phone\nBen;Lyon\nAl;Paris;1\n"
        self.assertEqual(self.targets(self.upload(ragged)), ["name", "city", "phone"])

    def test_lines_have_the_numbers_of_the_file(self):
        content = b"Name,E-mail\n\nBen,ben@example.com\n,\nAl,nonsense\n"
        self.assertEqual(set(self.errors(self.upload(content))), {5})

    def test_what_stands_below_the_table(self):
        """It is nobody, however much it looks like a name."""
        content = "Name,City\nAnn Example,York\nBen Example,Leeds\n\nFair of York,\n"
        shown = self.upload(f"{content}© 2026 Acme Ltd,\n".encode())
        errors = self.errors(shown)
        self.assertEqual(set(errors), {5, 6})
        self.assertIn("a text of the report: “Fair of York”", errors[5])
        self.assertCounts(self.run_import(shown), created=2, rejected=2)
        for name in ("Fair of York", "© 2026 Acme Ltd"):
            found = self.env["res.partner"].search([("name", "=", name)])
            self.assertFalse(found)

    def test_unknown_headings(self):
        shown = self.upload([{"Wer": "Ben", "Was": "Services"}])
        self.assertStopped(shown, "No column says who")

    def test_two_hundred_columns(self):
        row = {**BEN, **{f"Column {n}": str(n) for n in range(198)}}
        shown = self.upload([row])
        self.assertEqual(self.targets(shown)[2:], [""] * 198)
        self.assertCounts(self.run_import(shown), created=1)

    def test_two_columns_for_one_question(self):
        shown = self.upload([{**BEN, "Sector?": "IT", "sector": "Services"}])
        self.assertStopped(shown, "“Sector?” (C), “sector” (D)")
        self.record(shown).set_column(3, target="")
        self.assertCounts(self.run_import(shown), created=1)

    def test_unknown_answers_stop(self):
        shown = self.upload([{**BEN, "Sector?": "Circus"}])
        self.assertEqual(
            shown["columns"][2]["unknown"],
            [
                {
                    "value": "Circus",
                    "choice": "stop",
                    "is_guess": False,
                    "is_last": False,
                    "count": 1,
                    "line": 2,
                }
            ],
        )
        self.assertStopped(shown, "“Sector?” has values that are not known")

    def test_unknown_answers_are_skipped(self):
        shown = self.upload([{**BEN, "Sector?": "Circus", "Staff?": "1"}])
        self.record(shown).set_column(2, policy="skip")
        self.assertCounts(self.run_import(shown), created=1, rejected=0)
        self.assertAnswers(self.contact("Ben Example"), {"Staff?": "1"})

    def test_unknown_answers_leave_the_line_out(self):
        shown = self.upload([{**BEN, "Sector?": "Circus"}, {"Name": "Al Example"}])
        self.record(shown).set_column(2, policy="reject")
        self.assertIn("Circus", self.errors(shown)[2])
        self.assertCounts(self.run_import(shown), created=1, rejected=1)

    def test_unknown_answers_are_created(self):
        shown = self.upload(
            [{**BEN, "Sector?": "Circus"}, {"Name": "Al", "Sector?": "circus"}]
        )
        self.record(shown).set_column(2, policy="create")
        self.assertCounts(self.run_import(shown), created=2)
        self.assertEqual(self.ask("Sector?").answer_ids.mapped("name")[-1], "Circus")
        self.assertAnswers(self.contact("Al"), {"Sector?": "Circus"})

    def test_a_mistyped_answer_is_taken_for_the_likely_one(self):
        rows = [{**BEN, "Sector?": "Servces"}, {"Name": "Al", "Sector?": "Circus"}]
        shown = self.upload(rows)
        servces, circus = shown["columns"][2]["unknown"]
        services = self.choice("Sector?", "Services")
        self.assertEqual((servces["choice"], servces["is_guess"]), (services.id, True))
        self.assertEqual((circus["choice"], circus["is_guess"]), ("stop", False))
        self.assertStopped(shown, "“Sector?” has values that are not known")
        shown = self.record(shown).set_value(2, "Circus", "skip")
        # what is suggested counts once somebody has seen it
        self.assertStopped(shown, "“Sector?” has values that are taken for")
        shown = self.record(shown).accept_guesses(2)
        self.assertEqual(shown["problems"], [])
        self.assertCounts(self.run_import(shown), created=2, rejected=0)
        self.assertAnswers(self.contact("Ben Example"), {"Sector?": "Services"})
        self.assertAnswers(self.contact("Al"), {})
        shown = self.upload(rows[:1])
        self.assertCounts(shown["progress"], unchanged=1)

    def test_each_value_has_a_choice_of_its_own(self):
        values = ["Servces", "Circus", "Zoo", "Opera", "Ballet"]
        rows = [{"Name": f"Al {value}", "Sector?": value} for value in values]
        shown = self.upload(rows)
        record = self.record(shown)
        it = self.choice("Sector?", "IT")
        record.set_column(1, policy="skip")  # for all, then for some
        record.set_value(1, "Servces", it.id)
        record.set_value(1, "Circus", "create")
        record.set_value(1, "Zoo", "reject")
        shown = record.set_value(1, "Opera", "stop")
        self.assertStopped(shown, "“Sector?” has values that are not known")
        shown = record.set_value(1, "Opera", self.choice("Staff?", "1").id)
        self.assertStopped(shown, "“Sector?” has values that are not known")
        record.set_value(1, "Opera", it.id)
        self.assertEqual(set(self.errors(shown)), {4})
        self.assertCounts(self.run_import(shown), created=4, rejected=1)
        for value, answer in (("Servces", "IT"), ("Circus", "Circus"), ("Opera", "IT")):
            self.assertAnswers(self.contact(f"Al {value}"), {"Sector?": answer})
        self.assertAnswers(self.contact("Al Ballet"), {})

    def test_a_choice_for_all_is_quick(self):
        rows = [{"Name": v, "Sector?": v} for v in ("Servces", "Circus")]
        record = self.record(self.upload(rows))
        record.set_value(1, "Circus", "reject")
        shown = record.set_column(1, policy="skip")
        choices = [one["choice"] for one in shown["columns"][1]["unknown"]]
        self.assertEqual(choices, ["skip", "skip"])

    def test_another_column_asks_anew(self):
        # far from any country: "Circus" is nearly Cyprus
        shown = self.upload([{**BEN, "Sector?": "Trapeze artists"}])
        self.record(shown).set_column(2, policy="create")
        shown = self.record(shown).set_column(2, target="country")
        self.assertEqual(shown["columns"][2]["policy"], "stop")
        self.assertStopped(shown, "“Sector?” has values that are not known")

    def test_numbers_are_never_mistyped(self):
        shown = self.upload([{**BEN, "Staff?": "101-501"}])
        self.assertEqual(shown["columns"][2]["unknown"][0]["choice"], "stop")

    def test_ambiguous_answers(self):
        """Two answers have one name, each in another language."""
        yes, soon = self.choice("Specification?", "Yes", "Soon")
        for answer, lang in ((yes, "es_ES"), (soon, "fr_FR")):
            self.env["res.lang"].sudo()._activate_lang(lang)
            answer.with_context(lang=lang).name = "Si"
        self.assertLeftOut(
            [{**BEN, "Specification?": "si"}, {"Name": "Al Example"}],
            _2=["“si”", "“Yes”", "“Soon”"],
        )

    def test_two_answers_for_a_single_choice_question(self):
        self.assertLeftOut(
            [{**BEN, "Sector?": "IT; Services"}, {"Name": "Al Example"}],
            _2=["“Sector?”", "one answer"],
        )

    def test_duplicate_lines(self):
        self.assertLeftOut(
            [
                ANN,
                {**ANN, "Name": "Ann E.", "Company": ""},
                {**ANN, "E-mail": ""},
                {"Name": "Cy", "E-mail": "cy@example.com"},
                {"Name": "Cy", "E-mail": "other.cy@example.com"},
            ],
            _3=["line 2", "e-mail"],
            _4=["line 2", "name and company"],
        )

    def test_lines_about_one_contact(self):
        """Found by its address in one line, by its name in another."""
        company = self.prospect("Example Freight", is_company=True)
        self.prospect("Ann", parent_id=company.id, email="ann@freight.example.com")
        self.assertLeftOut(
            [
                {"Name": "Ann", "Company": "Example Freight"},
                {"Name": "Ann Two", "E-mail": "ann@freight.example.com"},
            ],
            _3="line 2",
        )

    def test_missing_names(self):
        self.prospect("Ben Example", email="ben@example.com")
        self.assertLeftOut(
            [
                {"Name": "", "E-mail": "", "City": "Leeds"},
                {"Name": "", "E-mail": "nobody@example.com"},
                {"Name": "", "E-mail": "ben@example.com", "City": "Leeds"},
            ],
            _2="no name",
            _3=["no name", "nobody@example.com"],
        )
        self.assertEqual(self.contact("Ben Example").city, "Leeds")

    def test_contacts_that_cannot_be_told_apart(self):
        self.prospect("Al"), self.prospect("Al")
        self.assertLeftOut([{"Name": "Al", "City": "X"}], _2=["2 contacts", "Al"])

    def test_addresses_that_are_none(self):
        self.assertLeftOut([{"Name": "Al", "E-mail": "al at home"}], _2="al at home")

    def test_addresses_of_one_company_that_differ(self):
        shown = self.upload([ANN, {**ANN, "Name": "Al", "E-mail": "", "City": "York"}])
        self.assertEqual(shown["warnings"][0][0], 3)
        self.assertIn("line 2", shown["warnings"][0][1])
        self.assertCounts(self.run_import(shown), created=2)
        self.assertEqual(self.contact("Al").city, "Leeds")

    def test_formulas_are_text(self):
        row = {
            "Name": '=HYPERLINK("http://example.com","Ben")',
            "Phone": "+44 20 7946 0120",
            "City": "-1+1",
            "Notes": "@SUM(A1)",
        }
        self.load([row])
        ben = self.contact(row["Name"])
        self.assertEqual((ben.phone, ben.city), (row["Phone"], row["City"]))
        self.assertIn("@SUM(A1)", str(ben.comment))

    def test_a_line_that_is_refused_leaves_the_others_alone(self):
        """By something that no check here knows of."""
        self.env["ir.rule"].sudo().create(
            {
                "name": "No Zed",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": [("name", "!=", "Zed 7")],
            }
        )
        rows = [{"Name": f"Zed {n}", "Staff?": "1"} for n in range(20)]
        shown = self.upload(rows)
        self.assertCounts(self.run_import(shown), created=19, rejected=1)
        self.assertIn(9, dict(self.record(shown).get_preview()["errors"]))
        self.assertProfiles(self.contact("Zed 8"), "SaaS")


@tagged("post_install", "-at_install")
class TestProspectsExport(ImportCase):
    """What is exported is imported again, and changes nothing."""

    def file(self, action):
        """Return the record behind a download, as ``(name, content)``."""
        id_ = int(action["url"].split("/crm.profiling.export/")[1].split("/")[0])
        export = self.env["crm.profiling.export"].browse(id_)
        return export.name, base64.b64decode(export.file)

    def export(self, partners, format_):
        wizard = self.env["crm.profiling.export"].create(
            {"format": format_, "partner_ids": [Command.set(partners.ids)]}
        )
        return self.file(wizard.action_export())

    def table(self, content):
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))

    def people(self):
        """Contacts of all kinds, with answers and values that are easily lost."""
        self.ask("Sector?").selection_mode = "multiple"
        self.ask("Staff?").level = "company"
        odd = ["a;b", '"c"', "=1+1", "-", "d, e"]
        self.question("Odd?", odd, selection_mode="multiple")
        company = self.prospect("Example Freight", is_company=True, city="Leeds")
        tags = [self.tag("Fair").id, self.tag("A; b").id, self.tag("A, b").id]
        ann = self.prospect(
            "=Ann()",
            {
                "Sector?": ["IT", "Services"],
                "Staff?": "1",
                "Odd?": odd,
            },
            parent_id=company.id,
            phone="+44 20 7946 0120",
            comment="<p>One<br/>two</p>",
            category_id=[Command.set(tags)],
            lang="en_US",
        )
        twins = self.prospect("Twin"), self.prospect("Twin", {"Journalist?": "No"})
        address = self.prospect("Postbox", parent_id=company.id, type="invoice")
        return company | ann | twins[0] | twins[1] | address

    def assertRoundTrip(self, format_):
        people = self.people()
        name, content = self.export(people, format_)
        self.assertEqual(name, f"contacts.{format_}")
        before = self.written()
        progress = self.load(content, name=name)
        self.assertCounts(progress, created=0, updated=0, unchanged=4, rejected=0)
        self.assertEqual(self.written(), before)

    def written(self):
        self.env.flush_all()
        self.env.cr.execute("SELECT id, ctid FROM crm_profiling_response ORDER BY id; ")
        responses = self.env.cr.fetchall()
        self.env.cr.execute("SELECT id, ctid FROM res_partner ORDER BY id")
        return responses, self.env.cr.fetchall(), self.rows()

    def test_csv_and_back(self):
        self.assertRoundTrip("csv")

    def test_xlsx_and_back(self):
        self.assertRoundTrip("xlsx")

    def test_addresses_are_no_lines(self):
        ben = self.prospect("Ben Example", is_company=True)
        other = self.prospect("Holt", parent_id=ben.id, type="invoice")
        _headings, *rows = self.table(self.export(ben | other, "csv")[1])
        self.assertEqual(len(rows), 1)
        self.assertIn("Ben Example", rows[0])

    def test_a_column_for_each_question(self):
        ben = self.prospect("Ben", {"Sector?": "IT", "Staff?": "1"})
        headings, row = self.table(self.export(ben, "csv")[1])
        self.assertEqual(headings[-6:], list(self.questions()))
        self.assertEqual(row[-6:], ["", "IT", "1", "", "", ""])
        self.assertEqual(row[0], "Ben")

    def questions(self):
        return self.env["crm.profiling.question"].search([]).mapped("name")

    def test_no_formula_gets_out(self):
        ben = self.prospect("=1+1", phone="+1 555 0100", function="@SUM(A1)")
        _headings, row = self.table(self.export(ben, "csv")[1])
        self.assertFalse([cell for cell in row if cell[:1] in "=+-@" and cell])

    def test_those_who_may_not_export(self):
        export = self.env["crm.profiling.export"].with_user(self.salesman)
        with self.assertRefused(AccessError, "export"):
            export.create({"partner_ids": False}).action_export()

    def test_the_template(self):
        self.env["res.lang"].sudo()._activate_lang("fr_FR")
        self.ask("Sector?").with_context(lang="fr_FR").name = "Secteur ?"
        Import = self.env["crm.profiling.import"].with_context(lang="fr_FR")
        name, content = self.file(Import.action_template())
        shown = self.upload(content, name=name)
        self.assertNotIn("", self.targets(shown))
        self.assertIn("Secteur ?", [c["heading"] for c in shown["columns"]])
        self.assertEqual(self.errors(shown), {2: "The example line of the template."})
        self.assertEqual(shown["problems"], [])
        self.assertEqual(len(shown["sheets"]), 2)

    def test_lines_left_out_come_back_with_the_reason(self):
        for ending in ("csv", "xlsx"):
            with self.subTest(ending=ending):
                rows = [{"Name": "Al", "E-mail": "=al"}, {"Name": f"Cy {ending}"}]
                content = csv_of(rows)
                if ending == "xlsx":
                    table = self.table(content)
                    export = self.env["crm.profiling.export"]
                    content = export._xlsx(table[0], table[1:])
                shown = self.upload(content, name=f"fair.{ending}")
                self.run_import(shown)
                name, content = self.file(self.record(shown).action_rejected())
                self.assertEqual(name, f"fair, lines left out.{ending}")
                again = self.upload(content, name=name)
                self.assertEqual(self.targets(again), ["name", "email", ""])
                self.assertEqual(set(self.errors(again)), {2})
                self.assertIn("=al", again["columns"][2]["examples"][0])

    def test_what_comes_back_is_of_the_kind_that_was_uploaded(self):
        """A text may be called as people call texts; all else is a workbook."""
        for name, kind in (
            ("fair.TXT", "csv"), ("fair.CSV", "csv"), ("fair.tsv", "xlsx"),
            ("fair", "xlsx"),
        ):  # fmt: skip
            shown = self.upload([{"Name": "Al", "E-mail": "=al"}], name=name)
            given, _content = self.file(self.record(shown).action_rejected())
            self.assertEqual(given, f"fair, lines left out.{kind}")

    def test_lines_imported_in_part_come_back_with_what_is_missing(self):
        rows = [ANN, {**ANN, "Name": "Al", "E-mail": "", "City": "York"}, {**BEN}]
        shown = self.upload(rows)
        for run in (None, self.run_import):  # before, and after
            if run:
                run(shown)
            name, content = self.file(self.record(shown).action_warnings())
            self.assertEqual(name, "fair, imported in part.csv")
            headings, *lines = self.table(content)
            self.assertEqual(headings[-1], "Imported in part")
            [line] = lines
            self.assertEqual(line[0], "Al")
            self.assertTrue(line[-1].startswith("Line 3: Without"), line[-1])
            self.assertIn("line 2", line[-1])
        self.assertEqual(self.targets(self.upload(content, name=name))[-1], "")


@tagged("post_install", "-at_install", "browser")
class TestImportTour(ProfilingCase, HttpCase):
    def test_a_file_is_corrected_and_imported(self):
        self.start_tour("/odoo", "crm_profiling_import_tour", login=self.manager.login)

        found = self.env["res.partner"].search([("name", "like", "% Import")])
        ivy, ian, uma = (
            found.filtered(lambda p, name=name: p.name.startswith(name))
            for name in ("Ivy", "Ian", "Uma")
        )
        self.assertAnswers(ivy, {"Sector?": "IT", "Staff?": "1"})
        self.assertProfilesAndTags(ivy, "Partnership", "SaaS")
        self.assertProfilesAndTags(ian, "SaaS")
        self.assertAnswers(uma, {"Sector?": "Circus", "Staff?": "500+"})
        self.assertEqual(found.profiling_response_ids.user_id, self.manager)

    def test_a_file_with_trouble_from_drop_to_undo(self):
        petrel = self.prospect("Petrel Ltd", is_company=True)
        self.start_tour(
            "/odoo", "crm_profiling_import_trouble_tour", login=self.manager.login
        )
        self.assertFalse(self.env["res.partner"].search([("name", "like", "Trouble")]))
        self.assertTrue(petrel.exists())
        self.assertFalse(self.ask("Footwear?"))
        tags = self.env["res.partner.category"].search([("name", "=", "Trouble")])
        self.assertFalse(tags)
        kept = self.env["crm.profiling.import.memory"].search([])
        # the question went, and what was said of its heading with it
        self.assertEqual(sorted(kept.mapped("name")), ["Circus", "Petrel"])

    def test_the_same_without_the_right_to_create_answers(self):
        self.start_tour(
            "/odoo", "crm_profiling_import_salesman_tour", login=self.salesman.login
        )
        self.assertFalse(self.env["res.partner"].search([("name", "like", "Trouble")]))

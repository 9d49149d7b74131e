"""Files that programs export, and what people made of them since."""

import io
from datetime import datetime
from unittest.mock import patch

import xlwt

from odoo.tests import tagged

from ...models.prospects import crm_profiling_import_run
from ..spreadsheets import workbook
from .test_import_cases import CaseOfFile

SURVEYMONKEY = """\
Respondent ID,Start Date,IP Address,Email Address,First Name,How can we reach you?,,,\
Sector?,,,Staff?,Anything else?
,,,,,Name,Company,Email Address,IT,Services,Others,Response,Open-Ended Response
118241,11/12/2026 09:12:01,203.0.113.7,,,Hanna Rieger,Rieger Optik,hanna@rieger.test,\
,Services,,2-20,Please call
118242,11/12/2026 10:02:11,203.0.113.8,,,Olu Adeyemi,Adeyemi Freight,olu@adeyemi.test,\
IT,,Others,51-100,
"""

MAILCHIMP = """\
Email Address,First Name,Last Name,Phone Number,MEMBER_RATING,OPTIN_TIME,NOTES,TAGS
nils@fjord.test,Nils,Fjord,,4,2026-05-01 10:00:00,met 2025,\
"\"\"Fair 2026\"\",\"\"Hot, lead\"\""
ada@fjord.test,Ada,Lund,,2,2026-05-02 10:00:00,,"\"\"Fair 2026\"\""
"""

PIPEDRIVE = """\
Person - ID,Person - Name,Person - Labels,Person - Organization,Person - Email - Work,\
Person - Email - Home,Person - Phone - Work,Person - Phone - Mobile,Person - Owner,\
Person - Person created
11,Ivo Brandt,Fair 2026,Brandt Print,"ivo@brandt.test, sales@brandt.test",,\
+31 20 555 0111,+31 6 50012345,Ann,2026-10-01 08:00:00
"""

DYNAMICS = [
    ["(Do Not Modify) Contact", "(Do Not Modify) Modified On", "Full Name",
     "Company Name", "Business Phone", "Email", "Address 1: Street 1",
     "Address 1: City", "Address 1: ZIP/Postal Code", "Address 1: Country/Region"],
    ["a7c0e0aa-0001-ee11", datetime(2026, 11, 14, 9, 30), "Tara Voss", "Voss Marine",
     "+1 206 555 0199", "tara@voss.test", "2 Dock Rd", "Seattle", "98101", "U.S."],
]  # fmt: skip

ODOO = [
    ["External ID", "Name", "Related Company", "Email", "Phone", "Is a Company",
     "Notes"],
    ["__export__.res_partner_61_a", "Quill & Co", None, "office@quill.test",
     "+1 206 555 0191", True, "<p>Key <b>account</b><br>since 2019 &amp; before</p>"],
    ["__export__.res_partner_62_b", "Rae Quill", "Quill & Co", "rae@quill.test",
     False, False, "<p><br></p>"],
]  # fmt: skip


@tagged("post_install", "-at_install")
class TestExports(CaseOfFile):
    def values(self, name, *fields):
        contact = self.contact(name)
        return [
            contact[field].name if field.endswith("_id") else contact[field]
            for field in fields
        ]

    def test_headings_of_two_lines(self):
        self.ask("Sector?").selection_mode = "multiple"
        shown = self.text(SURVEYMONKEY)
        self.assertEqual(shown["problems"], [])
        self.assertIn("two lines, 1", " ".join(shown["notes"]))
        self.assertEqual(
            [c["heading"] for c in shown["columns"]][5:12],
            ["Name", "Company", "Email Address", "Sector? [IT]", "Sector? [Services]",
             "Sector? [Others]", "Staff?"],
        )  # fmt: skip
        self.assertTwice(SURVEYMONKEY.encode())
        self.assertEqual(
            self.values("Hanna Rieger", "email", "parent_id"),
            ["hanna@rieger.test", "Rieger Optik"],
        )
        olu = self.contact("Olu Adeyemi")
        self.assertAnswers(olu, {"Sector?": ["IT", "Others"], "Staff?": "51-100"})

    def test_headings_of_two_lines_are_chosen_apart(self):
        shown = self.text(SURVEYMONKEY)
        shown = self.record(shown).set_options({"heading": 2})
        self.assertEqual(shown["columns"][5]["heading"], "Name")
        self.assertEqual(shown["columns"][0]["heading"], "")

    def test_groups_of_columns_above_the_headings(self):
        """As people lay out their own lists: cells merged over both lines, too."""
        rows = [
            ["No.", "Contact", None, None, "Company", None],
            [None, "Name", "Email", "Phone", "Name", "City"],
            [1, "Una Bell", "una@bell.test", "+44 20 7946 0125", "Bell Ltd", "Hull"],
        ]

        def merge(_book, sheet):
            for area in ("A1:A2", "B1:D1", "E1:F1"):
                sheet.merge_cells(area)

        self.assertTwice(workbook(*rows, setup=merge), name="fair.xlsx")
        self.assertEqual(
            self.values("Una Bell", "email", "parent_id", "city"),
            ["una@bell.test", "Bell Ltd", "Hull"],
        )

    def test_a_person_below_the_headings_is_none(self):
        for table in (
            "Name,Company,,,\nAnn Lee,Lee Ltd,x,y,z\n",
            "Name,Phone,Fax,Mobile,,\nAnn Lee,,,,x,y\n",
            "Visitors,,,\nName,Company,Stand,Hall\nAnn Lee,Lee Ltd,4,5\n",
        ):
            with self.subTest(table=table):
                shown = self.text(table)
                self.assertCounts(shown["progress"], created=1, rejected=0)
                self.assertEqual(self.targets(shown)[0], "name")

    def test_of_two_lines_that_are_one_contact_the_newer_one_counts(self):
        """Also where they are known to be one by what was said of their companies."""
        rows = [
            {"Name": "Ivo Brandt", "Company": "Brandt Print",
             "E-mail": "ivo@brandt.test", "Date": "2026-10-01", "Staff?": "2-20",
             "City": "Hull"},
            {"Name": "Ivo Brandt", "Company": "Brandt Print BV",
             "E-mail": "ivo.b@brandt.test", "Date": "2026-10-02", "Staff?": "51-100",
             "City": ""},
        ]  # fmt: skip
        for size in (500, 1):
            before = None
            for _time in range(2):
                shown = self.record(self.upload(rows)).set_options({"asked_column": 3})
                if shown["similar_count"]:
                    self.record(shown).set_company(None, None)
                with patch.object(crm_profiling_import_run, "BATCH_SIZE", size):
                    self.run_import(shown)
                if before:
                    self.assertEqual(self.everything(), before)
                before = self.everything()
            ivo = self.contact("Ivo Brandt")
            self.assertEqual((ivo.email, ivo.city), ("ivo.b@brandt.test", False))
            self.assertAnswers(ivo, {"Staff?": "51-100"})
            self.contact("Ivo Brandt").unlink()

    def test_the_same_contact_in_another_batch(self):
        self.prospect("Al Dee", phone="+44 20 7946 0123")
        rows = [
            {"Name": "Al Dee", "Phone": "+44 20 7946 0123", "City": "Hull"},
            {"Name": "Al Dee", "Phone": "+44 20 7946 0123", "City": "Leeds",
             "Company": "Dee Ltd"},
        ]  # fmt: skip
        shown = self.record(self.upload(rows)).set_options({"mode": "replace"})
        self.assertEqual([line for line, _why in shown["errors"]], [3])
        with patch.object(crm_profiling_import_run, "BATCH_SIZE", 1):
            self.assertCounts(self.run_import(shown), rejected=1)
        self.assertEqual(self.contact("Al Dee").city, "Hull")
        [[_line, why]] = self.record(shown).sudo().rejected
        self.assertIn("a line before: Al Dee", why)

    def test_mailchimp(self):
        fair, hot = self.tag("Fair 2026"), self.tag("Hot, lead")
        self.assertTwice(MAILCHIMP.encode())
        self.assertEqual(self.contact("Nils Fjord").category_id, fair | hot)
        self.assertEqual(self.contact("Ada Lund").category_id, fair)

    def test_pipedrive(self):
        fair = self.tag("Fair 2026")
        self.assertTwice(PIPEDRIVE.encode())
        ivo = self.contact("Ivo Brandt")
        self.assertEqual(
            (ivo.email, ivo.phone, ivo.parent_id.name, ivo.category_id),
            ("ivo@brandt.test", "+31 20 555 0111", "Brandt Print", fair),
        )
        self.assertIn("+31 6 50012345", ivo.comment)

    def test_dynamics(self):
        content = workbook(*DYNAMICS)
        self.assertTwice(content, name="contacts.xlsx")
        self.assertEqual(
            self.values("Tara Voss", "street", "city", "zip", "phone", "parent_id"),
            ["2 Dock Rd", "Seattle", "98101", "+1 206-555-0199", "Voss Marine"],
        )

    def test_odoo(self):
        """A company is none of the people, and no note has tags of HTML in it."""
        content = workbook(*ODOO)
        progress = self.assertTwice(content, name="res.partner.xlsx")
        self.assertCounts(progress, created=2, companies=0, rejected=0)
        quill, rae = self.contact("Quill & Co"), self.contact("Rae Quill")
        self.assertEqual((quill.is_company, rae.parent_id), (True, quill))
        self.assertEqual((rae.phone, rae.comment), (False, False))
        self.assertIn("since 2019 &amp; before", quill.comment)
        self.assertNotIn("&lt;", quill.comment)

    def test_what_becomes_of_a_company_is_shown(self):
        """What lines of its people say of it, nothing of which goes unseen."""
        dock = self.prospect("Dock Ltd", is_company=True, city="Hull")
        rows = [
            {"Name": "Al Dee", "Company": "Dock Ltd", "City": "Bath", "ZIP": "BA1"},
            {"Name": "Bo Eff", "Company": "Dock Ltd", "City": "Bath", "ZIP": ""},
        ]
        shown = self.upload(rows)  # what stays is no change; its ZIP is filled in
        self.assertCounts(shown["progress"], created=2, companies_updated=1)
        shown = self.record(shown).set_options({"mode": "replace"})
        [update] = shown["updates"]
        self.assertEqual((update["id"], update["line"]), (dock.id, 2))
        kinds = {
            c["field"]: (c["before"], c["after"], c["kind"]) for c in update["changes"]
        }
        self.assertEqual(kinds["zip"], ("", "BA1", "write"))
        self.assertEqual(kinds["city"][:2], ("Hull", "Bath"))
        self.run_import(shown)
        self.assertEqual(self.stored(dock).zip, "BA1")
        # what a line says of the company itself stands with that line
        rows = [{"Name": "Dock Ltd", "Company": "Dock Ltd", "Website": "dock.test"}]
        shown = self.upload(rows)
        [update] = shown["updates"]
        self.assertEqual([c["field"] for c in update["changes"]], ["website"])
        self.assertCounts(shown["progress"], updated=1, companies_updated=0)
        # and where nothing of it is written, nothing is announced
        rows = [{"Name": "Cy Gee", "Company": "Dock Ltd", "City": "York"}]
        shown = self.upload(rows)
        self.assertCounts(shown["progress"], created=1, companies_updated=0)

    def test_microsoft_forms(self):
        content = workbook(
            ["ID", "Completion time", "Email", "Name", "Your full name",
             "Email address", "Company\xa0", "Sector?", "Staff?\n"],
            [1, datetime(2026, 11, 12, 8, 3, 9), "anonymous", None, "Greta Holm",
             "greta@holm.test", "Holm Data AS", "IT;", "21-50"],
            [2, datetime(2026, 11, 12, 8, 13), "anonymous", "anonymous",
             "Yusuf\xa0Kaya", "yusuf@kaya.test", "Kaya AS", "Services;", "51-100"],
        )  # fmt: skip
        shown = self.upload(content, name="Form.xlsx")
        self.record(shown).set_column(3, "")
        shown = self.record(shown).set_column(4, "name")
        self.assertCounts(self.run_import(shown), created=2, rejected=0)
        greta = self.contact("Greta Holm")
        self.assertEqual(greta.email, "greta@holm.test")
        self.assertAnswers(greta, {"Sector?": "IT", "Staff?": "21-50"})
        self.contact("Yusuf Kaya")

    def test_states(self):
        rows = [
            {"Name": "Al Dee", "State": "California (US)", "Country": ""},
            {"Name": "Bo Eff", "State": "12", "Country": ""},
            {"Name": "Cy Gee", "State": "California", "Country": "Ελλάδα"},
            {"Name": "Di Hoe", "State": "CA", "Country": "United States"},
        ]
        shown = self.upload(rows)
        self.assertEqual(shown["problems"], [])
        warned = dict(shown["warnings"])
        self.assertEqual([*warned], [3, 4])
        self.assertIn("Write the country", warned[3])
        self.assertIn("another country", warned[4])
        self.assertCounts(self.run_import(shown), created=4, rejected=0)
        california = self.env.ref("base.state_us_5")
        for name in ("Al Dee", "Di Hoe"):
            self.assertEqual(self.contact(name).state_id, california)
        for name in ("Bo Eff", "Cy Gee"):
            self.assertFalse(self.contact(name).state_id)

    def test_a_column_that_tells_companies_from_people(self):
        rows = [
            {"Name": "Dock Ltd", "Company type": "Company", "Company": "Quay Ltd"},
            {"Name": "Ann Dock", "Company type": "Individual", "Company": "Dock Ltd"},
            {"Name": "Bo Alone", "Company type": "", "Company": ""},
        ]
        shown = self.upload(rows)
        self.assertEqual(self.targets(shown), ["name", "is_company", "company"])
        self.assertIn("Quay Ltd", dict(shown["warnings"])[2])
        self.assertCounts(self.run_import(shown), created=3, companies=0)
        self.assertEqual(self.contact("Ann Dock").parent_id, self.contact("Dock Ltd"))
        self.assertFalse(self.contact("Bo Alone").is_company)
        # what kind of company it is, is something else
        rows[0]["Company type"] = "Wholesale"
        self.assertEqual(self.targets(self.upload(rows))[1], "")

    def test_whoever_is_none_is_none_in_a_file_of_companies(self):
        rows = [
            {"Name": "Dock Ltd", "Is a company": ""},
            {"Name": "Ann Dock", "Is a company": "no"},
        ]
        shown = self.record(self.upload(rows)).set_options({"are_companies": True})
        self.run_import(shown)
        self.assertTrue(self.contact("Dock Ltd").is_company)
        self.assertFalse(self.contact("Ann Dock").is_company)

    def test_cells_merged_over_several_people(self):
        rows = [
            ["Company", "Name", "City"],
            ["Alpin KG", "Resi Huber", "Linz"],
            [None, "Toni Huber", None],
            ["Holz AG", "Ulf Maier", "Wels"],
        ]

        def merge(_book, sheet):
            sheet.merge_cells("A2:A3")
            sheet.merge_cells("C2:C3")

        self.assertTwice(workbook(*rows, setup=merge), name="fair.xlsx")
        alpin = self.contact("Alpin KG")
        self.assertEqual(self.contact("Toni Huber").parent_id, alpin)
        self.assertEqual(alpin.city, "Linz")
        made = xlwt.Workbook()
        sheet = made.add_sheet("Fair")
        for at, name in enumerate(("Name", "Ida Berg", "Jo Berg")):
            sheet.write(at, 1, name)
        sheet.write(0, 0, "Company")
        sheet.write_merge(1, 2, 0, 0, "Berg Ltd")
        file = io.BytesIO()
        made.save(file)
        self.assertTwice(file.getvalue(), name="fair.xls")
        self.assertEqual(self.contact("Jo Berg").parent_id.name, "Berg Ltd")

    def test_headings_again(self):
        """Where lists were put one below the other, or printed page by page."""
        for number, again in enumerate(("Name,Company,City", "Full name,Firma,Town,x")):
            again = again.removesuffix(",x")
            with self.subTest(again=again):
                shown = self.text(
                    f"Name,Company,City\nAl {number} Dee,Dee Ltd,Hull\n\n{again}\n"
                    f"Bo {number} Eff,Eff Ltd,Leeds\n"
                )
                self.assertEqual([line for line, _why in shown["errors"]], [4])
                self.assertCounts(self.run_import(shown), created=2)
        # people and companies may be called as headings are
        shown = self.text("Name,Company\nPat Name,Firma\nGuest,Guest Ltd\nPage,Notes\n")
        self.assertCounts(shown["progress"], created=3, rejected=0)

    def test_several_columns_of_notes_and_of_tags(self):
        fair, hot = self.tag("Fair 2026"), self.tag("Hot")
        content = (
            b"Name,Notes,Notes,Tags,Labels\nAl Dee,first,second,Fair 2026,Hot\n"
            b"Bo Eff,,only,Hot,Hot\n"
        )
        shown = self.upload(content)
        self.assertEqual(shown["problems"], [])
        self.assertTwice(content)
        al, bo = self.contact("Al Dee"), self.contact("Bo Eff")
        self.assertIn("first<br>second", str(al.comment).replace("<br/>", "<br>"))
        self.assertEqual((al.category_id, bo.category_id), (fair | hot, hot))
        self.assertIn("only", bo.comment)

    def test_false_is_no_phone(self):
        row = {"Name": "Al Dee", "Phone": "False", "City": "FALSE", "Notes": "false"}
        self.load([row])
        self.assertEqual(self.values("Al Dee", "phone", "city", "comment"), [False] * 3)
        self.load([{"Name": "False", "Company": "False Ltd"}])
        self.contact("False")

    def test_letters_are_put_together(self):
        """As lists made on a Mac have them apart."""
        self.load([{"Name": "Jo\u0308rg Mu\u0308ller", "City": "Zu\u0308rich"}])
        self.assertEqual(self.values("J\u00f6rg M\u00fcller", "city"), ["Z\u00fcrich"])

    def test_letters_that_were_garbled_before_are_told(self):
        for said in ("JosÃ© PÃ©rez", "MÃ¼ller", "Leeâ€™s", "M\ufffdller"):
            with self.subTest(said=said):
                shown = self.text(f"Name,City\nAnn Lee,Leeds\n{said},x\n")
                [note] = shown["notes"]
                self.assertIn("garbled", note)
                self.assertTrue(note.endswith("Lines: 3"), note)
        for said in ("São Paulo", "Ärzte", "Ångström", "Ðuro Ž", "naïve â", "Œ’"):
            self.assertEqual(self.text(f"Name\n{said}\n")["notes"], [], said)

    def test_a_quotation_mark_that_nobody_closed_is_told(self):
        table = 'Name,City,Notes\nAl Dee,Hull,"starts\nBo Eff,Leeds,x\nCy Gee,York,y\n'
        shown = self.text(table)
        self.assertIn("quotation mark", " ".join(shown["notes"]))
        self.assertTrue(shown["notes"][0].endswith("Lines: 2"))
        shown = self.text('Name,City,Notes\nAl Dee,Hull,"one, two\nand three"\n')
        self.assertEqual(shown["notes"], [])

    def test_dates_that_cannot_be_read_are_told(self):
        self.load([{"Name": "Al Dee", "Journalist?": "No"}])
        shown = self.text(
            "Name,Date,Journalist?\nAl Dee,13-Nov-25,Yes\nBo Eff,soon,Yes\n"
            "Cy Gee,-,No\n"
        )
        self.assertEqual(shown["warnings"], [])
        shown = self.record(shown).set_options({"asked_column": 1})
        self.assertEqual([line for line, _why in shown["warnings"]], [2, 3])
        self.assertIn("said something else", dict(shown["warnings"])[2])
        self.assertIn("“soon” is no date", dict(shown["warnings"])[3])

    def test_moments_with_a_zone_are_of_that_zone(self):
        self.manager.tz = "Asia/Tokyo"
        for said, hour in (
            ("2026-11-12T10:00:00Z", 10),
            ("2026/11/12 10:00:00 AM GMT+2", 8),
            ("2026-11-12 10:00:00", 1),
        ):
            shown = self.text(f"Name,Date,Journalist?\nAl {hour} Dee,{said},Yes\n")
            record = self.record(shown)
            record.set_options({"asked_column": 1})
            self.run_import(shown)
            response = self.env["crm.profiling.response"].search(
                [("partner_id", "=", self.contact(f"Al {hour} Dee").id)]
            )
            self.assertEqual(response.date, datetime(2026, 11, 12, hour), said)

    def test_headings_in_many_languages(self):
        names = ("last_name", "first_name", "company", "phone", "city")
        for headings, targets in (
            ("Επώνυμο;Όνομα;Εταιρεία;Τηλέφωνο;Πόλη", names),
            ("Soyadı;Adı;Şirket;İş Telefonu;Şehir", names),
            ("SOYADI;ADI;ŞİRKET;TELEFON;ŞEHİR", names),
            ("姓;名;会社名;電話番号;市区町村", names),
            ("姓;名;公司;电话;城市", names),
            ("Priezvisko;Meno;Spoločnosť;Telefón;Mesto", names),
            ("Прізвище;Ім’я;Компанія;Телефон;Місто", names),
            ("Nom;Prenom;Societe;Tel. fixe;Ville", names),
            ("Prijmeni;Jmeno;Firma;Telefon;Mesto", names),
            ("Name;Vorname;Firma 1;Festnetz;Ort", names),
            ("氏名;携帯電話;役職;郵便番号;住所",
             ("name", "mobile", "function", "zip", "street")),
            ("姓名;手机;职位;邮编;地址",
             ("name", "mobile", "function", "zip", "street")),
        ):  # fmt: skip
            with self.subTest(headings=headings):
                shown = self.text(f"{headings}\na;b;c;d;e\n")
                self.assertEqual(self.targets(shown), [*targets])

"""Files as people have them: each kind in several variants, with its right outcome."""

import base64
import functools
import random
from datetime import time
from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from ...models.prospects import (
    crm_profiling_import_screen,
    crm_profiling_import_screen_columns,
)
from ..spreadsheets import workbook
from .test_import import ANN, BEN, ImportCase, csv_of


class CaseOfFile(ImportCase):
    def text(self, text, encoding="utf-8-sig", **kwargs):
        """Upload a text; return what the screen shows."""
        return self.upload(text.encode(encoding), **kwargs)

    def found(self, domain):
        self.env.invalidate_all()
        return self.env["res.partner"].search(domain)

    def everything(self):
        """Return the place on disk of all that an import could write."""
        self.env.flush_all()
        rows = []
        for table in (
            "res_partner",
            "crm_profiling_response",
            "crm_profiling_membership",
            "res_partner_res_partner_category_rel",
        ):
            self.env.cr.execute(f"SELECT ctid, t::text FROM {table} t ORDER BY 2")
            rows += self.env.cr.fetchall()
        return rows

    def assertTwice(self, content, **kwargs):
        """Import twice: the second time changes nothing."""
        first = self.load(content, **kwargs)
        before = self.everything()
        again = self.load(content, **kwargs)
        self.assertCounts(again, created=0, updated=0, companies=0)
        self.assertEqual(again["unchanged"], first["created"] + first["updated"])
        self.assertEqual(self.everything(), before)
        return first


@tagged("post_install", "-at_install")
class TestHeadings(CaseOfFile):
    def assertTargets(self, headings, *targets):
        row = ",".join(f"cell {n}" for n in range(headings.count(",") + 1))
        self.assertEqual(self.targets(self.text(f"{headings}\n{row}\n")), [*targets])

    def test_a_number_is_no_name(self):
        for heading in ("Attendee #", "Lead No.", "Visitor number", "№ участника",
                        "Kontakt-Nr.", "Participant ID", "Company ID"):  # fmt: skip
            with self.subTest(heading=heading):
                self.assertTargets(
                    f"First Name,Last Name,Email,{heading}",
                    "first_name", "last_name", "email", "",
                )  # fmt: skip
        self.load(b"First Name,Last Name,Email,Attendee #\nPetra,Vogel,p@v.test,30111")
        self.contact("Petra Vogel")

    def test_a_number_that_is_wanted(self):
        self.assertTargets(
            "Name*,Phone no.,Mobile number,Customer reference,Telefonnummer?",
            "name", "phone", "mobile", "ref", "phone",
        )  # fmt: skip

    def test_what_programs_write(self):
        salesforce = (
            "First Name,Last Name,Title,Company / Account,Email,Phone,Mobile,Street,"
            "City,State/Province,Zip/Postal Code,Country,Lead Source"
        )
        self.assertTargets(
            salesforce,
            "first_name", "last_name", "function", "company", "email", "phone",
            "mobile", "street", "city", "state", "zip", "country", "",
        )  # fmt: skip
        self.assertTargets(
            "Given Name,Family Name,Organization Name,Organization Title,"
            "E-mail 1 - Value,Phone 1 - Value,Address 1 - City,Address 1 - Country",
            "first_name", "last_name", "company", "function", "email", "phone",
            "city", "country",
        )  # fmt: skip
        self.assertTargets(
            "Vorname,Nachname,Firma,Position,E-Mail-Adresse,Telefon geschäftlich,"
            "Straße geschäftlich,Ort geschäftlich,Postleitzahl geschäftlich",
            "first_name", "last_name", "company", "function", "email", "phone",
            "street", "city", "zip",
        )  # fmt: skip
        self.assertTargets(
            "Lead Name,Designation,Company Name,Work Email,Work Phone,Website URL,"
            "Street Address,Postal Code,Country/Region",
            "name", "function", "company", "email", "phone", "website", "street",
            "zip", "country",
        )  # fmt: skip

    def test_the_name_beside_a_first_name(self):
        shown = self.text("Prénom,Nom\nZoé,Durand\n")
        self.assertEqual(self.targets(shown), ["first_name", "last_name"])
        shown = self.text("First name,Name\nZoe,Zoe Durand\n")
        self.assertEqual(self.targets(shown), ["first_name", "name"])

    def test_forms_of_address_are_no_job(self):
        shown = self.text("Title,Name\nMr,Al Example\nDr.,Bea Example\n")
        self.assertEqual(self.targets(shown), ["", "name"])

    def test_of_two_columns_the_empty_one_steps_back(self):
        shown = self.text("Name,Email,E-mail address\nAl Example,,al@example.com\n")
        self.assertEqual(self.targets(shown), ["name", "", "email"])
        shown = self.text("Name,Email,E-mail address\nAl Example,a@b.test,c@d.test\n")
        self.assertStopped(shown, "“Email” (B), “E-mail address” (C)")

    def assertStopped(self, shown, word):
        self.assertIn(word, " ".join(shown["problems"]))
        with self.assertRefused(UserError, word):
            self.record(shown).begin()

    def test_ids_of_other_programs(self):
        shown = self.text("Contact ID,Name\n003Dn00000X,Al Example\n")
        self.assertEqual(self.targets(shown), ["", "name"])

    def test_a_column_for_each_answer(self):
        question = self.question(
            "Interests", ["Training", "Services", "Demo"], selection_mode="multiple"
        )
        headings = [f"Interests [{name}]" for name in ("Training", "Services", "Demo")]
        ticks = [("Yes", "No", "x"), ("J", "", "N"), ("1", "0", ""), ("TRUE", "-", "Д")]
        rows = [
            {"Name": f"Al {n} Example", **dict(zip(headings, row, strict=True))}
            for n, row in enumerate(ticks)
        ]
        shown = self.upload(rows)
        self.assertEqual(
            self.targets(shown)[1:], [f"answer:{a.id}" for a in question.answer_ids]
        )
        self.assertEqual(shown["problems"], [])
        self.assertCounts(self.run_import(shown), created=4, rejected=0)
        self.assertAnswers(
            self.contact("Al 0 Example"), {"Interests": ["Training", "Demo"]}
        )
        self.assertAnswers(self.contact("Al 1 Example"), {"Interests": "Training"})
        self.assertAnswers(
            self.contact("Al 3 Example"), {"Interests": ["Training", "Demo"]}
        )


@tagged("post_install", "-at_install")
class TestWhereTheTableIs(CaseOfFile):
    def test_preambles(self):
        table = "First Name,Last Name,Company,Position\nOrla,Vance,Petrel,Buyer\n"
        for preamble in (
            'Notes:\n"Some addresses may be missing."\n\n',
            "Visitors of the fair\n\n",
            "sep=,\n",
            "Report,Visitors\nDate,28.11.2026\nBy,A. Reyes\n\n",
        ):
            with self.subTest(preamble=preamble):
                shown = self.text(preamble + table)
                self.assertEqual(
                    self.targets(shown),
                    ["first_name", "last_name", "company", "function"],
                )
                self.assertCounts(shown["progress"], created=1, rejected=0)

    def test_the_headings_can_be_chosen(self):
        shown = self.text("Wer,Firma\nName,Company\nAl Example,Petrel\n")
        self.assertEqual(shown["options"]["heading"], 2)
        self.assertIn([1, "Wer", "Firma"], shown["top"])
        shown = self.record(shown).set_options({"heading": 1})
        self.assertEqual([c["heading"] for c in shown["columns"]], ["Wer", "Firma"])
        self.assertEqual(shown["progress"]["total"], 2)

    def test_footers_are_left_out_by_name(self):
        table = "First Name,Last Name,Email\nMaren,Holt,maren@holt.test\n"
        for footer, lines in (
            ('\n\n"Leads of the fair"\n"Copyright (c) 2000-2026"\n', [5, 6]),
            ("\nTotal records: 1\n", [4]),
            ("Grand Total,,1\n", [3]),
            ("Copyright 2026 Fairs Ltd\n", [3]),
            ("Maren\n", [3]),
        ):
            with self.subTest(footer=footer):
                shown = self.text(table + footer)
                self.assertEqual([line for line, _why in shown["errors"]], lines)
                self.assertEqual(shown["progress"]["created"], 1)

    def test_what_is_hidden_is_told(self):
        def hide(made, sheet):
            sheet.row_dimensions[3].hidden = True
            made.create_sheet("Old").sheet_state = "hidden"

        content = workbook(["Name"], ["Al Example"], ["Bea Example"], setup=hide)
        shown = self.upload(content, name="fair.xlsx")
        notes = " ".join(shown["notes"])
        self.assertIn("Hidden sheets: Old", notes)
        self.assertIn("imported all the same: 3", notes)
        self.assertEqual(shown["progress"]["created"], 2)

    def test_of_many_hidden_lines_twenty_are_named(self):
        for count in (20, 21):

            def hide(_made, sheet, last=count + 2):
                for number in range(2, last):
                    sheet.row_dimensions[number].hidden = True

            rows = [[f"Al {number} Example"] for number in range(count)]
            content = workbook(["Name"], *rows, setup=hide)
            [note] = self.upload(content, name="fair.xlsx")["notes"]
            said = ", ".join(map(str, range(2, 22))) + ("…" if count > 20 else "")
            self.assertTrue(note.endswith(f": {said}"), note)

    def test_of_each_there_is_so_much_is_shown(self):
        """And all of it is counted."""
        rows = []
        for number in range(3):
            self.prospect(f"Ed {number} Example", email=f"ed{number}@there.test")
            self.prospect(f"Crane Works {'ABC'[number]} Ltd", is_company=True)
            rows += [
                {"Name": f"Al {number} Example", "E-mail": "=none"},
                {"Name": f"Ed {number} Example", "E-mail": f"ed{number}@there.test",
                 "City": "Leeds"},
                {"Name": f"Bo {number} Example", "Sector?": f"Circus {number} act"},
                {"Name": f"Cy {number} Example",
                 "Company": f"Crane Works {'ABC'[number]} GmbH"},
            ]  # fmt: skip
        with (
            patch.object(crm_profiling_import_screen, "SHOWN", 2),
            patch.object(crm_profiling_import_screen_columns, "SHOWN", 2),
        ):
            shown = self.upload(rows)
        [column] = [c for c in shown["columns"] if c["heading"] == "Sector?"]
        for things in (
            shown["errors"], shown["updates"], shown["similar"], column["unknown"],
        ):  # fmt: skip
            self.assertEqual(len(things), 2)
        self.assertEqual((column["new"], shown["similar_count"]), (3, 3))
        self.assertCounts(shown["progress"], rejected=3, updated=3)

    def test_what_is_in_a_column_is_shown_by_three_examples(self):
        """Of what is there, as far as it fits."""
        said = ["", "-", "York", "York", "Leeds" * 13, "Hull", "Bath"]
        rows = [
            {"Name": f"Al {number} Example", "City": city}
            for number, city in enumerate(said)
        ]
        shown = self.upload(rows)
        self.assertEqual(
            shown["columns"][1]["examples"], ["-", "York", ("Leeds" * 13)[:60]]
        )


@tagged("post_install", "-at_install")
class TestCells(CaseOfFile):
    def test_a_time_beside(self):
        content = workbook(
            ["Name", "Scanned at"], ["Tim Example", time(9, 30)], ["Al Example", None]
        )
        self.assertCounts(self.load(content, name="fair.xlsx"), created=2)

    def test_texts_that_excel_is_to_take_for_text(self):
        self.load(b'Name,Phone,ZIP\nEx Cape,"=""0171555""","=""01067"""\n')
        contact = self.contact("Ex Cape")
        self.assertEqual((contact.phone, contact.zip), ("0171555", "01067"))

    def test_placeholders_say_nothing(self):
        quin = self.prospect(
            "Quin Base",
            email="quin@base.test",
            phone="1",
            function="Buyer",
            city="Leeds",
            comment="<p>old</p>",
        )
        heads = ["Phone", "Job title", "City", "Notes"]
        for cells in (
            ["-", "N/A", "n/a", "NULL"],
            ["#N/A", "none", "--", "(blank)"],
            ["k.A.", "unbekannt", "нет данных", "undefined"],
        ):
            with self.subTest(cells=cells):
                row = dict(zip(heads, cells, strict=True))
                row = {"Name": "Quin Base", "Email": "quin@base.test", **row}
                for mode in ("fill", "replace"):
                    shown = self.upload([row])
                    shown = self.record(shown).set_options({"mode": mode})
                    self.assertCounts(self.run_import(shown), unchanged=1)
        self.assertEqual(self.stored(quin).city, "Leeds")
        self.load([{"Name": "New Example", "City": "n/a", "Phone": "-"}])
        new = self.contact("New Example")
        self.assertFalse(new.city or new.phone)

    def test_an_answer_that_looks_like_a_placeholder(self):
        self.load([{**BEN, "Budget?": "unknown"}])
        self.assertAnswers(self.contact("Ben Example"), {"Budget?": "Unknown"})

    def test_cells_that_cannot_be_decided(self):
        for cell in ("Yes; perhaps", "perhaps; maybe", "Yes\nNo", "Yes;No;perhaps"):
            with self.subTest(cell=cell):
                shown = self.upload([{**BEN, "Journalist?": cell}, ANN])
                self.assertIn("one answer", self.errors(shown)[2])
                self.assertCounts(self.run_import(shown), rejected=1)

    def test_answers_in_one_cell(self):
        self.ask("Sector?").selection_mode = "multiple"
        for number, cell in enumerate(("IT, Services", "IT; Services", "IT\nServices")):
            with self.subTest(cell=cell):
                name = f"Al {number} Example"
                self.load([{"Name": name, "Sector?": cell}])
                self.assertAnswers(self.contact(name), {"Sector?": ["IT", "Services"]})
        shown = self.upload([{**BEN, "Sector?": "IT; Automotive"}])
        [unknown] = shown["columns"][2]["unknown"]
        self.assertEqual(unknown["value"], "Automotive")

    def test_yes_and_no_in_any_language(self):
        yes = ("J", "o", "да", "1", "x", "TRUE", "Sí")
        no = ("Nein", "N", "нет", "0", "false", "Não")
        rows = [{"Name": f"Al {n} Example", "Journalist?": c}
                for n, c in enumerate((*yes, *no))]  # fmt: skip
        self.assertCounts(self.load(rows), created=len(rows))
        for number in range(len(rows)):
            answer = "Yes" if number < len(yes) else "No"
            contact = self.contact(f"Al {number} Example")
            self.assertAnswers(contact, {"Journalist?": answer})

    def test_yes_and_no_beside_answers_of_before(self):
        """Those that are archived are no more to choose from."""
        question = self.ask("Journalist?")
        question.answer_ids = [
            Command.create({"name": name, "active": False})
            for name in ("Perhaps", "Formerly")
        ]
        self.load([{**BEN, "Journalist?": "ja"}])
        self.assertAnswers(self.contact("Ben Example"), {"Journalist?": "Yes"})
        question.with_context(active_test=False).answer_ids.active = True
        shown = self.upload([{"Name": "Al Example", "Journalist?": "ja"}])
        [unknown] = shown["columns"][1]["unknown"]
        self.assertEqual(unknown["value"], "ja")

    def test_of_three_answers_one_may_be_neither(self):
        self.ask("Journalist?").answer_ids = [Command.create({"name": "Perhaps"})]
        self.load([{**BEN, "Journalist?": "nein"}])
        self.assertAnswers(self.contact("Ben Example"), {"Journalist?": "No"})

    def test_opposites_are_not_suggested(self):
        self.question("Standing?", ["New", "Qualified", "Contacted"])
        self.question("Size?", ["<100k", ">300k"])
        for heading, cell in (
            ("Standing?", "UNQUALIFIED"), ("Standing?", "Not qualified"),
            ("Standing?", "Disqualified"), ("Standing?", "un-qualified"),
            ("Size?", "<300k"), ("Function?", "non decision-maker"),
        ):  # fmt: skip
            with self.subTest(cell=cell):
                [column] = self.upload([{**BEN, heading: cell}])["columns"][2:]
                [unknown] = column["unknown"]
                self.assertEqual(
                    (unknown["choice"], unknown["is_guess"]), ("stop", False)
                )
        shown = self.upload([{**BEN, "Function?": "Decision-makers"}])
        [unknown] = shown["columns"][2]["unknown"]
        self.assertTrue(unknown["is_guess"])

    def test_what_is_out_of_use_is_not_suggested(self):
        """Nearly the same as an answer of before, it may as well be a new one."""
        [column] = self.upload([{**BEN, "Sector?": "Industri"}])["columns"][2:]
        [unknown] = column["unknown"]
        industry = self.choice("Sector?", "Industry")
        self.assertEqual((unknown["choice"], unknown["is_guess"]), (industry.id, True))
        industry.active = False
        [column] = self.upload([{**BEN, "Sector?": "Industri"}])["columns"][2:]
        [unknown] = column["unknown"]
        self.assertEqual((unknown["choice"], unknown["is_guess"]), ("stop", False))

    def test_an_answer_out_of_use_is_recorded_as_it_is_written(self):
        """An old file says what was said then."""
        self.choice("Sector?", "Industry").active = False
        shown = self.upload([{**BEN, "Sector?": "Industry"}])
        self.choice("Sector?", "Industry").active = False
        self.assertCounts(self.run_import(shown), created=1, rejected=0)
        self.assertAnswers(self.contact("Ben Example"), {"Sector?": "Industry"})

    def test_an_answer_goes_out_of_use_while_a_file_is_imported(self):
        record = self.record(self.upload([{**BEN, "Sector?": "Industry"}]))
        record.begin()
        self.choice("Sector?", "Industry").active = False
        self.assertCounts(record.run_batch(), created=1, rejected=0)
        self.assertAnswers(self.contact("Ben Example"), {"Sector?": "Industry"})

    def test_free_text_is_no_question(self):
        few = [{"Name": f"Al {n} Example", "Sector?": f"free {n}"} for n in range(60)]
        record = self.record(self.upload(few))
        shown = record.set_column(1, policy="create")
        self.assertIn("60 different values", " ".join(shown["problems"]))
        self.assertIn("create_many", shown["columns"][1]["policies"])
        with self.assertRefused(UserError, "free text"):
            record.begin()
        shown = record.set_column(1, policy="create_many")
        self.assertEqual(shown["problems"], [])
        many = [{"Name": f"Al {n} Example", "Sector?": f"free {n}"} for n in range(301)]
        record = self.record(self.upload(many))
        shown = record.set_column(1, policy="create_many")
        self.assertIn("301 different values", " ".join(shown["problems"]))
        before = len(self.ask("Sector?").answer_ids)
        with self.assertRefused(UserError, "no answers to choose from"):
            record.begin()
        self.assertEqual(len(self.ask("Sector?").answer_ids), before)

    def test_as_many_answers_as_there_may_be(self):
        """Fifty without a word, three hundred where somebody says so."""
        rows = [{"Name": f"Al {n} Example", "Sector?": f"free {n}"} for n in range(300)]
        for count, policy in (
            (50, "create"),
            (51, "create_many"),
            (300, "create_many"),
        ):
            with self.subTest(count=count):
                record = self.record(self.upload(rows[:count]))
                shown = record.set_column(1, policy=policy)
                self.assertEqual(shown["problems"], [])
                self.assertIn(policy, shown["columns"][1]["policies"])

    def test_of_two_lines_of_a_name_and_a_number(self):
        """One person where the number is one; not where the addresses are two."""
        phone = "+32 470 12 34 56"
        cases = (
            ({"email": "al@one.test"}, {"E-mail": "al@two.test"}, False),
            ({"email": "al@four.test"}, {}, True),
            ({}, {"E-mail": "al@three.test"}, True),
            ({}, {}, True),
            ({"is_company": True}, {}, False),
        )
        for number, (vals, cells, is_known) in enumerate(cases):
            with self.subTest(vals=vals, cells=cells):
                name, at = f"Al {number} Example", f"Firm {number}"
                there = self.prospect(name, phone=phone, **vals)
                row = {"Name": name, "Phone": phone, "Company": at, **cells}
                self.record(shown := self.upload([row])).set_company(None, False)
                self.assertCounts(
                    self.run_import(shown), updated=is_known, created=not is_known
                )
                self.assertEqual(
                    bool(there.search_count([("id", "=", there.id)])), True
                )
                found = there.search([("name", "=", name)])
                self.assertEqual(len(found), 2 - is_known)

    def test_no_cell_makes_a_file_impossible(self):
        """Whatever is in the cells, a file has a preview and can be imported."""
        pick = random.Random(10)
        pieces = [
            "Yes", "No", "IT", "Services", "1", ";", ",", '"', "'", "\n", "\r\n", "\t",
            "\0", "=", "+", "@", "-", "😀", "\u200b", "\ufeff", "\u0130", "ß",
            "a" * 300,
            "2-20", "#N/A", "TRUE", "4.42E+11", "2026-11-28", "<b>", "%s", "{0}", "\\",
            "n/a", "@x.test", "al@x.test", "💥" * 50, "\u202e", "9" * 40, "-1", "1.5",
        ]  # fmt: skip
        headings = ["Name", "Company", "E-mail", "Phone", "ZIP", "Country", "State",
                    "Language", "Tags", "Website", "ID", "Contact ID", "Notes",
                    "Journalist?", "Sector?", "Staff?", "Budget?"]  # fmt: skip
        self.ask("Budget?").selection_mode = "multiple"
        for seed in range(6):
            with self.subTest(seed=seed):
                rows = [
                    {
                        heading: "".join(pick.choices(pieces, k=pick.randrange(4)))
                        for heading in headings
                    }
                    for _row in range(50)
                ]
                shown = self.upload(csv_of(rows))
                record = self.record(shown)
                for index, column in enumerate(shown["columns"]):
                    if column["unknown"]:
                        shown = record.set_column(index, policy="skip")
                if shown["problems"]:
                    with self.assertRaises(UserError):
                        record.begin()
                    continue
                self.run_import(shown)


@tagged("post_install", "-at_install")
class TestDoubles(CaseOfFile):
    NAMES = (
        ("Uwe Lang", "Müller – Söhne GmbH"), ("Eva Groß", "Weiß Bau"),
        ("Ann  Two", "Double  Blank Ltd"), ("Mª Ruiz", "Acme™ Labs"),
        ("İpek Işık", "İstanbul Çay"), ("Ｆｕｌｌ Ｗｉｄｔｈ", "Ｗｉｄｅ KK"),
        ("Cafe\u0301 Owner", "Re\u0301sume\u0301 SA"),
        ("Zero\u200bWidth", "So\u00adft AG"),
        ("Seán O’Brien", "O’Neill & Sons"),
    )  # fmt: skip

    def test_the_same_file_twice(self):
        rows = [{"Name": name, "Company": company} for name, company in self.NAMES]
        first = self.assertTwice(csv_of(rows))
        self.assertCounts(first, created=len(rows), companies=len(rows))

    def test_the_same_names_otherwise_written(self):
        rows = [{"Name": name, "Company": company} for name, company in self.NAMES]
        self.load(rows)
        otherwise = [
            ("UWE LANG", "müller - söhne gmbh"), ("eva gross", "WEISS BAU"),
            ("Ann Two", "double blank ltd"), ("ma ruiz", "Acme Labs"),
            ("IPEK IŞIK", "istanbul çay"), ("Full Width", "Wide KK"),
            ("Café Owner", "Résumé SA"), ("zerowidth", "soft ag"),
            ("Seán O'Brien", "O'Neill & Sons"),
        ]  # fmt: skip
        rows = [{"Name": name, "Company": company} for name, company in otherwise]
        self.assertCounts(self.load(rows), created=0, companies=0, unchanged=len(rows))

    def test_people_without_a_company(self):
        rows = [{"Name": name, "City": "X"} for name, _company in self.NAMES]
        self.assertTwice(csv_of(rows))

    def test_tags_and_answers_by_the_same_key(self):
        self.question("Größe?", ["Groß – sehr", "Klein"])
        self.tag("Messe™ 2026")
        self.load([{**BEN, "GRÖSSE?": "GROSS - SEHR", "Tags": "messe 2026"}])
        ben = self.contact("Ben Example")
        self.assertAnswers(ben, {"Größe?": "Groß – sehr"})
        self.assertTags(ben, "Messe™ 2026")

    def test_addresses_are_cleaned(self):
        for number, written in enumerate(
            ("solo@ana.test\u200b", "mailto:solo@ana.test", "Ana <solo@ana.test>",
             " solo @ana.test ", "\ufeffsolo@ana.test;")
        ):  # fmt: skip
            with self.subTest(written=written):
                address = written.replace("solo", f"solo{number}")
                name = f"Solo {number} Ana"
                self.load([{"Name": name, "Email": address, "Journalist?": "No"}])
                clean = f"solo{number}@ana.test"
                self.assertEqual(self.contact(name).email, clean)
                row = {"Name": name, "Email": clean, "Journalist?": "No"}
                self.assertCounts(self.load([row]), unchanged=1)

    def test_phones_find_who_is_there(self):
        self.prospect("Fone Example", phone="+44 20 7946 0120")
        row = {"Name": "Fone Example", "Company": "Other Ltd", "Country": "GB"}
        for written in ("020 7946 0120", "0044 20 7946 0120", "+44 (0)20 7946-0120"):
            with self.subTest(written=written):
                progress = self.load([{**row, "Phone": written}])
                self.assertCounts(progress, created=0)
        self.assertEqual(self.contact("Fone Example").phone, "+44 20 7946 0120")

    def test_phones_are_stored_in_one_form(self):
        self.load([{"Name": "Al Example", "Country": "DE", "Phone": "030/1234567"}])
        self.assertEqual(self.contact("Al Example").phone, "+49 30 1234567")
        shown = self.upload([{"Name": "Bea Example", "Phone": "030 1234567"}])
        germany = self.env.ref("base.de").id
        self.record(shown).set_options({"country_id": germany})
        self.run_import(shown)
        self.assertEqual(self.contact("Bea Example").phone, "+49 30 1234567")

    def test_numbers_that_lost_their_digits(self):
        for written in ("4.42E+11", "4,42E+11", "4.4207E+12"):
            shown = self.upload([{**BEN, "Phone": written}])
            self.assertIn(written, shown["warnings"][0][1])
        self.run_import(shown)
        self.assertFalse(self.contact("Ben Example").phone)

    def test_tags_of_one_name(self):
        first = self.tag("Twin tag")
        second = first.copy({"name": "Twin tag"})
        ann = self.prospect("Ann Twin", category_id=[Command.set(first.ids)])
        bea = self.prospect("Bea Twin", category_id=[Command.set(second.ids)])
        rows = [{"Name": "Ann Twin", "Tags": "Twin tag"},
                {"Name": "Bea Twin", "Tags": "Twin tag"}]  # fmt: skip
        self.assertCounts(self.load(rows), unchanged=2, rejected=0)
        self.assertEqual((ann.category_id, bea.category_id), (first, second))


@tagged("post_install", "-at_install")
class TestEncodingsAsked(CaseOfFile):
    def test_letters_that_are_certain(self):
        shown = self.text("Name;Firma\nŁukasz Żak;Gęś i Wół\n", "cp1250")
        self.assertEqual(shown["readings"], [])
        self.run_import(shown)
        self.contact("Łukasz Żak")

    def test_letters_that_are_not(self):
        shown = self.text("Name;Firma\nMuñoz Pérez;Logroño SA\n", "cp1252")
        self.assertIn("letters are not certain", " ".join(shown["problems"]))
        with self.assertRefused(UserError, "letters are not certain"):
            self.record(shown).begin()
        offered = dict(shown["readings"])
        self.assertIn("Muñoz", offered["cp1252"])
        self.assertIn("Muńoz", offered["cp1250"])
        shown = self.record(shown).set_options({"encoding": "cp1252"})
        self.assertEqual((shown["problems"], shown["readings"]), ([], []))
        self.run_import(shown)
        self.contact("Muñoz Pérez")

    def test_others_can_be_chosen(self):
        for encoding in ("cp932", "mac_roman", "koi8_r", "cp850"):
            with self.subTest(encoding=encoding):
                name = {"cp932": "山田 ①", "koi8_r": "Юрий Петров"}.get(
                    encoding, "Jürgen Groß"
                )
                shown = self.text(f"Name;City\n{name};X\n", encoding)
                shown = self.record(shown).set_options({"encoding": encoding})
                self.assertEqual(shown["columns"][0]["examples"], [name])

    def test_only_those_that_are_offered(self):
        shown = self.upload([BEN])
        for encoding in ("punycode", "rot13", "unicode_escape", "no such", None, 3):
            with self.assertRaises(UserError):
                self.record(shown).set_options({"encoding": encoding})


@tagged("post_install", "-at_install")
class TestWhatIsThere(CaseOfFile):
    """Nothing is overwritten unseen."""

    def setUp(self):
        super().setUp()
        self.ben = self.prospect(
            "Ben Example", email="ben@example.com", city="York", comment="<p>old</p>"
        )

    def change(self, row, **options):
        shown = self.upload([{**BEN, **row}])
        shown = self.record(shown).set_options({"mode": "fill", **options})
        self.run_import(shown)
        self.ben = self.stored(self.ben)
        return shown

    def test_what_is_empty_is_filled(self):
        shown = self.change({"City": "Leeds", "Job title": "Buyer"})
        self.assertEqual((self.ben.city, self.ben.function), ("York", "Buyer"))
        [update] = shown["updates"]
        kinds = {c["field"]: (c["before"], c["after"], c["kind"])
                 for c in update["changes"]}  # fmt: skip
        self.assertEqual(
            kinds,
            {"city": ("York", "Leeds", "stay"), "function": ("", "Buyer", "write")},
        )

    def test_what_is_there_is_replaced(self):
        self.change({"City": "Leeds"}, mode="replace")
        self.assertEqual(self.ben.city, "Leeds")

    def test_what_is_there_is_left_alone(self):
        self.change({"City": "Leeds", "Job title": "Buyer"}, mode="leave")
        self.assertEqual((self.ben.city, self.ben.function), ("York", False))

    def test_each_column_has_its_own(self):
        shown = self.upload([{**BEN, "City": "Leeds", "Job title": "Buyer"}])
        record = self.record(shown)
        record.set_column(2, mode="replace")
        record.set_column(3, mode="leave")
        self.run_import(shown)
        ben = self.stored(self.ben)
        self.assertEqual((ben.city, ben.function), ("Leeds", False))

    def test_what_is_newer_than_the_file_wants_a_tick(self):
        shown = self.upload([{**BEN, "City": "Leeds"}])
        record = self.record(shown)
        options = {"mode": "replace", "asked_on": "2020-01-01"}
        shown = record.set_options(options)
        self.assertEqual(shown["updates"][0]["changes"][0]["kind"], "newer")
        self.assertCounts(shown["progress"], updated=0, unchanged=1)
        shown = record.set_overwrite(2, "city", True)
        self.assertCounts(shown["progress"], updated=1)
        shown = record.set_overwrite(None, None, False)
        self.assertCounts(shown["progress"], updated=0)
        record.set_overwrite(None, None, True)
        self.run_import(shown)
        self.assertEqual(self.stored(self.ben).city, "Leeds")

    def test_notes_go_below(self):
        for mode in ("fill", "replace"):
            self.change({"Notes": f"took a <{mode}>"}, mode=mode)
        text = str(self.ben.comment)
        self.assertLess(text.index("old"), text.index("took a &lt;fill&gt;"))
        self.assertLess(text.index("fill"), text.index("replace"))
        before = self.everything()
        self.change({"Notes": "took a <fill>"})
        self.assertEqual(self.everything(), before)

    def test_a_person_stays_at_the_company(self):
        company = self.prospect("Old Ltd", is_company=True)
        self.ben.parent_id = company
        self.change({"Company": "New Ltd"})
        self.assertEqual(self.ben.parent_id, company)
        self.change({"Company": "New Ltd"}, mode="replace")
        self.assertEqual(self.ben.parent_id.name, "New Ltd")

    def test_the_moment_is_remembered_with_the_content(self):
        content = csv_of([{**BEN, "City": "Leeds"}])
        shown = self.upload(content)
        shown = self.record(shown).set_options({"asked_on": "2026-03-04"})
        self.run_import(shown)
        again = self.upload(content, name="other name.csv")
        self.assertEqual(again["settings"]["asked_on"], shown["settings"]["asked_on"])

    def test_moments(self):
        record = self.record(self.upload([BEN]))
        for wrong in ("2099-01-01", "yesterday", "", 3, None, "9" * 100):
            with self.assertRaises(UserError):
                record.set_options({"asked_on": wrong})
        self.manager.tz = "America/New_York"
        another_request = record.with_context(later=True)  # Odoo keeps the zone for one
        shown = another_request.set_options({"asked_on": "2026-03-04"})
        self.assertEqual(shown["settings"]["asked_on"], "2026-03-04 05:00:00")

    def test_a_clock_that_is_ahead(self):
        """Of a few seconds nothing is said, and nothing is noted of what is to come."""
        with freeze_time("2026-03-04 12:00:00"):
            record = self.record(self.upload([{**BEN, "Journalist?": "No"}]))
            shown = record.set_options({"asked_on": "2026-03-04 12:00:30"})
            self.assertEqual(shown["settings"]["asked_on"], "2026-03-04 12:00:00")
            with self.assertRaises(UserError):
                record.set_options({"asked_on": "2026-03-04 12:01:01"})

    def test_the_files_own_date(self):
        rows = [{**BEN, "Scan time": "2026-03-04 10:30:00", "Journalist?": "No"},
                {**ANN, "Scan time": "05.03.2026", "Journalist?": "No"}]  # fmt: skip
        shown = self.upload(rows)
        [when] = shown["when"]
        self.assertEqual(when["heading"], "Scan time")
        self.record(shown).set_options({"asked_column": when["index"]})
        self.run_import(shown)
        dates = [
            str(self.contact(name).profiling_response_ids.date)
            for name in ("Ben Example", "Ann Example")
        ]
        self.assertEqual(dates, ["2026-03-04 10:30:00", "2026-03-05 00:00:00"])

    def test_a_date_of_the_file_that_is_yet_to_come(self):
        """A wrong year: whoever is in the file was asked before it was uploaded."""
        rows = [{**BEN, "Scan time": "2999-03-04 10:30:00", "Journalist?": "No"},
                {**ANN, "Scan time": "2026-03-05", "Journalist?": "No"}]  # fmt: skip
        shown = self.upload(rows)
        self.record(shown).set_options({"asked_column": shown["when"][0]["index"]})
        progress = self.run_import(shown)
        self.assertCounts(progress, done=2, rejected=0)
        dates = [
            self.contact(name).profiling_response_ids.date
            for name in ("Ben Example", "Ann Example")
        ]
        self.assertEqual(dates[0], self.record(shown).asked_on)
        self.assertEqual(str(dates[1]), "2026-03-05 00:00:00")


@tagged("post_install", "-at_install")
class TestArguments(CaseOfFile):
    """Whatever is sent, the answer is in words."""

    ODD = (
        None, True, False, -1, 0, 99, 2**31, 2**70, 1.5, "", "x", "1", [], [1], {},
        {"a": 1}, [[]], "question:0", "question:99999999999", "answer:x", b"x",
    )  # fmt: skip
    OPTIONS = (
        "sheet", "encoding", "separator", "heading", "asked_on", "asked_column", "mode",
        "country_id", "other",
    )  # fmt: skip
    METHODS = (
        "get_preview", "begin", "run_batch", "discard", "action_contacts",
        "action_rejected", "action_warnings",
    )  # fmt: skip

    def assertWords(self, method, *args):
        try:
            with self.env.cr.savepoint():
                method(*args)
        except UserError:  # of which the others are
            return
        self.env.flush_all()

    def test_an_import(self):
        record = self.record(self.upload([{**BEN, "Sector?": "Circus"}]))
        for odd in self.ODD:
            with self.subTest(odd=odd):
                for method in (
                    record.set_column, record.accept_guesses, record.set_options
                ):  # fmt: skip
                    self.assertWords(method, odd)
                for name in ("target", "policy", "mode"):
                    choose = functools.partial(record.set_column, 2, **{name: odd})
                    self.assertWords(choose)
                self.assertWords(record.set_value, odd, "Circus", "skip")
                self.assertWords(record.set_value, 2, odd, "skip")
                self.assertWords(record.set_value, 2, "Circus", odd)
                self.assertWords(record.set_overwrite, odd, odd, odd)
                for name in self.OPTIONS:
                    self.assertWords(record.set_options, {name: odd})

    def test_an_upload(self):
        Import = self.env["crm.profiling.import"].with_user(self.manager)
        for odd in self.ODD:
            with self.subTest(odd=odd):
                self.assertWords(Import.upload, odd, "TmFtZQpBbA==")
                self.assertWords(Import.upload, "a.csv", odd)
        for content in ("no base64!", "TmFtZQ", "ä", ""):
            with self.assertRaises(UserError):
                Import.upload("a.csv", content)

    def test_records_that_are_none(self):
        Import = self.env["crm.profiling.import"].with_user(self.manager)
        for ids in ([], [0], [2**31 - 1], [2**40], ["x"], [None], [[1]], [1, 2]):
            record = Import.browse(ids)
            for name in self.METHODS:
                with self.subTest(ids=ids, name=name), self.assertRaises(UserError):
                    getattr(record, name)()
            export = self.env["crm.profiling.export"].browse(ids)
            with self.assertRaises(UserError):
                export.action_export()

    def test_names_in_addresses(self):
        for name in (
            "Fair 10/2026.csv",
            "list #2.csv",
            "what?.csv",
            "100 %.csv",
            "ä&b.csv",
        ):
            with self.subTest(name=name):
                shown = self.upload([{"Name": "", "City": "X"}], name=name)
                action = self.record(shown).action_rejected()
                path, query, fragment = urlsplit(action["url"])[2:]
                self.assertRegex(
                    path, r"^/web/content/crm\.profiling\.export/\d+/file$"
                )
                export = self.env["crm.profiling.export"].browse(
                    int(path.split("/")[4])
                )
                self.assertEqual(
                    parse_qs(query, strict_parsing=True),
                    {"filename": [export.name], "download": ["true"]},
                )
                self.assertIn(name.removesuffix(".csv").rpartition("/")[2], export.name)
                self.assertFalse(fragment)

    def test_formulas_whatever_stands_before_them(self):
        Export = self.env["crm.profiling.export"]
        for before in (
            "",
            " ",
            "\t",
            "\n",
            "\r",
            "\ufeff",
            "\u200b",
            "\u00a0",
            "\u2060",
        ):
            for sign in "=+-@\uff1d\uff0b\uff0d\uff20":
                content = Export._csv(["Name"], [[f"{before}{sign}1+1"]])
                cell = content.decode("utf-8-sig").split("\n", 1)[1].lstrip('"')
                self.assertTrue(cell.startswith("'"), repr((before, sign)))

    def test_a_file_of_two_hundred_thousand_bytes_in_a_name(self):
        shown = self.upload([BEN], name="../" + "x" * 200_000 + "/a\0b.csv")
        self.assertEqual(shown["name"], "ab.csv")

    def test_what_is_too_large_is_not_even_decoded(self):
        Import = self.env["crm.profiling.import"].with_user(self.manager)
        with self.assertRefused(UserError, "too large"):
            Import.upload("a.csv", "A" * 40_000_000)
        content = base64.b64encode(b"a" * (21 * 1024 * 1024)).decode()
        with self.assertRefused(UserError, "too large"):
            Import.upload("a.csv", content)

"""Exports of other kinds: in twice and taken back, and nothing has happened."""

from datetime import datetime

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..spreadsheets import ods, workbook
from .test_import_undo import UndoCase

OUTLOOK_RU = """\
"Обращение","Имя","Отчество","Фамилия","Организация","Должность","Улица (раб. адрес)",\
"Город (раб. адрес)","Область (раб. адрес)","Индекс (раб. адрес)",\
"Страна или регион (раб. адрес)","Рабочий факс","Рабочий телефон","Телефон переносной",\
"Адрес эл. почты","Тип эл. почты","Заметки","Веб-страница"
"Г-н","Иван","Петрович","Сидоров","ООО «Ромашка»","Директор","ул. Ленина, 5","Москва",\
"","101000","Россия","","+7 495 123-45-67","+7 916 123-45-67","ivan@romashka.test",\
"SMTP","с выставки","http://romashka.test"
"""

OUTLOOK_FR = """\
"Titre","Prénom","Nom","Société","Fonction","Rue (bureau)","Ville (bureau)",\
"Code postal (bureau)","Pays/Région (bureau)","Téléphone (bureau)","Tél. mobile",\
"Adresse de messagerie"
"M.","Jean-Rémi","Lefèvre","Lefèvre & Fils","Gérant","1 rue Haute","Nîmes","30000",\
"France","04 66 12 34 56","06 12 34 56 78","jr@lefevre.test"
"""

OUTLOOK_DE = """\
"Anrede","Vorname","Nachname","Firma","Position","Straße geschäftlich",\
"Ort geschäftlich","Postleitzahl geschäftlich","Land/Region geschäftlich",\
"Telefon geschäftlich","Mobiltelefon","E-Mail-Adresse","Geburtstag","Notizen"
"Herr","Jörg","Krüger","Krüger Bau","Leiter","Ring 1","Köln","50667","Deutschland",\
"+49 221 1234567","+49 170 1234567","joerg@krueger.test","0.0.00","Messe"
"","","","Nur Firma GmbH","","","Bonn","","","+49 228 1234567","","","0.0.00",""
"""

BADGES = """\
Scan ID,Scan Time,Badge,First Name,Last Name,Company Name,Email,Phone,Comments
1,2026-11-12 09:01:11,B-1001,IVY,MARCH,ACME ROBOTICS GMBH,IVY@ACME.TEST,,wants demo
2,2026-11-13 16:20:00,B-1001,IVY,MARCH,ACME ROBOTICS GMBH,IVY@ACME.TEST,,came again
3,2026-11-13 16:21:00,B-1003,,,,,,
"""

BY_HAND = """\
Name,Company,Email,Mobile,Phone
"Ng, Ada",ADA WORKS LTD,"ada@works.test / ada.ng@home.test",4.47911E+11,447911123456.0
Max Muster,Uni,max (at) uni.test,'+491701234567,
Erika Muster,Muster,erika@muster.test?subject=Hi,+49 170 1234567 / -68,
"""

PAGE = """\
<html xmlns:x="urn:schemas-microsoft-com:office:excel"><body><table>
<tr><th>Name</th><th>Company</th></tr><tr><td>Zo&euml; Quill</td><td>Quill</td></tr>
</table></body></html>"""

XML_2003 = """\
<?xml version="1.0"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet/></Workbook>
"""


@tagged("post_install", "-at_install")
class TestKinds(UndoCase):
    def comes_and_goes(self, content, **kwargs):
        """Import twice, yield what the screen showed, and take it back."""
        before = self.world()
        shown = self.upload(content, **kwargs)
        self.assertEqual(shown["problems"], [])
        self.run_import(shown)
        between = self.world()
        again = self.upload(content, **kwargs)
        progress = self.run_import(again)
        self.assertCounts(progress, created=0, updated=0, companies=0)
        self.assertSame(between)
        yield shown
        for one in (again, shown):
            self.assertEqual(self.undo(one)["state"], "undone")
            self.assertEqual(self.kept(one), {})
        self.assertSame(before)

    def assertContact(self, name, **values):
        contact = self.contact(name)
        found = {field: contact[field] for field in values}
        for field in found:
            if field.endswith("_id"):
                found[field] = found[field].name
        self.assertEqual({k: str(v or "") for k, v in found.items()}, values)

    def test_outlook_in_russian(self):
        for _shown in self.comes_and_goes(OUTLOOK_RU.encode("cp1251")):
            self.assertContact(
                "Иван Петрович Сидоров",
                email="ivan@romashka.test",
                phone="+7 495 123-45-67",
                comment="<p>с выставки<br>Tel. +7 916 123-45-67</p>",
                function="Директор",
            )
            self.assertContact(
                "ООО «Ромашка»",
                street="ул. Ленина, 5",
                city="Москва",
                zip="101000",
                country_id="Russian Federation",
                website="http://romashka.test",
            )

    def test_outlook_in_french(self):
        for _shown in self.comes_and_goes(OUTLOOK_FR.encode()):
            self.assertContact(
                "Jean-Rémi Lefèvre",
                email="jr@lefevre.test",
                phone="+33 4 66 12 34 56",
                comment="<p>Tel. +33 6 12 34 56 78</p>",
                country_id="France",
            )

    def test_outlook_in_german(self):
        for shown in self.comes_and_goes(OUTLOOK_DE.encode("cp1252")):
            self.assertEqual(shown["when"], [])  # nobody was asked when they were born
            self.assertContact(
                "Jörg Krüger",
                email="joerg@krueger.test",
                street="Ring 1",
                comment="<p>Messe<br>Tel. +49 170 1234567</p>",
            )
            self.assertContact("Nur Firma GmbH", city="Bonn", phone="+49 228 1234567")

    def test_a_badge_that_was_scanned_twice(self):
        """The other scan and who is not known are left out by name, not in silence."""
        there = self.prospect("Acme Robotics GmbH", is_company=True)
        for shown in self.comes_and_goes(BADGES.encode()):
            errors = self.record(shown).sudo().rejected
            self.assertEqual([line for line, _why in errors], [3, 4])
            self.assertIn("as in line 2", errors[0][1])
            self.assertEqual(self.contact("IVY MARCH").parent_id, there)

    def test_what_people_and_spreadsheets_make_of_cells(self):
        for shown in self.comes_and_goes(BY_HAND.encode()):
            self.assertContact(
                "Ng, Ada", email="ada@works.test", phone="+44 7911 123456"
            )
            [[line, warning]] = self.record(shown).sudo().warnings
            self.assertEqual(line, 2)
            self.assertIn("ada.ng@home.test", warning)
            self.assertIn("4.47911E+11", warning)
            self.assertContact(
                "Max Muster", email="max@uni.test", phone="+49 170 1234567"
            )
            self.assertContact(
                "Erika Muster",
                email="erika@muster.test",
                phone="+49 170 1234567 / -68",
            )

    def test_a_list_with_title_and_totals(self):
        def setup(_book, sheet):
            sheet.merge_cells("A1:E1")
            sheet["B5"].number_format = "0.00E+00"

        content = workbook(
            ["LEADS MESSE 2026"],
            ["Stand: 13.11.2026"],
            [],
            ["Name", "Mobile", "COMPANY", "Email", "Besuch"],
            ["SCHMIDT, UWE", 491701234567, "SCHMIDT GMBH", "uwe@schmidt.test",
             datetime(2026, 11, 12, 9, 30)],
            ["O'NEILL, SINEAD", 353871234567, "O'NEILL LTD", "so@oneill.test", None],
            ["Gesamt", None, None, None, 2],
            [],
            ["Legende: rot = heiß"],
            setup=setup,
        )  # fmt: skip
        for shown in self.comes_and_goes(content, name="leads.xlsx"):
            self.assertEqual(
                [line for line, _why in self.record(shown).sudo().rejected], [7, 9]
            )
            self.assertContact("SCHMIDT, UWE", phone="+49 170 1234567")
            self.assertContact("O'NEILL, SINEAD", phone="+353 87 123 4567")

    def test_formulas_of_an_ods(self):
        def row(*cells):
            return f"<table:table-row>{''.join(cells)}</table:table-row>"

        def cell(said, more='office:value-type="string"'):
            return (
                f"<table:table-cell {more}><text:p>{said}</text:p></table:table-cell>"
            )

        def formula(said):
            return cell(said, 'table:formula="of:=[.A2]" office:value-type="string"')

        number = 'office:value-type="float" office:value="442079460113"'
        content = ods(
            row(*map(cell, ("First", "Name", "E-mail", "Phone")))
            + row(
                cell("Ida"),
                formula("Ida Ode"),
                formula("ida@ode.test"),
                cell("4,42E+11", number),
            )
            + row(cell("Jim"), formula("Jim Ode"), formula("#N/A"), formula("#DIV/0!"))
        )
        for _shown in self.comes_and_goes(content, name="list.ods"):
            self.assertContact(
                "Ida Ode", email="ida@ode.test", phone="+44 20 7946 0113"
            )
            self.assertContact("Jim Ode", email="", phone="")

    def test_unicode_without_a_mark(self):
        text = "Name\tCompany\tE-mail\nŁukasz Żak\tŻak Sp. z o.o.\tl@zak.test\n"
        for _shown in self.comes_and_goes(text.encode("utf-16-le")):
            self.assertContact(
                "Łukasz Żak", email="l@zak.test", parent_id="Żak Sp. z o.o."
            )

    def test_forms_in_german(self):
        text = (
            "Zeitstempel;E-Mail-Adresse;Wie heißen Sie?;Firma;Sector?\n"
            "03.11.2026 14:05:33;una@form.test;Una Glocke;Glocke GmbH;IT\n"
            "13.11.2026 09:05:33;bo@form.test;Bo Li;;Services\n"
        )
        for shown in self.comes_and_goes(text.encode()):
            self.assertEqual([one["index"] for one in shown["when"]], [0])
            self.assertContact("Una Glocke", parent_id="Glocke GmbH")
            self.assertAnswers(self.contact("Bo Li"), {"Sector?": "Services"})

    def test_pages_that_are_called_spreadsheets(self):
        """They say what to do, instead of a preview of their source."""
        for text in (PAGE, XML_2003, f"\ufeff\n {PAGE}", "MIME-Version: 1.0\nX: y\n"):
            with self.subTest(text[:20]), self.assertRaises(UserError) as refused:
                self.upload(text.encode(), name="leads.xls")
            self.assertIn("cannot be read as a table", str(refused.exception))

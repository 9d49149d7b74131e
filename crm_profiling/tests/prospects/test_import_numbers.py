"""Files say numbers, and give them back."""

from odoo.fields import Command
from odoo.tests import tagged

from .test_import import ANN, BEN, ImportCase

FROM = {"1": 1, "2-20": 2, "21-50": 21, "51-100": 51, "101-500": 101, "500+": 501}


@tagged("post_install", "-at_install")
class TestImportNumbers(ImportCase):
    """Cells of a question by number are numbers, or names of answers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.staff = cls.ask("Staff?")
        cls.staff.write(
            {
                "by_number": True,
                "answer_ids": [
                    Command.update(a.id, {"value_from": FROM[a.name]})
                    for a in cls.staff.answer_ids
                ],
            }
        )

    def assertStaff(self, name, answer, value):
        response = self.contact(name).profiling_response_ids
        self.assertEqual(response.answer_id.name, answer)
        self.assertEqual(response._values_said().get(response.id), value)

    def test_a_cell_is_a_number(self):
        for said, answer, value in (
            ("37", "21-50", 37),
            ("about 40", "21-50", 40),
            ("1,200", "500+", 1200),
            ("1.2k employees", "500+", 1200),
            ("21-50", "21-50", None),
            ("25 to 30", "21-50", None),
            ("500+", "500+", None),
            ("1", "1", 1),
        ):
            with self.subTest(said=said):
                self.load([{**BEN, "Name": said, "E-mail": "", "Staff?": said}])
                self.assertStaff(said, answer, value)

    def test_what_is_no_number_is_asked_about(self):
        shown = self.upload([{**BEN, "Staff?": "a lot"}])
        self.assertIn("not known", str(self.record(shown).get_preview()))

    def test_a_later_file_renews_the_number(self):
        self.load([{**BEN, "Staff?": "37"}])
        ben = self.contact(BEN["Name"])
        shown = self.upload([{**BEN, "Staff?": "60"}])
        self.run_import(shown)
        self.assertStaff(BEN["Name"], "51-100", 60)
        History = self.env["crm.profiling.response.history"].sudo()
        past = History.search([("partner_id", "=", ben.id)])
        self.assertEqual(past.number, "37")

    def test_an_export_gives_numbers_back(self):
        self.load([{**ANN, "Staff?": "1,200"}, {**BEN, "Staff?": "21-50"}])
        ann, ben = self.contact(ANN["Name"]), self.contact(BEN["Name"])
        ann.profiling_said = {"numbers": {str(self.staff.id): "37.125"}}
        headings, rows = self.env["crm.profiling.export"]._contact_rows(ann | ben)
        at = headings.index("Staff?")
        self.assertEqual([row[at] for row in rows], ["37.1250", "21-50"])

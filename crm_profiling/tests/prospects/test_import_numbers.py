"""Files say numbers, and give them back."""

from odoo.tests import tagged

from .test_import import ANN, BEN, ImportCase


@tagged("post_install", "-at_install")
class TestImportNumbers(ImportCase):
    """Cells of a question by number are numbers, or names of answers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.staff = cls.ask_staff_by_number()

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


@tagged("post_install", "-at_install")
class TestImportWords(ImportCase):
    """An answer that asks for words takes them from the rest of its cell."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.others = cls.choice("Sector?", "Others")
        cls.others.needs_words = True

    def assertWords(self, name, **answers):
        """Check what somebody answered, and the words to it."""
        responses = self.contact(name).profiling_response_ids
        responses = responses.filtered(lambda r: r.question_id.name == "Sector?")
        told = {r.answer_id.name: r.comment or "" for r in responses}
        self.assertEqual(told, answers)

    def test_a_cell_is_an_answer_and_words(self):
        for name, said in (
            ("Ann Adams", "Others: laser cutting"),
            ("Bob Brown", "others : laser cutting"),
            ("Carl Clark", "Others - laser cutting"),
            ("Dora Dean", "Others (laser cutting)"),
        ):
            with self.subTest(said=said):
                self.load([{"Name": name, "Sector?": said}])
                self.assertWords(name, Others="laser cutting")
        self.load([{**BEN, "Sector?": "Others"}])
        self.assertWords(BEN["Name"], Others="")

    def test_others_ask_for_none(self):
        """What is no answer stays what nobody knows."""
        shown = self.upload([{**BEN, "Sector?": "Services: cleaning"}])
        self.assertIn("not known", str(self.record(shown).get_preview()))

    def test_where_several_are_possible(self):
        self.ask("Sector?").selection_mode = "multiple"
        self.load([{**BEN, "Sector?": "IT; Others: laser, milling; Services"}])
        self.assertWords(BEN["Name"], IT="", Others="laser, milling", Services="")

    def test_several_that_are_taken_for_it(self):
        """All of them are its words, beside those that the cell says itself."""
        self.ask("Sector?").selection_mode = "multiple"
        shown = self.upload([{**BEN, "Sector?": "Laser; Water jet; Others: saws; IT"}])
        record = self.record(shown)
        for value in ("Laser", "Water jet"):
            record.set_value(2, value, self.others.id)
        self.run_import(shown)
        self.assertWords(BEN["Name"], IT="", Others="Laser; Water jet; saws")

    def test_again_it_is_no_news(self):
        self.load([{**BEN, "Sector?": "Others: laser"}])
        ben = self.contact(BEN["Name"])
        before = ben.profiling_response_ids.mapped("write_date")
        self.load([{**BEN, "Sector?": "Others: laser"}])
        self.assertEqual(ben.profiling_response_ids.mapped("write_date"), before)
        self.assertWords(BEN["Name"], Others="laser")
        self.assertFalse(
            self.env["crm.profiling.response.history"].search_count(
                [("partner_id", "=", ben.id)]
            )
        )

    def test_what_is_taken_for_it_is_its_words(self):
        """“Laser cutting”, which somebody says is one of the others."""
        shown = self.upload([{**BEN, "Sector?": "Laser cutting"}])
        record = self.record(shown)
        record.set_value(2, "Laser cutting", self.others.id)
        self.run_import(shown)
        self.assertWords(BEN["Name"], Others="Laser cutting")

"""What the lines of a form point to is shown to those who may see it, and no others."""

from odoo.exceptions import ValidationError
from odoo.tests import new_test_user, tagged

from ..common import ProfilingCase

NAME = {"fields": {"display_name": {}}}


@tagged("post_install", "-at_install")
class TestLinesOfForms(ProfilingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.east, cls.west = (
            cls.env["res.company"].sudo().create([{"name": "East"}, {"name": "West"}])
        )
        cls.manager.sudo().company_ids |= cls.east | cls.west
        cls.question("Colour?", ["Red", "Blue"], company_id=cls.west.id)
        cls.bob = cls.prospect("Bob", company_id=cls.west.id, phone="+1 555 0100")
        cls.ann = cls.prospect("Ann", phone="+1 555 0101")
        cls.stranger = new_test_user(
            cls.env(su=True),
            "profiling_stranger",
            groups="sales_team.group_sale_salesman,base.group_partner_manager",
            company_id=cls.east.id,
        )

    def show(self, model, field, line, fields):
        """Return what a new form shows of a new line."""
        Model = self.env[model].with_user(self.stranger)
        values = {"name": "New", field: [[0, "virtual", line]]}
        shown = Model.onchange(values, [], {field: {"fields": fields}})["value"]
        return shown[field][0][2]

    def test_prospects_of_a_call_list(self):
        fields = {"partner_id": NAME, "phone": {}}
        line = {"partner_id": self.ann.id}
        shown = self.show("crm.profiling.queue", "line_ids", line, fields)
        self.assertEqual(shown["phone"], "+1 555 0101")
        for hidden in (self.bob.id, 2**31 - 1):
            with self.assertRaisesRegex(ValidationError, "is not there"):
                line = {"partner_id": hidden}
                self.show("crm.profiling.queue", "line_ids", line, fields)

    def test_answers_on_the_form_of_a_contact(self):
        fields = {"answer_id": NAME, "question_id": NAME}
        line = {"answer_id": self.choice("Staff?", "1").id}
        shown = self.show("res.partner", "profiling_response_ids", line, fields)
        self.assertEqual(shown["question_id"]["display_name"], "Staff?")
        line = {"answer_id": self.choice("Colour?", "Red").id}
        with self.assertRaisesRegex(ValidationError, "is not there"):
            self.show("res.partner", "profiling_response_ids", line, fields)

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
        cls.east, cls.west = cls.companies("East", "West")
        cls.question("Colour?", ["Red", "Blue"], company_id=cls.west.id)
        cls.bob = cls.prospect("Bob", company_id=cls.west.id, phone="+1 555 0100")
        cls.ann = cls.prospect("Ann", phone="+1 555 0101")
        cls.stranger = cls.salesperson_of(cls.east)

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

    def test_answers_on_the_form_of_something_else(self):
        """Contacts are lines of many forms, and people are users of their own form."""
        hidden, known = self.choice("Colour?", "Red"), self.choice("Staff?", "1")
        fields = {"answer_id": NAME, "question_id": NAME}
        spec = {"profiling_response_ids": {"fields": fields}}

        def nested(answer):
            response = [[0, "virtual", {"answer_id": answer.id}]]
            return {"name": "New", "profiling_response_ids": response}

        category = "res.partner.category", "partner_ids"
        manager = new_test_user(
            self.env(su=True),
            "profiling_stranger_manager",
            groups="sales_team.group_sale_manager,base.group_partner_manager",
            company_id=self.east.id,
        )
        self.stranger = manager
        shown = self.show(*category, nested(known), spec)
        [[_create, _id, line]] = shown["profiling_response_ids"]
        self.assertEqual(line["answer_id"]["id"], known.id)
        with self.assertRaisesRegex(ValidationError, "is not there"):
            self.show(*category, nested(hidden), spec)
        with self.assertRaisesRegex(ValidationError, "is not there"):
            manager.with_user(manager).onchange(nested(hidden), [], spec)

    def test_a_default_is_a_word_too(self):
        Line = self.env["crm.profiling.queue.line"].with_user(self.stranger)
        Line = Line.with_context(default_partner_id=self.bob.id)
        with self.assertRaisesRegex(ValidationError, "is not there"):
            Line.onchange({}, [], {"partner_id": NAME, "phone": {}})
        Queue = self.env["crm.profiling.queue"].with_user(self.stranger)
        lines = [[0, 0, {"partner_id": self.bob.id}]]
        Queue = Queue.with_context(default_line_ids=lines)
        spec = {"line_ids": {"fields": {"partner_id": NAME, "phone": {}}}}
        with self.assertRaisesRegex(ValidationError, "is not there"):
            Queue.onchange({}, [], spec)

    def test_what_is_computed_from_what_is_hidden(self):
        """Nothing of what is pointed to is shown, whatever else is asked for."""
        for field in ("phone", "display_name"):
            with self.assertRaisesRegex(ValidationError, "is not there"):
                line = {"partner_id": self.bob.id}
                self.show("crm.profiling.queue", "line_ids", line, {field: {}})

    def test_contacts_to_export(self):
        Export = self.env["crm.profiling.export"].with_user(self.stranger)
        for hidden in (self.bob.id, 2**31 - 1):
            chosen = {"partner_ids": [[6, 0, [self.ann.id, hidden]]]}
            with self.assertRaisesRegex(ValidationError, "is not there"):
                Export.create(chosen)
        self.assertEqual(Export.create({"partner_ids": self.ann.ids}).partner_count, 1)

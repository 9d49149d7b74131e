"""What an answer was found from, in the words of whoever looks at it."""

from odoo.tests import new_test_user, tagged

from ..common import ProfilingCase


@tagged("post_install", "-at_install")
class TestEvidence(ProfilingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.source = cls.env["crm.profiling.source.contact"]
        cls.belgium = cls.env.ref("base.be")
        cls.acme = cls.prospect("ACME", is_company=True, country_id=cls.belgium.id)
        cls.ann = cls.prospect("Ann", parent_id=cls.acme.id, function="Baker")

    def value(self, path, partner=None):
        return self.source._value(partner or self.ann, path.split("."))

    def test_fields_of_each_kind(self):
        self.ann.sudo().write({"lang": "en_US", "color": 0, "partner_latitude": 0})
        for path, said in (
            ("function", ("Job Position", "Baker")),
            ("country_id", ("Country", "Belgium")),
            ("parent_id.country_id", ("Country", "Belgium")),
            ("parent_id.country_id.code", ("Country Code", "BE")),
            ("is_company", ("Is a Company", "No")),
            ("parent_id.is_company", ("Is a Company", "Yes")),
            ("color", ("Color Index", "0")),
            ("partner_latitude", ("Geo Latitude", "0.0")),
            ("lang", ("Language", "English (US)")),
            ("city", ("City", "")),
            ("industry_id", ("Industry", "")),
            # what stands after a date is a part of it
            ("create_date.year_number", ("Created on", self.value("create_date")[1])),
            ("nonsense", ("", "")),
            ("parent_id.nonsense", ("Related Company", "")),
        ):
            with self.subTest(path=path):
                self.assertEqual(self.value(path), said)

    def test_days_are_as_the_user_writes_them(self):
        field = self.env["crm.lead"]._fields["date_deadline"]
        shown = self.source._shown(field.to_date("2026-03-31"), field)
        self.assertEqual(shown, "03/31/2026")
        self.assertEqual(self.source._shown(False, field), "")

    def test_properties_of_each_kind(self):
        for one, shown in (
            ({"type": "boolean", "value": True}, "Yes"),
            ({"type": "boolean", "value": False}, "No"),
            ({"type": "boolean"}, "No"),
            ({"type": "integer", "value": 0}, "0"),
            ({"type": "integer", "value": 7}, "7"),
            ({"type": "char", "value": "Red"}, "Red"),
            ({"type": "char", "value": ""}, ""),
            ({"type": "char"}, ""),
            ({"type": "date", "value": "2026-03-31"}, "2026-03-31"),
            ({"type": "selection", "value": "a", "selection": [["a", "A"]]}, "A"),
            ({"type": "selection", "value": "b", "selection": [["a", "A"]]}, "b"),
            ({"type": "selection", "value": "b"}, "b"),
            (
                {
                    "type": "tags",
                    "value": ["b", "a"],
                    "tags": [["a", "A", 1], ["b", "B", 2]],
                },
                "B, A",
            ),
            ({"type": "tags", "value": []}, ""),
            ({"type": "many2one", "value": (7, "Belgium")}, "Belgium"),
            # hidden from who looks
            ({"type": "many2one", "value": (7, None)}, ""),
            (
                {"type": "many2many", "value": [(7, "Be"), (8, None), (9, "Fr")]},
                "Be, Fr",
            ),
        ):
            with self.subTest(one=one):
                self.assertEqual(self.source._shown_property(one), shown)

    def test_what_is_not_the_users_to_read_is_not_told(self):
        """Neither a field of others, nor a record that is hidden from them."""
        reader = new_test_user(
            self.env(su=True), "profiling_reader", groups="base.group_user"
        )
        ann = self.ann.with_user(reader)
        self.assertEqual(self.value("function", ann), ("Job Position", "Baker"))
        self.assertEqual(self.value("profiling_name_key", ann), ("", ""))
        self.assertEqual(
            self.value("parent_id.profiling_name_key", ann), ("Related Company", "")
        )
        west = self.env["res.company"].sudo().create({"name": "West"})
        self.acme.sudo().company_id = west
        self.env.invalidate_all()
        label, value = self.value("parent_id.country_id", self.ann.with_user(reader))
        self.assertNotIn("Belgium", value)

    def told(self, *paths, level="contact", of=None):
        """Return the evidence on a question that looks at some fields."""
        question = self.env["crm.profiling.question"].create(
            {
                "name": f"{paths} {level}",
                "origin": "contact",
                "level": level,
                "answer_ids": [
                    (0, 0, {"name": path, "domain": repr([(path, "!=", "x")])})
                    for path in paths
                ],
            }
        )
        said = self.source._evidence(of or self.ann, question)
        return said.get(question.id)

    def test_what_is_filled_in_and_what_is_not(self):
        said = self.told("function")
        self.assertEqual(said.text, "Job Position: Baker")
        self.assertFalse(said.is_missing)
        self.assertEqual((said.model, said.id), ("res.partner", self.ann.id))
        said = self.told("city")
        self.assertEqual(said.text, "City is not filled in")
        self.assertTrue(said.is_missing)
        said = self.told("function", "city", "street")
        self.assertEqual(
            said.text, "Job Position: Baker; City, Street is not filled in"
        )
        self.assertFalse(said.is_missing)

    def test_of_a_company_it_is_the_companys(self):
        said = self.told("country_id.code", level="company")
        self.assertEqual(said.text, "Country Code: BE")
        self.assertEqual(said.id, self.acme.id)
        # nothing is told of what is not saved yet
        new = self.env["res.partner"].new({"name": "New", "function": "Baker"})
        self.assertIsNone(self.told("function", of=new))
        new.parent_id = self.acme
        self.assertEqual(self.told("name", level="company", of=new).id, self.acme.id)

"""A company that is hidden from a user tells nothing, and nobody answers for it."""

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..common import ProfilingCase


@tagged("post_install", "-at_install")
class TestHiddenCompanies(ProfilingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.east, cls.west = cls.companies("East", "West")
        cls.ask("Staff?").level = "company"
        cls.hidden = cls.prospect(
            "Hidden", {"Staff?": "500+"}, is_company=True, company_id=cls.west.id
        )
        cls.stranger = cls.salesperson_of(cls.east)
        cls.Partner = cls.env["res.partner"].with_user(cls.stranger)
        answers = cls.ask("Staff?").answer_ids
        cls.few, cls.many = answers[0], answers[-1]

    def known(self, partner):
        return partner.sudo().profiling_answer_ids

    def assertNotThere(self, function, *args):
        """Refused, and in the same words as for what does not exist."""
        if "account.move" in self.env and function.__name__ == "write":
            # Odoo's Invoicing comes first and reads the company itself
            with self.assertRaises(UserError):
                function(*args)
            return
        with self.assertRaisesRegex(ValidationError, "is not there"):
            function(*args)

    def test_nobody_comes_to_it_with_answers(self):
        """What a contact said of its company is not handed over to a hidden one."""
        mine = self.Partner.create(
            {"name": "Mine", "profiling_answer_ids": [Command.link(self.few.id)]}
        )
        for name in ("parent_id", "commercial_partner_id"):
            self.assertNotThere(mine.write, {name: self.hidden.id})
            self.assertNotThere(mine.write, {name: 2**31 - 1})
        self.assertEqual(self.known(self.hidden), self.many)

    def test_nobody_is_created_in_it(self):
        hidden = self.hidden.id
        self.assertNotThere(self.Partner.create, {"name": "Mine", "parent_id": hidden})
        by_default = self.Partner.with_context(default_parent_id=hidden)
        with self.assertRaises(AccessError):  # Odoo reads it
            by_default.create({"name": "Mine"})

    def test_contacts_of_a_company_that_was_hidden_since_are_written(self):
        if "account.move" in self.env:
            self.skipTest("Odoo's Invoicing refuses that itself")
        company = self.prospect("Acme", is_company=True)
        ann = self.prospect("Ann", parent_id=company.id)
        self.env.cr.execute(
            "UPDATE res_partner SET company_id = %s WHERE id = %s",
            [self.west.id, company.id],
        )
        self.env.invalidate_all()
        ann.with_user(self.stranger).write(
            {"parent_id": company.id, "function": "Buyer"}
        )
        self.assertEqual(ann.function, "Buyer")

    def shown(self, values, changed):
        """Return the answers that a form shows of a contact with these values."""
        spec = {"profiling_answer_ids": {}, "profiling_result": {}}
        values = {"name": "x", "type": "contact", "is_company": False, **values}
        value = self.Partner.onchange(values, changed, spec)["value"]
        return {command[1] for command in value.get("profiling_answer_ids", ())}

    def test_a_form_does_not_show_its_answers(self):
        for name in ("parent_id", "commercial_partner_id"):
            for changed in ([], ["is_company"]):
                with self.subTest(name, changed=changed):
                    values = {name: self.hidden.id}
                    if changed:
                        values["profiling_answer_ids"] = []
                    self.assertFalse(self.shown(values, changed))

    def test_a_form_does_not_take_its_answers_away(self):
        """Which would tell as well what it answered."""
        ticked = [Command.set(self.ask("Staff?").answer_ids.ids)]
        values = {"profiling_answer_ids": ticked}
        untold = self.shown(values, ["is_company"])
        values["profiling_shown_company_id"] = self.hidden.id
        self.assertEqual(self.shown(values, ["is_company"]), untold)

    def test_a_form_shows_the_answers_of_others(self):
        company = self.prospect("Acme", {"Staff?": "1"}, is_company=True)
        self.assertEqual(self.shown({"parent_id": company.id}, []), {self.few.id})

    def test_a_contact_within_another_form_does_not_show_them(self):
        line = Command.create({"name": "x", "parent_id": self.hidden.id})
        value = (
            self.env["res.partner.category"]
            .with_user(self.stranger)
            .onchange(
                {"name": "Tag", "partner_ids": [[line[0], "virtual", line[2]]]},
                [],
                {"partner_ids": {"fields": {"profiling_answer_ids": {}}}},
            )["value"]
        )
        self.assertNotIn("profiling_answer_ids", value["partner_ids"][0][2])

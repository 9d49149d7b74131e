"""What is one company's own is not named on the chatter of what all share."""

from odoo import Command
from odoo.tests import tagged

from ..prospects.test_import import BEN
from .test_entry import EntryCase


@tagged("post_install", "-at_install")
class TestNotesOfCompanies(EntryCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        west = cls.env["res.company"].sudo().create({"name": "West"})
        cls.manager.sudo().company_ids |= west
        cls.env = cls.env(
            context={
                **cls.env.context,
                "allowed_company_ids": [cls.manager.company_id.id, west.id],
            }
        )
        cls.partnership.write({"company_id": west.id, "offer": "<p>Our secret</p>"})
        cls.call_on_entry()
        call = cls.env.ref("mail.mail_activity_data_call")
        cls.partnership.leave_activity_type_id = call
        cls.shared = cls.prospect("Shared")
        cls.own = cls.prospect("Own", company_id=west.id)

    def told(self, partner):
        """Return what all read who read a contact."""
        bodies = self.stored(partner).message_ids.mapped("body")
        activities = partner.activity_ids
        texts = (activity.summary or "" for activity in activities)
        notes = (activity.note or "" for activity in activities)
        return " ".join(map(str, [*bodies, *texts, *notes]))

    def test_entering(self):
        self.enter(self.shared | self.own)
        told = self.told(self.shared)
        self.assertIn("Entered a profile of one company.", told)
        self.assertIn("scheduled for", told)
        self.assertTrue(self.shared.activity_ids)
        for secret in ("Partnership", "Our secret"):
            self.assertNotIn(secret, told)
            self.assertIn(secret, self.told(self.own))

    def test_leaving(self):
        self.enter(self.shared | self.own)
        self.leave(self.shared | self.own)
        told = self.told(self.shared)
        self.assertIn("Left a profile of one company.", told)
        self.assertIn("withdrawn", told)
        self.assertNotIn("Partnership", told)
        self.assertIn("Left the profile “Partnership”.", self.told(self.own))

    def test_a_summary_in_words_of_ones_own_is_said(self):
        self.on_entry(activity_summary="Call them")
        self.enter(self.shared)
        self.assertEqual(self.shared.activity_ids.summary, "Call them")
        self.assertFalse(self.shared.activity_ids.note)

    def test_what_is_everybodys_is_named(self):
        self.partnership.company_id = False
        self.enter(self.shared)
        self.assertIn("Entered the profile “Partnership”.", self.told(self.shared))
        self.assertIn("Our secret", self.told(self.shared))

    def test_the_file_of_an_import(self):
        ben = self.prospect(BEN["Name"], email=BEN["E-mail"])
        self.load([{**BEN, "City": "Leeds"}], name="secret.csv")
        self.assertIn("Changed by an import of prospects", self.told(ben))
        self.assertNotIn("secret", self.told(ben))
        amy = self.prospect(
            "Amy", email="amy@example.com", company_id=self.own.company_id.id
        )
        row = {"Name": "Amy", "E-mail": "amy@example.com", "City": "Leeds"}
        self.load([row], name="secret.csv")
        self.assertIn("secret.csv", self.told(amy))

    def test_a_file_of_the_only_company(self):
        home = self.manager.company_id
        self.manager.sudo().company_ids = [Command.set(home.ids)]
        self.env["res.company"].sudo().search([("id", "!=", home.id)]).active = False
        self.env = self.env(context={"allowed_company_ids": home.ids})
        vals = {"name": BEN["Name"], "email": BEN["E-mail"]}
        ben = self.env["res.partner"].create(vals)
        self.load([{**BEN, "City": "Leeds"}], name="fair.csv")
        self.assertIn("fair.csv", str(ben.message_ids.mapped("body")))

"""A mailing for the contacts of a profile, of a tag, or chosen in a list."""

from lxml import etree

from odoo.exceptions import UserError
from odoo.tests import Form, new_test_user, tagged, users

from odoo.addons.crm_profiling.tests.common import ProfilingCase


@tagged("post_install", "-at_install")
class TestMailing(ProfilingCase):
    """A mailing goes to those whom a segment means."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        admin = cls.env(su=True)
        cls.marketer = new_test_user(
            admin,
            "profiling_marketer",
            groups="sales_team.group_sale_salesman,mass_mailing.group_mass_mailing_user",
        )
        cls.template = admin["mail.template"].create(
            {
                "name": "Invitation",
                "model_id": cls.env["ir.model"]._get_id("res.partner"),
                "subject": "Our seminar",
                "body_html": "<p>Dear <t t-out='object.name'/>, come and see</p>",
            }
        )
        cls.partnership.mail_template_id = cls.template
        cls.ann, cls.bob = (
            cls.prospect(name, {"Sector?": "IT"}, email=f"{name}@example.com")
            for name in ("Ann", "Bob")
        )
        cls.cid = cls.prospect("Cid", {"Staff?": "1"}, email="cid@example.com")

    def mailing(self, segment):
        """Return the mailing that the button opens, saved untouched."""
        action = segment.with_user(self.marketer).action_segment_mailing()
        Mailing = self.env(user=self.marketer)[action["res_model"]]
        form = Form(Mailing.with_context(**action["context"]))
        form.subject = form.subject or "Hello"
        return form.save()

    def recipients(self, mailing):
        ids = mailing.sudo()._get_recipients()
        return self.env["res.partner"].browse(ids)

    def test_for_a_profile(self):
        mailing = self.mailing(self.partnership)
        self.assertEqual(mailing.subject, "Our seminar")
        self.assertEqual(mailing.mailing_model_real, "res.partner")
        self.assertIn("come and see", mailing.body_html)
        self.assertEqual(self.recipients(mailing), self.ann | self.bob)

    def test_it_goes_to_who_is_in_when_it_is_sent(self):
        mailing = self.mailing(self.partnership)
        self.take_back(self.ann, "Sector?", "IT")
        self.answer(self.cid, "Sector?", "IT")
        self.assertEqual(self.recipients(mailing), self.bob | self.cid)

    def test_for_a_tag(self):
        self.put_tag(self.cid, "Partnership")
        mailing = self.mailing(self.tag("Partnership"))
        self.assertEqual(self.recipients(mailing), self.ann | self.bob | self.cid)

    def test_for_contacts_chosen(self):
        mailing = self.mailing(self.ann | self.cid)
        self.assertEqual(self.recipients(mailing), self.ann | self.cid)

    def test_for_several_profiles(self):
        """To all who are in any of them, by the template of none."""
        mailing = self.mailing(self.saas | self.partnership)
        self.assertEqual(mailing.subject, "Hello")
        self.assertEqual(self.recipients(mailing), self.ann | self.bob | self.cid)

    def test_for_contacts_who_are_in_several_profiles_together(self):
        """By the template that one of these has; called as one of them is."""
        both = self.ann | self.bob
        self.answer(both, "Staff?", "21-50")
        self.assertEqual(self.mailing(both).subject, "Our seminar")
        self.partnership.mail_template_id = False
        self.assertIn(self.mailing(both).subject, ("SaaS", "Partnership"))

    def test_of_the_campaign_of_the_profile(self):
        self.partnership.entry_campaign_id = (
            self.env["utm.campaign"].sudo().create({"title": "Fair"})
        )
        self.assertEqual(self.mailing(self.partnership).campaign_id.title, "Fair")

    def test_who_is_blacklisted_gets_nothing(self):
        self.env["mail.blacklist"].sudo()._add("ann@example.com")
        mailing = self.mailing(self.partnership).sudo()
        mailing.action_send_mail()  # nothing leaves in tests
        traces = {t.res_id: t.trace_status for t in mailing.mailing_trace_ids}
        self.assertEqual(traces[self.ann.id], "cancel")
        self.assertNotEqual(traces[self.bob.id], "cancel")

    def test_nobody_is_said(self):
        with self.assertRaises(UserError):
            self.large.with_user(self.marketer).action_segment_mailing()

    def test_from_each_list_that_may_be_a_segment(self):
        Action = self.env["ir.actions.actions"].with_user(self.marketer)
        for segment in (self.partnership, self.tag("Partnership"), self.ann):
            with self.subTest(segment._name):
                bound = Action.get_bindings(segment._name)["action"]
                [action] = [a for a in bound if a["name"] == "Create a mailing"]
                self.assertIn("list", action["binding_view_types"])
                records = segment.with_user(self.marketer)
                opened = (
                    self.env["ir.actions.server"]
                    .with_user(self.marketer)
                    .with_context(active_model=records._name, active_ids=records.ids)
                    .browse(action["id"])
                    .run()
                )
                self.assertEqual(opened["res_model"], "mailing.mailing")

    @users("profiling_manager")
    def test_no_button_without_the_right_to_mailings(self):
        view = self.env["crm.profiling.profile"].get_view(view_type="form")
        button = "//button[@name='action_segment_mailing']"
        self.assertFalse(etree.fromstring(view["arch"]).xpath(button))

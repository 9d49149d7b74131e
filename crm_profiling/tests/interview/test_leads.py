"""Leads: their contact holds the answers, the pipeline shows what they led to."""

from odoo import fields
from odoo.tests import Form, tagged

from .test_interview import InterviewCase


@tagged("post_install", "-at_install")
class TestLeads(InterviewCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Lead = cls.env["crm.lead"].with_user(cls.salesman)

    def lead(self, name="Fair", **vals):
        return self.Lead.create({"name": name, "user_id": self.salesman.id, **vals})

    def begin_on(self, lead):
        return self.Interview.begin(lead_id=lead.id)

    def test_the_contact_is_created_as_at_conversion(self):
        lead = self.lead(contact_name="Bob", partner_name="ACME", email_from="b@x.com")
        self.assertEqual(
            lead.action_profiling_interview()["params"]["lead_id"], lead.id
        )
        self.assertFalse(lead.partner_id)
        shown = self.begin_on(lead)
        self.assertEqual(lead.partner_id.name, "Bob")
        self.assertEqual(lead.partner_id.parent_id.name, "ACME")
        self.assertEqual(shown["partner"]["id"], lead.partner_id.id)
        self.assertEqual(shown["lead"], {"id": lead.id, "name": "Fair"})
        self.assertEqual(self.begin_on(lead)["id"], shown["id"])

    def test_the_contact_is_found_by_its_address(self):
        self.ann.email = "ann@example.com"
        lead = self.lead(email_from="Ann <ann@example.com>")
        self.assertEqual(self.begin_on(lead)["partner"]["id"], self.ann.id)
        self.assertEqual(lead.partner_id, self.ann)

    def test_profiles_and_offer(self):
        lead, other = self.lead(partner_id=self.ann.id), self.lead("Other")
        self.say(self.say(self.begin_on(lead), "Staff?", "1"), "Journalist?", "No")
        self.assertEqual(lead.profiling_profile_ids, self.training | self.saas)
        self.assertIn("Two days", lead.profiling_offer)
        both = self.Lead.browse((lead | other).ids)
        for domain, found in (
            ([("profiling_profile_ids", "=", self.saas.id)], lead),
            ([("profiling_profile_ids", "!=", False)], lead),
            ([("profiling_profile_ids", "=", False)], other),
            ([("profiling_profile_ids", "ilike", "saa")], lead),
            ([("profiling_profile_ids", "in", self.partnership.ids)], both.browse()),
        ):
            with self.subTest(domain=domain):
                within = [("id", "in", both.ids), *domain]
                self.assertEqual(self.Lead.search(within), found)

    def test_group_by_profile(self):
        lead, other = self.lead(partner_id=self.ann.id), self.lead("Other")
        self.answer(self.ann, "Sector?", "IT")
        groups = self.Lead._read_group(
            [("id", "in", (lead | other).ids)],
            ["profiling_profile_ids"],
            ["id:recordset"],
        )
        self.assertEqual(
            {profile.name: leads for profile, leads in groups},
            {"Partnership": lead, False: other},
        )

    def test_the_end_is_noted_and_planned_on_the_lead_too(self):
        lead = self.lead(partner_id=self.ann.id)
        shown = self.say(self.begin_on(lead), "Sector?", "IT")
        kind = self.env.ref("mail.mail_activity_data_call")
        self.interview(shown).finish(
            activity={
                "activity_type_id": kind.id,
                "date_deadline": fields.Date.to_string(fields.Date.today()),
            }
        )
        for record in (lead, self.ann):
            self.assertEqual(
                len(record.message_ids.filtered(lambda m: "Interviewed" in m.body)), 1
            )
        self.assertEqual(lead.activity_ids.activity_type_id, kind)
        self.assertFalse(self.ann.activity_ids)

    def test_forms_of_others_still_open(self):
        lead = self.lead(partner_id=self.ann.id)
        arch = Form(lead)._view["tree"]
        self.assertTrue(arch.xpath("//page[@name='crm_profiling']"))
        fields = self.env["crm.lead"].with_user(self.outsider).fields_get()
        self.assertNotIn("profiling_profile_ids", fields)

    def test_reading_many_leads_costs_no_more(self):
        def measure(count):
            partners = self.env["res.partner"].create(
                [{"name": f"P{n}"} for n in range(count)]
            )
            self.answer(partners, "Sector?", "IT")
            leads = self.Lead.create(
                [
                    {"name": p.name, "partner_id": p.id, "user_id": self.salesman.id}
                    for p in partners
                ]
            )
            return self.count_queries(
                leads.read, ["profiling_profile_ids", "profiling_offer"]
            )

        measure(3), measure(3)
        self.assertAlmostEqual(measure(3), measure(100), delta=4)

"""What a person may ask for: to see what is kept, and to be forgotten."""

import json

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged, users

from ..common import ProfilingCase


class PrivacyCase(ProfilingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ask("Staff?").level = "company"
        cls.acme = cls.prospect("ACME", {"Staff?": "21-50"}, is_company=True)
        cls.ann = cls.prospect(
            "Ann Privacy",
            {"Sector?": "IT"},
            parent_id=cls.acme.id,
            email="ann.privacy@example.com",
        )
        cls.ann.profiling_set_hand(cls.large.id, "pinned")
        cls.env["crm.profiling.interview"].create(
            {"partner_id": cls.ann.id, "user_id": cls.manager.id, "note": "In a hurry"}
        )


@tagged("post_install", "-at_install")
class TestLookup(PrivacyCase):
    def lookup(self):
        wizard = (
            self.env["privacy.lookup.wizard"]
            .sudo()
            .create({"name": "Ann Privacy", "email": "ann.privacy@example.com"})
        )
        wizard.action_lookup()
        return wizard.line_ids

    def test_answers_are_found(self):
        found = self.lookup().mapped(lambda line: (line.res_model, line.res_id))
        hand = self.membership(self.ann, self.large)
        for record in (
            self.ann,
            self.ann.profiling_response_ids,
            self.ann.profiling_interview_ids,
            hand,
        ):
            self.assertIn((record._name, record.id), found)
        self.assertNotIn(
            self.acme.profiling_response_ids.id,
            [i for model, i in found if model == "crm.profiling.response"],
        )

    def test_all_of_it_is_deleted_at_once(self):
        lines = self.lookup()
        lines = lines.filtered(lambda line: line.res_model != "mail.message")
        lines.action_unlink_all()
        self.assertTrue(all(lines.mapped("is_unlinked")))
        self.assertFalse(self.ann.exists())


@tagged("post_install", "-at_install")
class TestForget(PrivacyCase):
    def test_the_answers_of_a_contact(self):
        self.assertProfiles(self.ann, "Partnership", "SaaS", self.large.name)
        wizard = (
            self.env["crm.profiling.forget"]
            .with_context(active_ids=self.ann.ids)
            .create({})
        )
        self.assertEqual((wizard.partner_count, wizard.response_count), (1, 1))
        wizard.action_forget()
        self.assertAnswers(self.ann, {"Staff?": "21-50"})
        self.assertProfilesAndTags(self.ann, "SaaS")
        self.assertFalse(self.ann.profiling_interview_ids)

    def test_the_note_of_an_interview_repeats_the_answers(self):
        lead = self.env["crm.lead"].create({"name": "Fair", "partner_id": self.ann.id})
        interview = self.ann.profiling_interview_ids
        interview.lead_id = lead
        interview.answer(
            self.ask("Function?").id, self.choice("Function?", "Decision-maker").ids
        )
        interview.finish()
        told = [*self.ann.message_ids, *lead.message_ids]
        self.assertEqual(sum("Decision-maker" in one.body for one in told), 2)
        self.ann._profiling_forget()
        for record in (self.ann, lead):
            self.assertNotIn("Decision-maker", str(record.message_ids.mapped("body")))

    def test_what_another_company_asked(self):
        """The manager sees no question of that company, and its answer goes, too."""
        other = self.env["res.company"].sudo().create({"name": "Other"})
        self.manager.sudo().company_ids -= other  # who creates one is in it
        theirs = self.question("Theirs?", ["Yes", "No"])
        self.answer(self.ann, "Theirs?", "Yes")
        theirs.sudo().company_id = other
        self.assertEqual(len(self.stored(self.ann).profiling_response_ids), 1)
        self.ann._profiling_forget()
        self.assertFalse(self.ann.sudo().profiling_response_ids)

    def test_the_answers_of_a_company(self):
        self.acme._profiling_forget()
        self.assertAnswers(self.ann, {"Sector?": "IT"})
        self.assertProfilesAndTags(self.acme)

    def test_a_contact_that_goes_takes_its_answers_along(self):
        responses = self.ann.profiling_response_ids
        memberships = self.ann.profiling_membership_ids
        interviews = self.ann.profiling_interview_ids
        self.ann.unlink()
        for records in (responses, memberships, interviews):
            self.assertFalse(records.exists(), records)
        self.env.cr.execute(
            "SELECT 1 FROM crm_profiling_state WHERE id = %s", [self.ann.id]
        )
        self.assertFalse(self.env.cr.fetchall())

    @users("profiling_salesman")
    def test_a_manager_decides(self):
        with self.assertRaises(AccessError):
            self.env["crm.profiling.forget"].create({"partner_ids": self.ann.ids})


@tagged("post_install", "-at_install")
class TestDossier(PrivacyCase, HttpCase):
    def test_what_is_kept(self):
        dossier = self.ann._profiling_dossier()
        self.assertEqual(dossier["contact"], "Ann Privacy")
        said = {line["question"]: line["answer"] for line in dossier["answers"]}
        self.assertEqual(said, {"Sector?": "IT", "Staff?": "21-50"})
        self.assertIn(self.large.name, [p["profile"] for p in dossier["profiles"]])
        self.assertEqual(dossier["interviews"][0]["note"], "In a hurry")

    def test_the_file(self):
        url = f"/crm_profiling/answers/{self.ann.id}"
        self.authenticate(self.salesman.login, self.salesman.login)
        answer = self.url_open(url)
        self.assertEqual(answer.status_code, 200)
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        self.assertEqual(json.loads(answer.text)["contact"], "Ann Privacy")

    def test_not_for_others(self):
        self.authenticate(self.outsider.login, self.outsider.login)
        answer = self.url_open(f"/crm_profiling/answers/{self.ann.id}")
        self.assertEqual(answer.status_code, 403)

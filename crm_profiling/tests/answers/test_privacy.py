"""What a person may ask for: to see what is kept, and to be forgotten."""

import json

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged, users

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
        cls.answer(cls.ann, "Journalist?", "Yes")
        cls.answer(cls.ann, "Journalist?", "No")
        cls.take_back(cls.ann, "Journalist?", "No")
        cls.ann.profiling_set_hand(cls.large.id, "pinned")
        cls.env["crm.profiling.interview"].create(
            {"partner_id": cls.ann.id, "user_id": cls.manager.id, "note": "In a hurry"}
        )

    def past(self, partner):
        """Return what was said before, of whichever company."""
        History = self.env["crm.profiling.response.history"].sudo()
        return History.search([("partner_id", "=", partner.id)])


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
            *self.past(self.ann),
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

    def test_an_answer_that_is_deleted_there_is_gone(self):
        answers = self.lookup().filtered(
            lambda line: line.res_model.startswith("crm.profiling.response")
        )
        self.assertEqual(len(answers), 3)
        answers.action_unlink_all()
        self.assertFalse(self.past(self.ann))
        self.assertFalse(self.stored(self.ann).profiling_response_ids)
        self.assertProfiles(self.ann, "SaaS", self.large.name)


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
        self.assertFalse(self.past(self.ann))
        self.assertAnswers(self.ann, {"Staff?": "21-50"})
        self.assertProfilesAndTags(self.ann, "SaaS")
        self.assertFalse(self.ann.profiling_interview_ids)

    def test_the_note_of_an_interview_repeats_the_answers(self):
        lead = self.env["crm.lead"].create({"name": "Fair", "partner_id": self.ann.id})
        interview = self.ann.profiling_interview_ids
        interview.sudo().lead_id = lead
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
        self.answer(self.ann, "Theirs?", "No")
        theirs.sudo().company_id = other
        self.assertEqual(len(self.stored(self.ann).profiling_response_ids), 1)
        self.ann._profiling_forget()
        self.assertFalse(self.ann.sudo().profiling_response_ids)
        self.assertFalse(self.past(self.ann))

    def test_what_somebody_of_another_company_pinned(self):
        """The profile is none of the manager's to see, and the pin goes, too."""
        other = self.env["res.company"].sudo().create({"name": "Other"})
        self.manager.sudo().company_ids -= other
        theirs = self.saas.sudo().copy({"name": "Theirs", "company_id": other.id})
        self.acme.sudo().profiling_set_hand(theirs.id, "pinned")
        pins = self.env["crm.profiling.membership"].sudo()
        of_theirs = [("profile_id", "=", theirs.id), ("state", "=", "pinned")]
        self.assertEqual(pins.search(of_theirs).partner_id, self.acme)
        self.env.invalidate_all()
        self.acme._profiling_forget()
        self.assertFalse(pins.search(of_theirs))

    def test_what_is_forgotten_comes_back_by_a_file_only(self):
        """There is nothing left that would know better."""
        self.ann._profiling_forget()
        it = self.choice("Sector?", "IT")
        Response = self.env["crm.profiling.response"]
        Response._record({self.ann.id: ({it.id}, set())}, {"date": "2026-01-01"})
        self.assertAnswers(self.ann, {"Staff?": "21-50", "Sector?": "IT"})

    def test_of_a_contact_that_is_not_theirs_to_change(self):
        self.env["ir.rule"].sudo().create(
            {
                "name": "Ann is read-only",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": [("id", "!=", self.ann.id)],
                "perm_read": False,
            }
        )
        with self.assertRaises(AccessError):
            self.ann._profiling_forget()
        self.assertAnswers(self.ann, {"Sector?": "IT", "Staff?": "21-50"})
        self.assertEqual(len(self.past(self.ann)), 2)

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
        before = {
            line["answer"]: line["ended by"] for line in dossier["earlier answers"]
        }
        self.assertEqual(before, {"Yes": "replaced", "No": "taken_back"})
        self.assertEqual(dossier["priority"], "0")

    def test_of_a_contact_that_two_companies_share(self):
        """Each sees what it may, and neither is refused because of the other."""
        here, there = (
            self.env["res.company"].sudo().create([{"name": "Here"}, {"name": "There"}])
        )
        for name in ("Here", "There"):
            self.question(f"{name}?", ["Yes", "No"])
            self.answer(self.ann, f"{name}?", "Yes")
            self.answer(self.ann, f"{name}?", "No")
            self.profile(name, {f"{name}?": "No"})
        self.assertProfiles(
            self.ann, "Partnership", "SaaS", self.large.name, "Here", "There"
        )
        for company in (here, there):
            profile = self.env["crm.profiling.profile"].search(
                [("name", "=", company.name)]
            )
            profile.sudo().company_id = company
            self.ask(f"{company.name}?").sudo().company_id = company
        for mine, foreign in ((here, there), (there, here)):
            user = new_test_user(
                self.env(su=True),
                mine.name,
                groups="sales_team.group_sale_salesman,base.group_partner_manager",
                company_id=mine.id,
                company_ids=[Command.set(mine.ids)],
            )
            self.env.invalidate_all()
            ann = self.ann.with_user(user)
            self.authenticate(user.login, user.login)
            answer = self.url_open(f"/crm_profiling/answers/{self.ann.id}")
            self.assertEqual(answer.status_code, 200)
            dossier = json.loads(answer.text)
            for part, key in (
                ("answers", "question"),
                ("earlier answers", "question"),
                ("profiles", "profile"),
            ):
                told = str([line[key] for line in dossier[part]])
                self.assertIn(mine.name, told)
                self.assertNotIn(foreign.name, told)
            # nor anywhere else
            shown = ann.read(["profiling_result", "profile_ids"])
            sheet = ann._profiling_sheet_answers()
            for one in (shown, sheet):
                self.assertNotIn(f"{foreign.name}?", str(one))
            self.assertIn(f"{mine.name}?", str(sheet))

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

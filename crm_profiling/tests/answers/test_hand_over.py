"""Answers about a company stay answers, whoever holds them when things change."""

from datetime import timedelta

from odoo import Command, fields
from odoo.tests import Form, tagged

from ..common import ProfilingCase


class HandOverCase(ProfilingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tools = cls.question(
            "Tools?", ["Paper", "Sheets", "ERP"], selection_mode="multiple"
        )
        cls.acme = cls.prospect("ACME", is_company=True)

    def answer_on(self, partner, date, question, *answers):
        """Have a contact give answers on a day."""
        given = self.choice(question, *answers)
        self.answer(partner, question, *answers)
        holders = partner | partner.commercial_partner_id
        holders.profiling_response_ids.filtered(
            lambda response: response.answer_id in given
        ).sudo().date = date

    def assertHeld(self, partner, answers):
        """Check what a contact holds itself."""
        self.assertEqual(
            self.stored(partner).profiling_response_ids.answer_id, self.choices(answers)
        )

    def taken_back(self, **vals):
        """Return a contact who said IT, then Industry, and took it back."""
        ann = self.prospect("Ann", {"Sector?": "IT"}, **vals)
        self.answer(ann, "Sector?", "Industry")
        self.take_back(ann, "Sector?", "Industry")
        return ann

    def assertSaidBefore(self, holder, speaker):
        """Check that what was taken back is with its holder now, and stays back."""
        History = self.env["crm.profiling.response.history"].sudo()
        past = History.search([("partner_id", "in", (holder | speaker).ids)])
        self.assertEqual(past.partner_id, holder)
        self.assertEqual(sorted(past.answer_id.mapped("name")), ["IT", "Industry"])
        yesterday = fields.Datetime.now() - timedelta(days=1)
        self.env["crm.profiling.response"]._record(
            {speaker.id: (set(self.choice("Sector?", "IT").ids), set())},
            {"source": "import", "date": yesterday},
        )
        for partner in holder | speaker:
            self.assertAnswers(partner, {})


@tagged("post_install", "-at_install")
class TestLevelChanged(HandOverCase):
    def test_the_company_takes_over_what_its_contacts_answered(self):
        ann = self.prospect("Ann", {"Sector?": "IT"}, parent_id=self.acme.id)
        bob = self.prospect("Bob", parent_id=self.acme.id)
        self.ask("Sector?").level = "company"
        self.assertHeld(self.acme, {"Sector?": "IT"})
        for partner in self.acme | ann | bob:
            self.assertAnswers(partner, {"Sector?": "IT"})
            self.assertProfilesAndTags(partner, "Partnership")

    def test_the_newest_answer_of_several(self):
        ann, bob = (self.prospect(n, parent_id=self.acme.id) for n in ("Ann", "Bob"))
        self.answer_on(self.acme, "2026-01-01", "Sector?", "Services")
        self.answer_on(ann, "2026-03-01", "Sector?", "IT")
        self.answer_on(bob, "2026-02-01", "Sector?", "Industry")
        self.ask("Sector?").level = "company"
        for partner in self.acme | ann | bob:
            self.assertAnswers(partner, {"Sector?": "IT"})
        self.assertHeld(ann | bob, {})

    def test_all_of_several_answers(self):
        ann, bob = (self.prospect(n, parent_id=self.acme.id) for n in ("Ann", "Bob"))
        self.answer(ann, "Tools?", "Paper", "ERP")
        self.answer(bob, "Tools?", "Sheets", "ERP")
        self.tools.level = "company"
        for partner in self.acme | ann | bob:
            self.assertAnswers(partner, {"Tools?": ["Paper", "Sheets", "ERP"]})
        self.assertHeld(self.acme, {"Tools?": ["Paper", "Sheets", "ERP"]})

    def test_each_contact_takes_over_what_the_company_answered(self):
        (self.ask("Sector?") | self.tools).level = "company"
        ann, bob = (self.prospect(n, parent_id=self.acme.id) for n in ("Ann", "Bob"))
        address = self.prospect("Shop", parent_id=self.acme.id, type="delivery")
        self.answer_on(ann, "2026-03-01", "Sector?", "IT")
        self.answer(ann, "Tools?", "Paper", "ERP")
        (self.ask("Sector?") | self.tools).level = "contact"
        given = {"Sector?": "IT", "Tools?": ["Paper", "ERP"]}
        for partner in self.acme | ann | bob:
            self.assertHeld(partner, given)
            self.assertProfilesAndTags(partner, "Partnership")
        self.assertHeld(address, {})
        moved = (self.acme | ann | bob).profiling_response_ids.filtered(
            lambda response: response.question_id == self.ask("Sector?")
        )
        self.assertEqual([str(one.date.date()) for one in moved], ["2026-03-01"] * 3)
        self.answer(ann, "Sector?", "Industry")
        self.assertProfilesAndTags(ann)
        self.assertProfilesAndTags(bob, "Partnership")

    def test_an_interview_stays_with_whom_it_was_with(self):
        """The contacts take the answer over, and were not interviewed."""
        self.ask("Sector?").level = "company"
        ann = self.prospect("Ann", parent_id=self.acme.id)
        self.answer(self.acme, "Sector?", "IT")
        interview = self.env["crm.profiling.interview"].create(
            {"partner_id": self.acme.id}
        )
        self.acme.profiling_response_ids.sudo().interview_id = interview
        self.env.flush_all()
        self.ask("Sector?").level = "contact"
        said = self.stored(self.acme).profiling_response_ids
        self.assertEqual(said.interview_id, interview)
        self.assertHeld(ann, {"Sector?": "IT"})
        self.assertFalse(ann.profiling_response_ids.interview_id)

    def test_what_was_said_before_goes_to_the_company(self):
        ann = self.taken_back(parent_id=self.acme.id)
        self.ask("Sector?").level = "company"
        self.assertSaidBefore(self.acme, ann)

    def test_who_answers_for_themselves_keep_their_answers(self):
        ann = self.prospect("Ann", {"Sector?": "IT"})
        for level in ("company", "contact"):
            self.ask("Sector?").level = level
            self.assertHeld(ann, {"Sector?": "IT"})
            self.assertProfilesAndTags(ann, "Partnership")


@tagged("post_install", "-at_install")
class TestCompanyChanged(HandOverCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.ask("Sector?") | cls.tools).level = "company"

    def test_what_somebody_said_before_comes_to_the_company(self):
        ann = self.taken_back()
        ann.parent_id = self.acme
        self.assertSaidBefore(self.acme, ann)

    def test_a_person_on_its_own_comes_to_a_company(self):
        ann = self.prospect("Ann", {"Sector?": "IT", "Staff?": "1"})
        bob = self.prospect("Bob", parent_id=self.acme.id)
        ann.parent_id = self.acme
        self.assertHeld(self.acme, {"Sector?": "IT"})
        self.assertHeld(ann, {"Staff?": "1"})
        self.assertProfilesAndTags(ann, "Partnership", "SaaS")
        self.assertProfilesAndTags(bob, "Partnership")

    def test_the_newest_answer_stays(self):
        ann = self.prospect("Ann")
        self.answer_on(self.acme, "2026-02-01", "Sector?", "Services")
        self.answer(self.acme, "Tools?", "Paper")
        self.answer_on(ann, "2026-01-01", "Sector?", "IT")
        self.answer(ann, "Tools?", "ERP", "Paper")
        ann.parent_id = self.acme
        given = {"Sector?": "Services", "Tools?": ["Paper", "ERP"]}
        self.assertAnswers(ann, given)
        self.assertHeld(self.acme, given)
        bob = self.prospect("Bob")
        self.answer_on(bob, "2026-03-01", "Sector?", "IT")
        bob.parent_id = self.acme
        for partner in self.acme | ann | bob:
            self.assertProfilesAndTags(partner, "Partnership")

    def test_a_company_becomes_a_contact_of_another(self):
        nile = self.prospect("Nile", {"Sector?": "IT"}, is_company=True)
        ann = self.prospect("Ann", parent_id=nile.id)
        nile.write({"is_company": False, "parent_id": self.acme.id})
        self.assertHeld(self.acme, {"Sector?": "IT"})
        for partner in self.acme | nile | ann:
            self.assertProfilesAndTags(partner, "Partnership")

    def test_a_branch_keeps_its_own_answers(self):
        nile = self.prospect("Nile", {"Sector?": "IT"}, is_company=True)
        nile.parent_id = self.acme
        self.assertHeld(nile, {"Sector?": "IT"})
        self.assertHeld(self.acme, {})
        self.assertProfilesAndTags(self.acme)

    def test_moved_and_answered_at_once(self):
        ann = self.prospect("Ann", {"Sector?": "IT"})
        industry = self.choice("Sector?", "Industry")
        ann.write(
            {
                "parent_id": self.acme.id,
                "profiling_answer_ids": [Command.link(industry.id)],
            }
        )
        self.assertHeld(self.acme, {"Sector?": "Industry"})
        self.assertHeld(ann, {})

    def test_moved_by_the_company(self):
        ann = self.prospect("Ann", {"Sector?": "IT"})
        self.acme.child_ids = [Command.link(ann.id)]
        self.assertProfilesAndTags(self.acme, "Partnership")

    def test_moved_in_the_form(self):
        """What the person said is shown beside what the company did, and stays."""
        self.answer(self.acme, "Tools?", "Paper")
        ann = self.prospect("Ann", {"Sector?": "IT", "Tools?": "ERP"})
        nile = self.prospect("Nile", {"Tools?": "Sheets"}, is_company=True)
        with Form(ann) as form:
            form.parent_id = nile
            self.assertCountEqual(
                form.profiling_answer_ids.ids,
                self.choices({"Sector?": "IT", "Tools?": ["Sheets", "ERP"]}).ids,
            )
            form.parent_id = self.acme
        self.assertHeld(self.acme, {"Sector?": "IT", "Tools?": ["Paper", "ERP"]})
        self.assertHeld(nile, {"Tools?": "Sheets"})
        self.assertProfilesAndTags(ann, "Partnership")

    def test_by_whom_and_when_is_kept(self):
        ann = self.prospect("Ann")
        self.answer_on(ann, "2026-01-01", "Sector?", "IT")
        response = ann.profiling_response_ids
        ann.parent_id = self.acme
        self.assertEqual(self.stored(self.acme).profiling_response_ids, response)
        self.assertEqual(str(response.date.date()), "2026-01-01")
        self.assertEqual(response.user_id, self.manager)

    def test_what_came_meanwhile_is_handed_over_by_the_job(self):
        ann = self.prospect("Ann", parent_id=self.acme.id)
        it = self.choice("Sector?", "IT")
        # as another transaction left it, which did not see the company yet
        self.env.cr.execute(
            """INSERT INTO crm_profiling_response
                           (partner_id, answer_id, question_id, date, source)
               VALUES (%s, %s, %s, now() at time zone 'UTC', 'form')""",
            [ann.id, it.id, it.question_id.id],
        )
        with self.enter_registry_test_mode():
            self.env.ref(
                "crm_profiling.ir_cron_apply_profiles"
            ).sudo().method_direct_trigger()
        self.assertHeld(self.acme, {"Sector?": "IT"})
        self.assertProfilesAndTags(self.acme, "Partnership")
        self.assertProfilesAndTags(ann, "Partnership")

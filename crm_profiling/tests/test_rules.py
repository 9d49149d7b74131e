"""Every model says who may see its records, and of whose company: a new one, too."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged

from .common import ProfilingCase
from .ours import our_models
from .rights import companions

# Models whose records are not of a company: why nobody needs to be kept from them.
NO_COMPANY_RULE = {
    "crm.profiling.run": "One pass over the contacts of all companies: it holds counts."
    " The profiles that it names are read by their own rules.",
    "crm.profiling.bit": "Read by administrators of the system, by nobody else.",
    "crm.profiling.state": "Read by administrators of the system, by nobody else.",
    "crm.profiling.import.change": "Read by administrators of the system: it serves to"
    " take an import back.",
    "crm.profiling.turn": "Read by administrators of the system: it says what was done"
    " last, and when.",
}


@tagged("post_install", "-at_install")
class TestRules(ProfilingCase):
    def setUp(self):
        super().setUp()
        self.models = {
            name: model
            for name, model in our_models(self.env(su=True)).items()
            if not model._abstract
        }
        self.assertGreater(len(self.models), 20, "there is nothing to look at")
        self.reasons = dict(NO_COMPANY_RULE)
        for companion in companions(self.env(su=True)):
            self.reasons.update(getattr(companion, "NOBODYS", {}))

    def _rules(self, model):
        """Return the rules that hold for everybody, of a model."""
        return (
            self.env["ir.rule"]
            .sudo()
            .search([("model_id.model", "=", model), ("groups", "=", False)])
        )

    def test_somebody_may_read_every_model(self):
        """A model without rights is one that somebody forgot."""
        access = self.env["ir.model.access"].sudo()
        for name in self.models:
            with self.subTest(model=name):
                rights = access.search([("model_id.model", "=", name)])
                self.assertTrue(rights)
                self.assertTrue(all(rights.mapped("group_id")), "open to everybody")

    def test_records_are_seen_in_their_company(self):
        for name, model in self.models.items():
            if not model._transient:
                with self.subTest(model=name):
                    rules = self._rules(name)
                    by_company = any("company_ids" in r.domain_force for r in rules)
                    self.assertNotEqual(by_company, name in self.reasons)

    def test_wizards_are_seen_by_who_opened_them(self):
        for name, model in self.models.items():
            if model._transient:
                with self.subTest(model=name):
                    domains = self._rules(name).mapped("domain_force")
                    self.assertIn("[('create_uid', '=', user.id)]", domains)

    def test_reasons_are_of_models_that_there_are(self):
        self.assertLessEqual(self.reasons.keys(), self.models.keys())

    def test_lines_of_a_questionnaire_of_another_company(self):
        """A rule of the questionnaire does not reach its lines."""
        west = self.env["res.company"].sudo().create({"name": "West"})
        self.manager.sudo().company_ids -= west
        sudo = self.env(su=True)
        theirs = sudo["crm.profiling.questionnaire"].create(
            {"name": "West's", "company_id": west.id}
        )
        question = self.ask("Sector?")
        line = sudo["crm.profiling.questionnaire.line"].create(
            {"questionnaire_id": theirs.id, "question_id": question.id}
        )
        mine = line.with_env(self.env)
        self.assertFalse(mine.search([("questionnaire_id", "=", theirs.id)]))
        other = {"questionnaire_id": theirs.id, "question_id": self.ask("Staff?").id}
        own = mine.create(
            {
                "questionnaire_id": mine.questionnaire_id.create({"name": "Own"}).id,
                "question_id": question.id,
            }
        )
        for change in (
            lambda: mine.read(["question_id"]),
            lambda: mine.write({"sequence": 7}),
            lambda: mine.unlink(),
            lambda: mine.create(other),
            lambda: own.write({"questionnaire_id": theirs.id}),
        ):
            with self.assertRaises(Exception) as caught, self.env.cr.savepoint():
                change()
            self.assertIn(
                type(caught.exception).__name__, ("AccessError", "ValidationError")
            )
        self.assertTrue(line.exists())


@tagged("post_install", "-at_install")
class TestPins(ProfilingCase):
    """A pin is a person's word: theirs, of this contact, of now."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.west = cls.env["res.company"].sudo().create({"name": "West"})
        cls.manager.sudo().company_ids -= cls.west
        cls.ann = cls.prospect("Ann")
        cls.bob = cls.prospect("Bob")
        cls.pin = cls.env["crm.profiling.membership"].create(
            {"partner_id": cls.ann.id, "profile_id": cls.saas.id}
        )

    def test_a_pin_does_not_move(self):
        for vals in ({"partner_id": self.bob.id}, {"profile_id": self.large.id}):
            with self.assertRefused(UserError, "does not move"):
                self.pin.write(vals)
            with self.assertRefused(UserError, "does not move"):
                self.pin.sudo().write(vals)
        self.pin.write({"partner_id": self.ann.id, "state": "pinned"})
        self.assertProfilesAndTags(self.ann, "SaaS")
        self.assertProfilesAndTags(self.bob)

    def test_who_and_when_cannot_be_said(self):
        day = "2020-01-01 00:00:00"
        for vals in (
            {"user_id": self.salesman.id},
            {"date": day},
            {"category_id": self.tag("Golf").id},
            {"date_acted": day},
            {"to_act": True},
        ):
            with self.assertRefused(UserError, "nobody sets it"):
                self.pin.write(vals)
            with self.assertRefused(UserError, "nobody sets it"):
                self.pin.create(
                    {"partner_id": self.bob.id, "profile_id": self.saas.id, **vals}
                )

    def test_nor_by_a_default(self):
        forged = self.pin.with_context(
            default_user_id=self.salesman.id,
            default_date="2020-01-01 00:00:00",
            default_to_act=True,
        )
        pin = forged.create({"partner_id": self.bob.id, "profile_id": self.saas.id})
        self.assertEqual((pin.user_id, pin.to_act), (self.env.user, False))
        self.assertGreater(pin.date.year, 2020)

    def test_addresses_are_in_no_profile(self):
        invoice = self.prospect("Invoices", parent_id=self.ann.id, type="invoice")
        for state in ("pinned", "barred"):
            with self.assertRefused(ValidationError, "address"):
                invoice.profiling_set_hand(self.saas.id, state)
            with self.assertRefused(ValidationError, "address"):
                self.pin.create(
                    {
                        "partner_id": invoice.id,
                        "profile_id": self.saas.id,
                        "state": state,
                    }
                )
        self.assertProfilesAndTags(invoice)

    def test_a_profile_does_not_hold_contacts_of_another_company(self):
        self.manager.sudo().company_ids |= self.west
        theirs = self.profile("Wests", {"Staff?": "1"}, company_id=self.west.id)
        mine = self.prospect("Carl", company_id=self.env.company.id)
        with self.assertRefused(ValidationError, "another company"):
            mine.profiling_set_hand(theirs.id, "pinned")
        self.assertFalse(self.membership(mine, theirs))
        self.ann.profiling_set_hand(theirs.id, "pinned")
        self.assertProfiles(self.ann, "SaaS", "Wests")

    def test_whom_profiles_of_every_company_and_of_one_may_hold(self):
        self.manager.sudo().company_ids |= self.west
        companies = (self.west.browse(), self.env.company, self.west)
        for of_profile in companies:
            profile = self.saas.copy({"name": f"Of {of_profile.name}"})
            profile.company_id = of_profile
            for of_contact in companies:
                contact = self.prospect("Carl", company_id=of_contact.id)
                apart = of_profile and of_contact and of_profile != of_contact
                for state in ("pinned", "barred"):
                    with self.subTest(of_profile.name, contact=of_contact.name):
                        if not apart:
                            contact.profiling_set_hand(profile.id, state)
                            said = self.membership(contact, profile).state
                            self.assertEqual(said, state)
                            continue
                        with self.assertRefused(ValidationError, "another company"):
                            contact.profiling_set_hand(profile.id, state)

    def test_neither_contact_nor_profile_of_another_company(self):
        """In the same words as for what is not there."""
        sudo = self.env(su=True)
        partner = sudo["res.partner"].create(
            {"name": "Hidden", "company_id": self.west.id}
        )
        profile = self.saas.sudo().copy({"name": "Hid", "company_id": self.west.id})
        said = set()
        for partner_id, profile_id in (
            (partner.id, self.saas.id),
            (2**31 - 1, self.saas.id),
            (self.bob.id, profile.id),
            (self.bob.id, 2**31 - 1),
        ):
            with self.assertRaises(ValidationError) as caught:
                self.pin.create({"partner_id": partner_id, "profile_id": profile_id})
            said.add(str(caught.exception))
        self.assertEqual(len(said), 2, said)
        self.assertFalse(partner.profiling_membership_ids)


@tagged("post_install", "-at_install")
class TestFindings(ProfilingCase):
    def test_findings_are_of_who_looked_for_them(self):
        Finding = self.env["crm.profiling.finding"]
        Finding.action_check()
        mine = Finding.search([])
        other = new_test_user(
            self.env(su=True), "other", groups="sales_team.group_sale_manager"
        )
        self.assertTrue(mine)
        self.assertFalse(Finding.with_user(other).search([]))
        with self.assertRaises(AccessError):
            mine.with_user(other).read(["note"])

    def test_runs_are_steered_by_managers_and_written_by_nobody(self):
        run = self.env["crm.profiling.run"].sudo().create({})
        with self.assertRaises(AccessError):
            run.with_user(self.manager).write({"done": 7})
        with self.assertRaises(AccessError):
            run.with_user(self.salesman).action_pause()
        run.with_user(self.manager).action_pause()
        self.assertEqual(run.state, "paused")
        run.with_user(self.manager).action_resume()
        self.assertEqual(run.state, "running")

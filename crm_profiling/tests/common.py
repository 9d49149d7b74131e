"""The world of the tests: the worked example of the original manual.

A software company comes home from a trade fair with dozens of prospects and must
decide what to propose to each of them.
"""

from contextlib import contextmanager

from odoo import Command
from odoo.fields import Domain
from odoo.tests import new_test_user

from odoo.addons.base.tests.common import BaseCommon

# Question: possible answers
QUESTIONS = {
    "Journalist?": ["Yes", "No"],
    "Sector?": ["IT", "ERP consultant", "Services", "Industry", "Others"],
    "Staff?": ["1", "2-20", "21-50", "51-100", "101-500", "500+"],
    "Function?": ["Decision-maker", "Not decision-maker"],
    "Specification?": ["Yes", "Soon", "No"],
    "Budget?": ["Unknown", "<100k", "101-300k", ">300k"],
}

# From which number each answer counts, where staff is asked by number
STAFF_FROM = dict(zip(QUESTIONS["Staff?"], (1, 2, 21, 51, 101, 501), strict=True))

# The prospect whom the profile of the manual, "Large accounts, services", is about:
# the old module never found it.
LARGE_ACCOUNT = {
    "Budget?": "101-300k",
    "Specification?": "Yes",
    "Sector?": "Services",
}


class ProfilingCase(BaseCommon):
    """Questions, profiles and users of the worked example, and words to use them.

    Everything happens as a sales manager, whose rights are checked: a missing
    ``sudo`` shows.  Answers are written as people say them::

        ann = self.prospect("Ann", {"Staff?": "2-20", "Journalist?": "No"})
        self.assertProfiles(ann, "SaaS", "Training")
    """

    # ------------------------------------------------------------------
    # Set-up
    # ------------------------------------------------------------------

    @classmethod
    def setup_independent_user(cls):
        contacts = "base.group_user,base.group_partner_manager"
        cls.salesman = new_test_user(
            cls.env,
            "profiling_salesman",
            groups="sales_team.group_sale_salesman",
            name="Sam Salesman",
        )
        cls.outsider = new_test_user(
            cls.env, "profiling_outsider", groups=contacts, name="Olga Outsider"
        )
        cls.manager = new_test_user(
            cls.env,
            "profiling_manager",
            groups=f"sales_team.group_sale_manager,{contacts},base.group_allow_export",
            name="Mary Manager",
        )
        return cls.manager

    @classmethod
    def setup_main_company(cls, currency_code="USD"):
        """No money here, and a sales manager may not touch currencies."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # however many contacts the database holds, changed profiles apply at once
        cls.apply_at_once(1_000_000_000)
        cls._forget_catalog()
        for sequence, (name, answers) in enumerate(QUESTIONS.items()):
            cls.question(name, answers, sequence=sequence)
        cls._build_profiles()

    @classmethod
    def companies(cls, *names):
        """Create companies which the manager sees as well."""
        companies = cls.env["res.company"].sudo().create([{"name": n} for n in names])
        cls.manager.sudo().company_ids |= companies
        return companies

    @classmethod
    def salesperson_of(cls, company):
        """Create somebody who sells for a company alone, and writes its contacts."""
        return new_test_user(
            cls.env(su=True),
            f"profiling_{company.name}".lower(),
            groups="sales_team.group_sale_salesman,base.group_partner_manager",
            company_id=company.id,
        )

    @classmethod
    def apply_at_once(cls, contacts):
        """Set up to how many contacts changed profiles apply when they are saved.

        -1: never, the background job sees to them.
        """
        parameters = cls.env["ir.config_parameter"].sudo()
        parameters.set_param("crm_profiling.apply_at_once", contacts)

    def run_job(self):
        """Let the scheduler bring contacts in line with changed profiles."""
        job = self.env.ref("crm_profiling.ir_cron_apply_profiles").sudo()
        with self.enter_registry_test_mode():
            job.method_direct_trigger()

    def do_batches(self, size, count=1):
        """Let the job do so many batches of contacts, and then be called away."""
        self.env.flush_all()
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            runs = self.env(cr=cr, su=True)["crm.profiling.run"]
            for _batch in range(count):
                if run := runs._take_up():
                    run._do_batch(size)
        self.env.invalidate_all()

    @classmethod
    def _forget_catalog(cls):
        """Forget what the database knows already: demo data, or somebody's own."""
        kinds = "profile", "response", "response.history", "questionnaire", "question"
        for model in kinds:
            records = cls.env[f"crm.profiling.{model}"].sudo()
            records.with_context(active_test=False).search(Domain.TRUE).unlink()
        cls.env.cr.execute("DELETE FROM crm_profiling_state")

    @classmethod
    def _build_profiles(cls):
        small = {"Staff?": ["1", "2-20"]}
        cls.training = cls.profile(
            "Training", small, {"Journalist?": "Yes"}, offer="<p>Two days, on site</p>"
        )
        cls.saas = cls.profile("SaaS", {"Staff?": ["1", "2-20", "21-50"]})
        cls.partnership = cls.profile(
            "Partnership", {"Sector?": ["IT", "ERP consultant"]}
        )
        cls.large = cls.profile(
            "Large accounts, services",
            {
                "Budget?": ["Unknown", "101-300k", ">300k"],
                "Specification?": "Yes",
                "Sector?": "Services",
            },
            offer="<p>A joint meeting with a partner for a demonstration</p>",
        )

    # ------------------------------------------------------------------
    # Words: the catalog
    # ------------------------------------------------------------------

    @classmethod
    def question(cls, name, answers, **vals):
        """Create a question with its answers, or one of another kind by `vals`."""
        return cls.env["crm.profiling.question"].create(
            {
                "name": name,
                "answer_ids": [
                    Command.create({"name": answer, "sequence": sequence})
                    for sequence, answer in enumerate(answers)
                ],
                **vals,
            }
        )

    @classmethod
    def ask(cls, name):
        """Return a question by its name, archived or not.

        As everything here it is of the environment of the test: a context of its own
        would hide what the code forgets to ask for.
        """
        everything = cls.env["crm.profiling.question"].with_context(active_test=False)
        return everything.search([("name", "=", name)]).with_env(cls.env)

    @classmethod
    def ask_staff_by_number(cls, unit=False):
        """Ask the number of staff as a number, in bands; return the question."""
        staff = cls.ask("Staff?")
        staff.write(
            {
                "by_number": True,
                "number_unit": unit,
                "answer_ids": [
                    Command.update(answer.id, {"value_from": STAFF_FROM[answer.name]})
                    for answer in staff.answer_ids
                ],
            }
        )
        return staff

    @classmethod
    def choice(cls, name, *answers):
        """Return answers to a question by their names, archived or not."""
        known = cls.ask(name).with_context(active_test=False).answer_ids
        found = known.filtered(lambda answer: answer.name in answers)
        assert len(found) == len(answers), f"{name} {answers}: {known.mapped('name')}"
        return found.with_env(cls.env)

    @classmethod
    def choices(cls, answers):
        """Return answers written as ``{"Question?": "answer" or ["answer", ...]}``."""
        found = cls.env["crm.profiling.answer"]
        for name, given in (answers or {}).items():
            found |= cls.choice(name, *([given] if isinstance(given, str) else given))
        return found

    @classmethod
    def tag(cls, name):
        """Return the contact tag of that name, new where there is none yet."""
        Tag = cls.env["res.partner.category"]
        return Tag.search([("name", "=", name)], limit=1) or Tag.create({"name": name})

    @classmethod
    def profile(cls, name, required=None, excluded=None, tag=None, **vals):
        """Create a profile; its tag has its name unless another one is given."""
        return cls.env["crm.profiling.profile"].create(
            {
                "name": name,
                "category_id": cls.tag(tag or name).id,
                "required_answer_ids": [Command.set(cls.choices(required).ids)],
                "excluded_answer_ids": [Command.set(cls.choices(excluded).ids)],
                **vals,
            }
        )

    # ------------------------------------------------------------------
    # Words: contacts
    # ------------------------------------------------------------------

    @classmethod
    def prospect(cls, name, answers=None, **vals):
        """Create a contact who gave some answers."""
        if answers:
            given = cls.choices(answers)
            vals["profiling_answer_ids"] = [Command.link(a.id) for a in given]
        return cls.env["res.partner"].create({"name": name, **vals})

    @classmethod
    def answer(cls, partners, name, *answers):
        """Have contacts give answers to a question, beside what they said before."""
        given = cls.choice(name, *answers)
        partners.write({"profiling_answer_ids": [Command.link(a.id) for a in given]})

    @classmethod
    def take_back(cls, partners, name, *answers):
        """Take back answers contacts gave."""
        given = cls.choice(name, *answers)
        partners.write({"profiling_answer_ids": [Command.unlink(a.id) for a in given]})

    @classmethod
    def put_tag(cls, partners, tag):
        partners.write({"category_id": [Command.link(cls.tag(tag).id)]})

    @classmethod
    def take_tag(cls, partners, tag):
        partners.write({"category_id": [Command.unlink(cls.tag(tag).id)]})

    @classmethod
    def membership(cls, partner, profile):
        return cls.env["crm.profiling.membership"].search(
            [("partner_id", "=", partner.id), ("profile_id", "=", profile.id)]
        )

    # ------------------------------------------------------------------
    # Assertions, on what the database holds
    # ------------------------------------------------------------------

    def stored(self, record):
        """Return a record as the manager sees it in another transaction."""
        self.env.flush_all()
        self.env.invalidate_all()
        return record.with_env(type(self).env)

    def assertAnswers(self, partner, answers):
        """Check all that counts as answered by a contact."""
        self.assertEqual(
            sorted(self.stored(partner).profiling_answer_ids.mapped("display_name")),
            sorted(self.choices(answers).mapped("display_name")),
        )

    def assertProfiles(self, partner, *names):
        """Check all the profiles a contact is in, read and searched."""
        partner = self.stored(partner)
        self.assertEqual(sorted(partner.profile_ids.mapped("name")), sorted(names))
        everybody = partner.browse().with_context(active_test=False)
        for profile in partner.env["crm.profiling.profile"].search(Domain.TRUE):
            found = everybody.search([("profile_ids", "in", profile.ids)])
            self.assertEqual(partner in found, profile.name in names, profile.name)

    def assertTags(self, partner, *names):
        """Check all the tags a contact has."""
        tags = self.stored(partner).category_id
        self.assertEqual(sorted(tags.mapped("name")), sorted(names))

    def assertProfilesAndTags(self, partner, *names):
        """Check all the profiles of a contact, and that it has their tags alone."""
        self.assertProfiles(partner, *names)
        self.assertTags(partner, *names)

    def result(self, partner, profile):
        """Return what the Profiling tab says of a contact and a profile, or None."""
        profiles = partner.profiling_result["profiles"]
        return next((one for one in profiles if one["id"] == profile.id), None)

    def assertResult(self, partner, profile, state, *missing):
        """Check a profile's state on the tab, and the questions it has still to ask."""
        result = self.result(partner, profile)
        open_questions = {
            criterion["question"]
            for criterion in result["criteria"]
            if criterion["verdict"] == "open"
        }
        self.assertEqual((result["state"], open_questions), (state, set(missing)))

    def some(self, things):
        """Return what a loop goes over: an empty one would check nothing."""
        things = list(things)
        self.assertTrue(things, "there is nothing to look at")
        return things

    @contextmanager
    def assertRefused(self, exception, *words):
        """Check that something is refused, in a message that says all the words."""
        with self.assertRaises(exception) as caught:
            yield
        for word in words:
            self.assertIn(word, str(caught.exception))

    # ------------------------------------------------------------------
    # Measures
    # ------------------------------------------------------------------

    def rows(self):
        """Return the place on disk of each row the applier writes.

        Writing a row again, even with the values it has, moves it.
        """
        self.env.flush_all()
        self.env.cr.execute(
            """
            SELECT 'membership', partner_id, profile_id, ctid
              FROM crm_profiling_membership
             UNION ALL
            SELECT 'tag', partner_id, category_id, ctid
              FROM res_partner_res_partner_category_rel
             UNION ALL
            SELECT 'state', id, NULL, ctid
              FROM crm_profiling_state
             ORDER BY 1, 2, 3
            """
        )
        return self.env.cr.fetchall()

    def count_queries(self, function, *args, **kwargs):
        """Return how many queries a call makes that starts with an empty cache."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        function(*args, **kwargs)
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

from odoo import Command, fields
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import InvoicingCase


@tagged("post_install", "-at_install")
class TestHidden(InvoicingCase):
    """Who may not read the invoices cannot conclude the band from anything else.

    Profiles that a customer is in are seen; of all others nothing is told that follows
    from its turnover.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.turnover = cls.env["crm.profiling.question"].create(
            {
                "name": "Turnover?",
                "origin": "turnover",
                "level": "company",
                "by_number": True,
                "company_id": cls.company.id,
                "answer_ids": [
                    Command.create({"name": "Small", "value_from": 0}),
                    Command.create({"name": "Large", "value_from": 10000}),
                ],
            }
        )
        cls.small, cls.large = cls.turnover.answer_ids
        cls.sector = cls.env["crm.profiling.question"].create(
            {
                "name": "Sector?",
                "answer_ids": [
                    Command.create({"name": "IT"}),
                    Command.create({"name": "Services"}),
                ],
            }
        )
        cls.it, cls.services = cls.sector.answer_ids
        cls.profiles = [
            cls.env["crm.profiling.profile"].create(
                {
                    "name": f"IT, {answer.name}",
                    "company_id": cls.company.id,
                    "required_answer_ids": [Command.set((cls.it | answer).ids)],
                }
            )
            for answer in (cls.small, cls.large)
        ]
        cls.seller = cls._who("seller", "sales_team.group_sale_salesman")
        cls.manager = cls._who("manager", "sales_team.group_sale_manager")
        cls.accountant = cls._who(
            "accountant",
            "sales_team.group_sale_manager,account.group_account_readonly",
        )

    @classmethod
    def _who(cls, login, groups):
        return new_test_user(
            cls.env,
            f"hidden.{login}",
            f"base.group_user,base.group_partner_manager,{groups}",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )

    def setUp(self):
        super().setUp()
        self.customer.profiling_answer_ids = self.services
        self._invoice(12000, fields.Date.today())
        self.env["crm.profiling.invoiced"]._look()
        self.env.flush_all()
        self.env.invalidate_all()

    def _as(self, record, user):
        return record.with_user(user).with_company(self.company)

    def _refused_as(self, *users):
        """Return those of them who may not see it: with Sales, managers may."""
        Source = self.env["crm.profiling.source.turnover"]
        return [user for user in users if not Source.with_user(user)._may_be_seen()]

    def _verdicts(self, user):
        self.env.invalidate_all()
        said = self._as(self.customer, user).profiling_result["profiles"]
        return {
            (profile["name"], criterion["question"]): criterion["verdict"]
            for profile in said
            for criterion in profile["criteria"]
        }

    def test_why(self):
        for profile, verdict in zip(
            self.profiles, ("ruled_out", "satisfied"), strict=True
        ):
            at = profile.name, "Turnover?"
            self.assertEqual(self._verdicts(self.accountant)[at], verdict)
            self.assertEqual(self._verdicts(self.seller)[at], "open")

    def test_profiles_are_seen(self):
        self.customer.profiling_answer_ids = self.it
        self.env.flush_all()
        large = self.profiles[1].name
        verdicts = self._verdicts(self.seller)
        self.assertEqual(verdicts[large, "Turnover?"], "satisfied")
        self.assertEqual(verdicts[self.profiles[0].name, "Turnover?"], "open")

    def test_an_interview_says_no_more(self):
        """Neither on its screen, nor in what it holds of answers to come."""
        Interview = self._as(self.env["crm.profiling.interview"], self.seller)
        screen = Interview.begin(partner_id=self.customer.id)
        self.assertNotIn("satisfied", self._said_of_turnover(screen["profiles"]))
        interview = Interview.browse(screen["id"])
        choices = [self.services.ids, [], "decline"]
        ahead = interview.get_ahead(self.sector.id, choices)
        verdicts = [
            said
            for after in ahead["after"]
            for profile in after["profiles"]
            for said in profile["verdicts"]
        ]
        self.assertNotIn("satisfied", verdicts)

    def _said_of_turnover(self, profiles):
        return {
            criterion["verdict"]
            for profile in profiles
            for criterion in profile["criteria"]
            if criterion["question"] == "Turnover?"
        }

    def test_counts(self):
        """Of answers, and of branches of the decision tree."""
        seen = self._as(self.large, self.accountant).response_count
        self.env.invalidate_all()
        hidden = self._as(self.large, self.seller).response_count
        self.assertEqual((seen, hidden), (1, 0))
        self.assertTrue(self._tree(self.accountant) & {"Small", "Large"})
        self.assertFalse(self._tree(self.seller) & {"Small", "Large"})

    def _tree(self, user):
        """Return the branches on which there is somebody."""
        Tree = self._as(self.env["crm.profiling.tree"], user)
        branches, found = [Tree.get_tree(limit=100)], set()
        for branch in branches:
            branches += branch["children"]
            if branch["contacts"]:
                found.add(branch["label"])
        return found

    def test_previews(self):
        """One contact at a time, they would say who is in which band."""
        values = {
            "id": 0,
            "active": True,
            "company_id": self.company.id,
            "required_answer_ids": (self.services | self.large).ids,
            "excluded_answer_ids": [],
        }
        Profile = self.env["crm.profiling.profile"]
        action = self._as(Profile, self.accountant).action_preview(values, "matching")
        self.assertEqual(action["domain"], [("id", "in", self.customer.ids)])
        self.assertTrue(self._as(self.profiles[1], self.accountant).preview)
        refused = self._refused_as(self.manager, self.seller)
        self.assertTrue(refused or "sale.order" in self.env)
        for user in refused:
            self.env.invalidate_all()
            with self.assertRaises(AccessError):
                self._as(Profile, user).action_preview(values, "matching")
            self.assertFalse(self._as(self.profiles[1], user).preview)

import logging
import random

from odoo import Command, api, fields, models

_logger = logging.getLogger(__name__)

PEOPLE = {
    # Name: team, and how well they sell
    "Anita Oliver": ("North", 1.15),
    "Bruno Keller": ("North", 0.9),
    "Chen Wei": ("North", 1.05),
    "Dora Lindqvist": ("South", 0.75),
    "Emil Novak": ("South", 1.0),
    "Farida Haddad": ("South", 1.3),
}
PRODUCTS = {"Licences": (900, 250), "Training": (1200, 700), "Hosting": (350, 120)}


class InvoiceSalesmanDemo(models.AbstractModel):
    """Makes the demo data: who sells, and what they are to achieve."""

    _name = "invoice.salesman.demo"
    _description = "Demo Data of Sales Targets"

    @api.model
    def _make(self):
        """Six salespeople, eighteen months, two currencies, two plans."""
        company = self.env.ref("base.main_company")
        self = self.with_company(company).with_context(
            tracking_disable=True, no_reset_password=True, mail_create_nosubscribe=True
        )
        journal = self.env["account.journal"].search(
            [("type", "=", "sale"), ("company_id", "=", company.id)], limit=1
        )
        if not journal.default_account_id:
            _logger.info("No chart of accounts: no demo invoices")
            return
        dice = random.Random(2005)
        people = self._people(company)
        self._invoices(dice, company, people)
        self._plans(company, people)

    @api.model
    def _people(self, company):
        """Return the salespeople with how well they sell."""
        teams, people = {}, {}
        salesman = self.env.ref("sales_team.group_sale_salesman")
        for name, (team, skill) in PEOPLE.items():
            login = name.split()[0].lower()
            user = self.env["res.users"].create(
                {
                    "name": name,
                    "login": login,
                    "password": login,
                    "email": f"{login}@example.com",
                    "company_id": company.id,
                    "company_ids": [Command.set(company.ids)],
                    "group_ids": [Command.set(salesman.ids)],
                }
            )
            people[user] = skill
            teams.setdefault(team, self.env["res.users"])
            teams[team] |= user
        admin = self.env.ref("base.user_admin")
        for team, members in teams.items():
            self.env["crm.team"].create(
                {
                    "name": team,
                    "company_id": company.id,
                    "user_id": admin.id,
                    "member_ids": [Command.set(members.ids)],
                }
            )
        return people

    @api.model
    def _plans(self, company, people):
        """Turnover of people, and margin of product categories, of this year."""
        Plan = self.env["invoice.salesman.plan"].with_company(company)
        year = fields.Date.today().year
        turnover = Plan.create(
            {
                "name": self.env._("Turnover %s", year),
                "show_ranking": True,
                "warn_below": 80,
                "holder_ids": [Command.create({"user_id": user.id}) for user in people],
            }
        )
        categories = self.env["product.category"].search(
            [("name", "in", list(PRODUCTS))]
        )
        margin = Plan.create(
            {
                "name": self.env._("Margin %s", year),
                "metric": "margin",
                "held_by": "categ",
                "holder_ids": [
                    Command.create({"categ_id": categ.id}) for categ in categories
                ],
            }
        )
        turnover._fill(turnover.holder_ids, "by_days", amount=150000)
        margin._fill(margin.holder_ids, "evenly", amount=100000)
        (turnover + margin).action_start()

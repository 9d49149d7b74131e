import logging
import random

from dateutil.relativedelta import relativedelta

from odoo import Command, api, fields, models

_logger = logging.getLogger(__name__)

MONTHS = 18
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
    """Makes the demo data: invoices that Odoo posts itself, up to today."""

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
    def _products(self):
        """Return products with their prices."""
        products = {}
        for name, (price, cost) in PRODUCTS.items():
            categ = self.env["product.category"].create({"name": name})
            product = self.env["product.product"].create(
                {
                    "name": name,
                    "type": "service",
                    "categ_id": categ.id,
                    "list_price": price,
                    "standard_price": cost,
                    "taxes_id": False,
                }
            )
            products[product] = price
        return products

    @api.model
    def _currencies(self, company):
        """Return the company's currency, and another one with a rate."""
        other = self.env.ref(
            "base.EUR" if company.currency_id.name != "EUR" else "base.USD"
        )
        other.active = True
        self.env["res.currency.rate"].create(
            {
                "currency_id": other.id,
                "company_id": company.id,
                "name": fields.Date.today() - relativedelta(years=2),
                "rate": 0.9,
            }
        )
        return [company.currency_id] * 4 + [other]

    @api.model
    def _invoices(self, dice, company, people):
        products, currencies = self._products(), self._currencies(company)
        customers = self.env["res.partner"].search(
            [("is_company", "=", True), ("company_id", "in", [company.id, False])],
            limit=20,
        )
        industries = self.env["res.partner.industry"].search([], limit=4)
        for number, customer in enumerate(customers):
            # the last of five has none, as it is in life
            of_it = [*industries, industries.browse()][number % (len(industries) + 1)]
            customer.industry_id = customer.industry_id or of_it
        vals_list, today = [], fields.Date.today()
        for ago in reversed(range(MONTHS)):
            month = today + relativedelta(months=-ago, day=1)
            for user, skill in people.items():
                for _number in range(2):
                    day = month + relativedelta(days=dice.randint(0, 27))
                    if day <= today:
                        vals_list.append(
                            self._vals(
                                dice, user, skill, day, products, currencies, customers
                            )
                        )
        moves = self.env["account.move"].create(vals_list)
        moves._post(soft=False)
        for move in moves[5::17]:
            self._credit(move)
        # One that changed hands
        first, second = list(people)[:2]
        moves.filtered(lambda move: move.invoice_user_id == first)[
            -1:
        ].invoice_user_id = second

    @api.model
    def _credit(self, move):
        """Take one of the first line's pieces back, on the same day."""
        same = {
            "invoice_date": move.invoice_date,
            "date": move.invoice_date,
            "invoice_user_id": move.invoice_user_id.id,
        }
        credit = move._reverse_moves([same])
        credit.invoice_line_ids[:1].quantity = 1
        credit._post(soft=False)

    @api.model
    def _vals(self, dice, user, skill, day, products, currencies, customers):
        chosen = dice.sample(list(products), dice.randint(1, 2))
        return {
            "move_type": "out_invoice",
            "partner_id": dice.choice(customers).id,
            "invoice_user_id": user.id,
            "invoice_date": day,
            "currency_id": dice.choice(currencies).id,
            "invoice_line_ids": [
                Command.create(
                    {
                        "product_id": product.id,
                        "quantity": max(1, round(dice.randint(2, 9) * skill)),
                        "price_unit": products[product],
                        "tax_ids": False,
                    }
                )
                for product in chosen
            ],
        }

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

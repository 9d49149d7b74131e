from dateutil.relativedelta import relativedelta

from odoo import Command, api, fields, models

from .invoice_salesman_demo import PRODUCTS

MONTHS = 18


class InvoiceSalesmanDemo(models.AbstractModel):
    """What the demo salespeople sell: invoices that Odoo posts itself, up to today."""

    _inherit = "invoice.salesman.demo"  # pylint: disable=consider-merging-classes-inherited

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
    def _customers(self, company):
        """Return companies, most of them of an industry: the last of five has none."""
        customers = self.env["res.partner"].search(
            [("is_company", "=", True), ("company_id", "in", [company.id, False])],
            limit=20,
        )
        industries = self.env["res.partner.industry"].search([], limit=4)
        for number, customer in enumerate(customers):
            of_it = [*industries, industries.browse()][number % (len(industries) + 1)]
            customer.industry_id = customer.industry_id or of_it
        return customers

    @api.model
    def _invoices(self, dice, company, people):
        """Make invoices, some credit notes, and have one change hands."""
        products, currencies = self._products(), self._currencies(company)
        customers = self._customers(company)
        moves = self.env["account.move"].create(
            [
                self._vals(dice, user, skill, day, products, currencies, customers)
                for user, skill, day in self._sales(dice, people)
            ]
        )
        moves._post(soft=False)
        for move in moves[5::17]:
            self._credit(move)
        first, second = list(people)[:2]
        of_first = moves.filtered(lambda move: move.invoice_user_id == first)
        of_first[-1:].invoice_user_id = second

    @api.model
    def _sales(self, dice, people):
        """Yield who sells, how well, and on which day: twice a month, up to today."""
        today = fields.Date.today()
        for ago in reversed(range(MONTHS)):
            month = today + relativedelta(months=-ago, day=1)
            for user, skill in people.items():
                for _number in range(2):
                    day = month + relativedelta(days=dice.randint(0, 27))
                    if day <= today:
                        yield user, skill, day

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

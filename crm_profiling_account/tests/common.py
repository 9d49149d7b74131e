"""Invoices that are quick to make: a company with three accounts and a journal."""

from odoo import Command
from odoo.tests import TransactionCase


def books(env, company):
    """Give a company accounts and journals; return the environment of it."""
    env = env(context=dict(env.context, allowed_company_ids=company.ids))
    accounts = {
        kind: env["account.account"].create(
            {
                "name": f"{company.name} {kind}",
                "code": f"{number}00",
                "account_type": kind,
                "reconcile": number < 3,
            }
        )
        for number, kind in enumerate(
            ("asset_receivable", "liability_payable", "income", "expense"), 1
        )
    }
    for kind, account in (("sale", "income"), ("purchase", "expense")):
        env["account.journal"].create(
            {
                "name": f"{company.name} {kind}",
                "code": kind[:3].upper(),
                "type": kind,
                "default_account_id": accounts[account].id,
                "company_id": company.id,
            }
        )
    defaults = env["ir.default"]
    for field, account in (
        ("property_account_receivable_id", "asset_receivable"),
        ("property_account_payable_id", "liability_payable"),
    ):
        defaults.set("res.partner", field, accounts[account].id, company_id=company.id)
    return env


class InvoicingCase(TransactionCase):
    """A company with EUR, another currency at 0.5, a customer, a product.

    No chart of accounts is loaded, which takes seconds; three accounts do.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, tracking_disable=True))
        cls.euro = cls._currency("EUR")
        cls.dollar = cls._currency("USD")
        cls.company = cls._company("Targets Ltd")
        cls.env.user.company_ids |= cls.company
        cls.env.user.company_id = cls.company
        cls.env = cls.env(
            context=dict(cls.env.context, allowed_company_ids=cls.company.ids)
        )
        cls.customer = cls.env["res.partner"].create(
            {"name": "Agrolait", "is_company": True}
        )
        cls.product = cls._product("Licence")

    @classmethod
    def _currency(cls, name):
        currency = cls.env["res.currency"].with_context(active_test=False)
        currency = currency.search([("name", "=", name)])
        currency.active = True
        return currency

    @classmethod
    def _company(cls, name):
        company = cls.env["res.company"].create(
            {"name": name, "currency_id": cls.euro.id}
        )
        env = books(cls.env, company)
        env["res.currency.rate"].create(
            {
                "currency_id": cls.dollar.id,
                "company_id": company.id,
                "name": "2020-01-01",
                "rate": 0.5,
            }
        )
        return company

    @classmethod
    def _product(cls, name, cost=0.0, **vals):
        product = cls.env["product.product"].create(
            {"name": name, "type": "service", "taxes_id": False, **vals}
        )
        product.with_company(cls.company).standard_price = cost
        return product

    def _invoice(self, amount, date="2026-03-10", post=True, lines=None, **vals):
        """Return an invoice of one line of that amount, posted unless told not to.

        :param list lines: ``(product, quantity, price)`` instead
        """
        company = self.env["res.company"].browse(vals.get("company_id")) or self.company
        lines = lines or [(self.product, 1, amount)]
        values = {
            "move_type": "out_invoice",
            "partner_id": self.customer.id,
            "invoice_date": date,
            "company_id": company.id,
            "invoice_line_ids": [
                Command.create(
                    {
                        "product_id": product.id,
                        "name": product.name or "by hand",
                        "quantity": quantity,
                        "price_unit": price,
                        "tax_ids": False,
                    }
                )
                for product, quantity, price in lines
            ],
            **vals,
        }
        move = self.env["account.move"].with_company(company).create(values)
        if post:
            move._post(soft=False)
        return move


class SourceCase(InvoicingCase):
    """A question that a turnover answers, and profiles that ask for it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.question = cls._question("turnover")
        cls.none, cls.small, cls.large = cls.question.answer_ids
        cls.asked = cls.env["crm.profiling.question"].create(
            {
                "name": "Sector?",
                "answer_ids": [Command.create({"name": "Services"})],
            }
        )
        cls.services = cls.asked.answer_ids
        cls.profile = cls._profile("Large accounts", cls.large)
        cls.sleeping = cls._profile("Buys nothing", cls.none)

    @classmethod
    def _question(cls, origin):
        return cls.env["crm.profiling.question"].create(
            {
                "name": f"Yearly {origin}?",
                "origin": origin,
                "level": "company",
                "by_number": True,
                "company_id": cls.company.id,
                "period_months": 12,
                "answer_ids": [
                    Command.create({"name": "Nothing", "value_from": -1000000}),
                    Command.create({"name": "Some", "value_from": 0.01}),
                    Command.create({"name": "10,000+", "value_from": 10000}),
                ],
            }
        )

    @classmethod
    def _profile(cls, name, answers):
        return cls.env["crm.profiling.profile"].create(
            {
                "name": name,
                "company_id": cls.company.id,
                "category_id": cls.env["res.partner.category"]
                .create({"name": name})
                .id,
                "required_answer_ids": [Command.set(answers.ids)],
            }
        )

    def _look(self):
        """What the job does each minute, in this transaction."""
        self.env.cr.flush()
        self.env["crm.profiling.invoiced"]._look()
        self.env.invalidate_all()

    def _sold(self, amount, date="2026-05-10", **vals):
        move = self._invoice(amount, date, **vals)
        self._look()
        return move

    def _tonight(self):
        source = self.env["crm.profiling.source.turnover"]
        sql = source._tonight_sql(tuple(self.question.ids))
        rows = self.env.execute_query(sql)
        return self.customer.browse(row[0] for row in rows)

from unittest import skipUnless

from odoo.tests import tagged

from odoo.addons.crm_profiling.tests.matching import test_histories

from .common import books

if test_histories.hypothesis:
    from .histories import InvoiceHistories


@tagged("post_install", "-at_install")
@skipUnless(test_histories.hypothesis, "the Python package hypothesis is not installed")
class TestInvoiceHistories(test_histories.TestHistories):
    """Whatever is posted, reset or credited, by whichever company: as brute force."""

    allow_inherited_tests_method = True
    histories = test_histories.hypothesis and InvoiceHistories

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        manager, cls.env = cls.env, cls.env(su=True)
        # who sees what is found in invoices
        cls.env.user.group_ids |= cls.env.ref("account.group_account_readonly")
        currencies = cls.env["res.currency"].with_context(active_test=False)
        currencies = currencies.search([("name", "in", ("EUR", "USD"))])
        currencies.active = True
        euro, dollar = currencies.sorted("name")
        cls.currencies = {}
        for name, own, foreign in (("Here", euro, dollar), ("There", dollar, euro)):
            company = cls.env["res.company"].search([("name", "=", name)])
            company.currency_id = own
            books(cls.env, company)
            for currency, rate in ((own, 1), (foreign, 0.5)):
                cls.env["res.currency.rate"].create(
                    {
                        "currency_id": currency.id,
                        "company_id": company.id,
                        "name": "2020-01-01",
                        "rate": rate,
                    }
                )
            cls.currencies[name, False], cls.currencies[name, True] = own, foreign
        cls.env = manager

from odoo.tests import tagged

from .common import SalesCase


@tagged("post_install", "-at_install")
class TestStock(SalesCase):
    """Where the addons are there: cost of goods sold, and costs of sales orders."""

    def _margin(self, *moves):
        ids = [move.id for move in moves]
        invoices = self.env["invoice.salesman.invoice"].browse(ids)
        return sum(invoices.mapped("margin"))

    def _valued(self, valuation):
        """Return a product that is valued in that way, and costs 40."""
        goods = (("Stock", "asset_current"), ("Goods sold", "expense"))
        accounts = self.env["account.account"].create(
            [
                {
                    "name": name,
                    "code": f"97{number}{len(valuation)}",
                    "account_type": kind,
                }
                for number, (name, kind) in enumerate(goods, 1)
            ]
        )
        values = {"name": valuation, "property_valuation": valuation}
        fields = self.env["product.category"]._fields
        for name, account in (
            ("property_stock_valuation_account_id", accounts[0]),
            ("property_account_expense_categ_id", accounts[1]),
        ):
            if name in fields:
                values[name] = account.id
        categ = self.env["product.category"].with_company(self.company).create(values)
        return self._product(valuation, 40.0, categ_id=categ.id, is_storable=True)

    def test_goods(self):
        """In both ways to value stock: the cost stays, and a credit note undoes it."""
        if "property_valuation" not in self.env["product.category"]._fields:
            self.skipTest("stock_account is not installed")
        for valuation, origin in (("real_time", "stock"), ("periodic", "product")):
            product = self._valued(valuation)
            move = self._sell(self.ann, 0, lines=[(product, 3, 100)])
            line = move.sudo().invoice_line_ids.filtered(
                lambda one: one.display_type == "product"
            )
            self.assertEqual(line.sales_cost_origin, origin)
            self.assertEqual(self._margin(move), 180)
            product.with_company(self.company).standard_price = 70
            self.assertEqual(self._margin(move), 180)
            credit = self._credit(move)
            self.assertEqual(self._margin(move, credit), 0)
            self.assertEqual(sum((move + credit).mapped("amount_untaxed_signed")), 0)

    def test_cost_of_the_order(self):
        """It is that on the sales order, in the currency and unit of the invoice."""
        if (
            "purchase_price"
            not in self.env.get("sale.order.line", self.env.user)._fields
        ):
            self.skipTest("sale_margin is not installed")
        order = self.env["sale.order"].create(
            {
                "partner_id": self.customer.id,
                "company_id": self.company.id,
                "user_id": self.ann.id,
                "order_line": [
                    (0, 0, {"product_id": self.licence.id, "product_uom_qty": 2})
                ],
            }
        )
        order.order_line.purchase_price = 33
        order.action_confirm()
        order.order_line.qty_delivered = 2
        move = order._create_invoices()
        move.invoice_date = "2026-03-10"
        move._post(soft=False)
        line = move.sudo().invoice_line_ids
        self.assertEqual((line.sales_cost, line.sales_cost_origin), (33, "order"))

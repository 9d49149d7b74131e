from odoo.tests import tagged

from .common import SalesCase, loop, told


@tagged("post_install", "-at_install", "-standard", "goods")
class TestStock(SalesCase):
    """Beside `stock_account` and `sale_margin`: costs of goods sold, and of orders.

    Run by the tag `goods`, where both are installed.
    """

    def _margin(self, *moves):
        ids = [move.id for move in moves]
        invoices = self.env["invoice.salesman.invoice"].browse(ids)
        return sum(invoices.mapped("margin"))

    def _assert_nothing(self, move):
        """Credit an invoice, all of it: both are nothing, whatever it is counted by."""
        # by the button, which keeps the salesperson
        wizard = self.env["account.move.reversal"].with_context(
            active_model="account.move", active_ids=move.ids
        )
        values = {"journal_id": move.journal_id.id, "date": "2026-03-20"}
        wizard.create(values).reverse_moves()
        credit = move.reversal_move_ids
        credit.invoice_date = "2026-03-20"
        credit._post(soft=False)
        self.assertEqual(credit.amount_untaxed_signed, -move.amount_untaxed_signed)
        for metric in ("turnover", "margin"):
            plan = self._plan(metric=metric)
            self._holder(plan, self.ann)
            self.assertEqual(told(plan), {}, metric)
            self.assertEqual(loop(plan), {}, metric)
            plan.unlink()

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
            self._assert_nothing(move)

    def test_cost_of_the_order(self):
        """It is that on the sales order, in the currency and unit of the invoice."""
        move = self._ordered(self.licence)
        line = move.sudo().invoice_line_ids
        self.assertEqual((line.sales_cost, line.sales_cost_origin), (33, "order"))
        self.assertEqual(self._margin(move), move.amount_untaxed_signed - 66)
        self.licence.with_company(self.company).standard_price = 70
        self._assert_nothing(move)

    def _ordered(self, product):
        """Return the invoice of an order of two, at a cost of 33 on the order."""
        order = self.env["sale.order"].create(
            {
                "partner_id": self.customer.id,
                "company_id": self.company.id,
                "user_id": self.ann.id,
                "order_line": [
                    (0, 0, {"product_id": product.id, "product_uom_qty": 2})
                ],
            }
        )
        order.order_line.purchase_price = 33
        order.action_confirm()
        order.order_line.qty_delivered = 2
        move = order._create_invoices()
        move.invoice_date = "2026-03-10"
        move._post(soft=False)
        return move

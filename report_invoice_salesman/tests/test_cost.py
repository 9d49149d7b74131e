from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import SalesCase


@tagged("post_install", "-at_install")
class TestCost(SalesCase):
    """The cost is that of the day of posting, and stays."""

    def _costs(self, move):
        lines = move.sudo().invoice_line_ids
        return lines.mapped("sales_cost_total")

    def _margin(self, *moves):
        ids = [move.id for move in moves]
        invoices = self.env["invoice.salesman.invoice"].browse(ids)
        return sum(invoices.mapped("margin"))

    def _sold(self, quantity=3, price=100, **vals):
        return self._sell(self.ann, 0, lines=[(self.licence, quantity, price)], **vals)

    def _raise(self, cost):
        self.licence.with_company(self.company).standard_price = cost

    def test_kept(self):
        move = self._sold()
        self._raise(60)
        self.assertEqual(self._costs(move), [120])
        self.assertEqual(self._margin(move), 180)

    def test_credit_note_takes_what_was_noted(self):
        """Invoice and full credit note are nothing, whatever has become of the cost."""
        move = self._sold()
        self._raise(60)
        credit = self._credit(move)
        self.assertEqual(self._costs(credit), [-120])
        self.assertEqual(self._margin(move, credit), 0)

    def test_same_product_twice(self):
        """Each line of the credit note takes that of its own quantity."""
        move = self._sold(3, post=False)
        move.invoice_line_ids.copy({"move_id": move.id, "quantity": 7.0})
        move._post(soft=False)
        first, second = move.invoice_line_ids
        self.env.cr.execute(
            "UPDATE account_move_line SET sales_cost = 50, sales_cost_total = 350"
            " WHERE id = %s",
            [second.id],
        )
        move.invoice_line_ids.invalidate_recordset()
        credit = self._credit(move)
        self.assertEqual(self._costs(credit), [-120, -350])

    def test_part_of_it(self):
        move = self._sold(4)
        self._raise(60)
        credit = move._reverse_moves([{"invoice_date": "2026-04-01"}])
        credit.invoice_line_ids.quantity = 1
        credit._post(soft=False)
        self.assertEqual(self._costs(credit), [-40])

    def test_credit_note_of_what_has_become_another(self):
        """A cost was noted of what the line was then, not of what it is now."""
        dozen = self.env.ref("uom.product_uom_dozen")
        move = self._sold(1)
        credit = move._reverse_moves([{"invoice_date": "2026-04-01"}])
        move.button_draft()
        (move | credit).invoice_line_ids.product_uom_id = dozen
        credit._post(soft=False)
        self.assertEqual(self._costs(credit), [-12 * 40])

    def test_credit_note_of_nothing(self):
        """Which credits no invoice, takes the cost of its day."""
        self.assertEqual(self._costs(self._sold(move_type="out_refund")), [-120])

    def test_posted_again(self):
        """It keeps the cost, unless the product has become another."""
        move = self._sold()
        self._raise(60)
        move.button_draft()
        move.invoice_line_ids.quantity = 2
        move._post(soft=False)
        self.assertEqual(self._costs(move), [80])
        move.button_draft()
        other = self._product("Support", 10.0)
        move.invoice_line_ids.product_id = other
        move._post(soft=False)
        self.assertEqual(self._costs(move), [20])

    def test_another_unit(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        move = self._sold(2, post=False)
        move.invoice_line_ids.product_uom_id = dozen
        move._post(soft=False)
        self.assertEqual(self._costs(move), [2 * 12 * 40])

    def test_another_currency(self):
        """Costs are in the company's, whatever the invoice is in."""
        move = self._sold(3, 100, currency_id=self.dollar.id)
        self.assertEqual(self._costs(move), [120])
        self.assertEqual(self._margin(move), 600 - 120)

    def test_to_the_cent(self):
        """Each line is rounded, and the invoice is the sum of what its lines say."""
        self._raise(40.05)
        move = self._sell(self.ann, 0, lines=[(self.licence, 0.33, 100)] * 3)
        self.assertEqual(self._costs(move), [13.22] * 3)
        self.assertAlmostEqual(move.sudo().sales_cost, 39.66)
        credit = self._credit(move)
        self.assertEqual(self._costs(credit), [-13.22] * 3)
        self.assertEqual(self._margin(move, credit), 0)

    def test_without_a_cost(self):
        """All of it is margin, and it is said which part that is."""
        move = self._sell(
            self.ann, 0, lines=[(self.licence, 1, 100), (self.product, 1, 50)]
        )
        invoice = self.env["invoice.salesman.invoice"].browse(move.id)
        self.assertRecordValues(invoice, [{"margin": 110, "uncosted": 50, "late": 0}])

    def test_what_was_there_before(self):
        """Is noted in batches, an invoice before its credit note, and is late."""
        move = self._sold()
        credit = self._credit(move)
        self.env.cr.execute(
            "UPDATE account_move SET sales_cost = NULL WHERE id = ANY(%s)",
            [[move.id, credit.id]],
        )
        self.env.cr.execute(
            "UPDATE account_move_line SET sales_cost_origin = NULL, sales_cost = NULL,"
            " sales_cost_total = NULL WHERE move_id = ANY(%s)",
            [[move.id, credit.id]],
        )
        self.env.invalidate_all()
        self._raise(70)
        Cost = self.env["invoice.salesman.cost"]
        missing = Cost._missing()
        self.assertEqual(Cost._fill(1), move)
        self.assertEqual(Cost._missing(), missing - 1)
        self.assertEqual(Cost._fill(1), credit)
        self.assertFalse(Cost._fill(1))
        invoice = self.env["invoice.salesman.invoice"].browse(move.id)
        self.assertEqual((invoice.margin, invoice.late), (90, 300))
        self.assertEqual(self._margin(move, credit), 0)

    def test_what_is_a_draft_again_just_now_is_not_looked_at(self):
        """Whatever of it is in the database already."""
        move = self._sold()
        self.env.cr.execute(
            "UPDATE account_move SET sales_cost = NULL WHERE id = %s", [move.id]
        )
        self.env.invalidate_all()
        Cost = self.env["invoice.salesman.cost"]
        Cost._fill(1000)
        self.env.cr.execute(
            "UPDATE account_move SET sales_cost = NULL WHERE id = %s", [move.id]
        )
        self.env.invalidate_all()
        move.write({"state": "draft"})
        self.assertFalse(Cost._fill(1000))

    def test_as_long_as_there_is_time(self):
        """The job says how much is left, and goes on where it stopped."""
        Cost, IrCron = self.env["invoice.salesman.cost"], type(self.env["ir.cron"])
        moves = [self._sold() for _three in range(3)]
        self.env.cr.execute(
            "UPDATE account_move SET sales_cost = NULL WHERE id = ANY(%s)",
            [[move.id for move in moves]],
        )
        self.env.invalidate_all()
        missing = Cost._missing()
        for answers, done in (([1, 1, 0], 2), ([1, 0], 3)):
            with patch.object(IrCron, "_commit_progress", side_effect=answers) as told:
                Cost._cron_fill(1)
            self.assertEqual(Cost._missing(), missing - done)
            self.assertEqual(told.call_count, len(answers))
        self.assertEqual(told.call_args_list[0].kwargs, {"remaining": missing - 2})

    def test_what_was_there_before_is_credited(self):
        """Before its batch came: what it takes was noted later, by today's cost."""
        move = self._sold()
        self.env.cr.execute(
            "UPDATE account_move SET sales_cost = NULL WHERE id = %s", [move.id]
        )
        self.env.cr.execute(
            "UPDATE account_move_line SET sales_cost_origin = NULL, sales_cost = NULL,"
            " sales_cost_total = NULL WHERE move_id = %s",
            [move.id],
        )
        self.env.invalidate_all()
        self._raise(70)
        credit = self._credit(move)
        invoice = self.env["invoice.salesman.invoice"].browse(move.id)
        self.assertEqual((invoice.margin, invoice.late), (90, 300))
        self.assertEqual(self._margin(move, credit), 0)

    def test_both_posted_at_once(self):
        move = self._sold(post=False)
        other = self._sold(move_type="out_refund", post=False)
        other.reversed_entry_id = move
        self._raise(55)
        (other + move)._post(soft=False)
        self.assertEqual(self._costs(other), [-165])
        self.assertEqual(other.sudo().invoice_line_ids.sales_cost_origin, "reversed")

    def test_nobody_writes_it(self):
        """It is no field of the invoice, not even for who may write invoices."""
        move = self._sold()
        self.max.group_ids += self.env.ref("account.group_account_manager")
        with self.assertRaises(AccessError):
            move.with_user(self.max).invoice_line_ids.write({"sales_cost_total": 1})
        copy = move.copy().sudo()
        self.assertFalse(copy.sales_cost)
        self.assertFalse(copy.invoice_line_ids.sales_cost_origin)

    def test_bills_are_left_alone(self):
        bill = self._invoice(100, move_type="in_invoice")
        self.assertFalse(bill.sudo().invoice_line_ids.sales_cost_origin)

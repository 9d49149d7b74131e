from odoo import api, models

# In this order; the first that knows a cost is believed
WAYS = ("reversed", "stock", "order", "product")


class InvoiceSalesmanCost(models.AbstractModel):
    """Where it is known from what a line costs."""

    _inherit = "invoice.salesman.cost"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _unit_cost(self, line, credited):
        """Return what a unit of a line costs, and from where that is known.

        :param list credited: lines of the credited invoice that no line has taken yet
        """
        for way in WAYS:
            found = getattr(self, f"_cost_{way}")(line, credited)
            if found is not None:
                return found if isinstance(found, tuple) else (found, way)
        return 0.0, "none"

    @api.model
    def _cost_reversed(self, line, credited):
        """That of the invoice which is credited, of the same product and unit.

        Where it had the product several times: the line of this very quantity, else
        what a unit cost on average.
        """
        wanted = self._made_for(line)
        same = [one for one in credited if self._noted_for(one) == wanted]
        if not same or not line.product_id:
            return None
        twin = next((one for one in same if one.quantity == line.quantity), None)
        if twin:
            credited.remove(twin)
            unit = twin.sales_cost
        else:
            quantity = sum(one.quantity for one in same)
            total = sum(one.sales_cost * one.quantity for one in same)
            unit = total / quantity if quantity else same[0].sales_cost
        origin = (twin or same[0]).sales_cost_origin
        return unit, origin if origin in ("later", "none") else "reversed"

    @api.model
    def _cost_stock(self, line, _credited):
        """Cost of goods sold, booked beside the line where stock is valued at once."""
        if "cogs_origin_id" not in line._fields or not line.quantity:
            return None
        booked = line.move_id.line_ids.filtered(
            lambda one: one.cogs_origin_id == line
            and one.account_id.internal_group == "expense"
        )
        if not booked:
            return None
        sign = self._sign(line.move_id)
        return sum(booked.mapped("balance")) / line.quantity * sign

    @api.model
    def _cost_order(self, line, _credited):
        """The cost on the sales order, where margins are kept there."""
        if "sale_line_ids" not in line._fields:
            return None
        if "purchase_price" not in self.env["sale.order.line"]._fields:
            return None
        orders = line.sale_line_ids.filtered("purchase_price")
        if not orders or not line.product_uom_id:
            return None
        costs = [self._order_cost(line, order) for order in orders]
        return sum(costs) / len(costs)

    @api.model
    def _order_cost(self, line, order):
        cost = order.product_uom_id._compute_price(
            order.purchase_price, line.product_uom_id
        )
        # At the rate it was converted by when it got there
        return order.currency_id._convert(
            cost,
            line.company_id.currency_id,
            line.company_id,
            order.order_id.date_order or line.move_id.invoice_date,
            round=False,
        )

    @api.model
    def _cost_product(self, line, _credited):
        """What the product costs today."""
        product = line.product_id
        if not product.standard_price:
            return None
        if not line.product_uom_id:
            return product.standard_price
        return product.uom_id._compute_price(
            product.standard_price, line.product_uom_id
        )

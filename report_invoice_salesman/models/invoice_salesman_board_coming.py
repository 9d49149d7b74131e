from odoo import api, fields, models
from odoo.fields import Domain


class InvoiceSalesmanBoard(models.AbstractModel):
    """What is to come: what is ordered, and what the pipeline is worth."""

    _inherit = "invoice.salesman.board"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _coming(self, holder):
        """Return what is ordered and not invoiced, and what the pipeline is worth.

        None, where that cannot be compared with the target.
        """
        if holder.plan_id.metric != "turnover" or holder.held_by not in (
            "user",
            "team",
        ):
            return None
        return {
            "to_invoice": self._to_invoice(holder),
            "pipeline": self._pipeline(holder),
        }

    @api.model
    def _to_invoice(self, holder):
        """Return what is ordered and may be invoiced, None without the addon Sales."""
        if "sale.order.line" not in self.env:
            return None
        Line = self.env["sale.order.line"]
        if not Line.has_access("read"):
            return None
        who = (
            Domain("salesman_id", "=", holder.user_id.id)
            if holder.user_id
            else Domain("order_id.team_id", "=", holder.team_id.id)
        )
        rows = Line._read_group(
            who
            & Domain("state", "=", "sale")
            & Domain("company_id", "=", holder.company_id.id)
            & Domain("untaxed_amount_to_invoice", "!=", 0),
            ["currency_id"],
            ["untaxed_amount_to_invoice:sum"],
        )
        company, today = holder.company_id, fields.Date.context_today(self)
        return sum(
            currency._convert(amount, company.currency_id, company, today)
            for currency, amount in rows
        )

    @api.model
    def _pipeline(self, holder):
        """Return the open opportunities' expected revenue, by their probability."""
        Lead = self.env["crm.lead"]
        who = (
            Domain("user_id", "=", holder.user_id.id)
            if holder.user_id
            else Domain("team_id", "=", holder.team_id.id)
        )
        until = holder.plan_id.date_to
        rows = Lead._read_group(
            who
            & Domain("type", "=", "opportunity")
            & Domain("probability", "<", 100)
            & Domain("company_id", "in", [holder.company_id.id, False])
            & (
                Domain("date_deadline", "=", False)
                | Domain("date_deadline", "<=", until)
            ),
            [],
            ["prorated_revenue:sum"],
        )
        return rows[0][0] or 0.0

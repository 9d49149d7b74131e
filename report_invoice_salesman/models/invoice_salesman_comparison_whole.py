from odoo import api, models
from odoo.fields import Domain


class InvoiceSalesmanComparison(models.AbstractModel):
    """That the rows together are everything that was sold, for who sees all of it."""

    _inherit = "invoice.salesman.comparison"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _sees_all(self):
        return self.env.user.has_group("sales_team.group_sale_salesman_all_leads")

    @api.model
    def _total(self, plan, months, rows):
        """Return what was sold, each invoice once, whatever the rows are."""
        if plan._by() == "profile" and plan.state != "closed":
            counted = self._count_invoices(plan, months)
            return [counted.get(month, 0.0) for month in months]
        return [
            sum(column)
            for column in zip(*(row["achieved"] for row in rows), strict=False)
        ]

    @api.model
    def _count_invoices(self, plan, months):
        rows = self.env["invoice.salesman.invoice"]._read_group(
            plan._days_domain(*plan._within()), ["date:month"], [f"{plan.metric}:sum"]
        )
        return {month: amount or 0.0 for month, amount in rows}

    @api.model
    def _rounding(self, plan, months):
        """Return what roundings to coins add, which the invoice analysis leaves out."""
        if plan.metric == "number":
            return None
        domain = plan._days_domain(*plan._within()) & Domain("is_rounding", "=", True)
        rows = self.env["invoice.salesman.line"]._read_group(
            domain, ["date:month"], ["turnover:sum"]
        )
        found = {month: amount or 0.0 for month, amount in rows}
        return [found.get(month, 0.0) for month in months]

    @api.model
    def _without_rate(self, plan):
        """Return the currencies whose invoices Odoo took one to one, knowing no rate.

        :rtype: list of their names
        """
        company = plan.company_id.sudo()
        rates = (
            self.env["res.currency.rate"]
            .sudo()
            ._read_group(
                Domain("company_id", "in", [company.root_id.id, False]),
                ["currency_id"],
                ["name:min"],
            )
        )
        first = {currency.id: day for currency, day in rates}
        known = [key for key, day in first.items() if day <= plan.date_from]
        suspects = (
            self.env["res.currency"].search([("id", "not in", known)])
            - company.currency_id
        )
        if not suspects:
            return []
        moves = self.env["account.move"].sudo()
        domain = Domain("company_id", "=", company.id) & Domain("state", "=", "posted")
        domain &= Domain("move_type", "in", moves.get_sale_types(include_receipts=True))
        domain &= Domain("invoice_date", ">=", plan.date_from)
        domain &= Domain("invoice_date", "<=", plan.date_to)
        domain &= Domain("currency_id", "in", suspects.ids)
        domain &= Domain("invoice_currency_rate", "=", 1)
        groups = moves._read_group(domain, ["currency_id"], ["invoice_date:min"])
        return sorted(
            currency.name
            for currency, day in groups
            if currency.id not in first or day < first[currency.id]
        )

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.crm_profiling.models.catalog.arguments import is_id

from .invoice_salesman_holder import REFS
from .invoice_salesman_plan_achieved import NOBODY, ROUNDING


class InvoiceSalesmanComparison(models.AbstractModel):
    """Holders beside each other, month by month: what was wanted, what came of it.

    Everybody sees the rows they may see. Whose sums are whole (administrators, and who
    sees all documents) sees that they are: with nobody's, without a sector, and with
    roundings they are Odoo's own invoice analysis.
    """

    _name = "invoice.salesman.comparison"
    _description = "Comparison of Sales Targets"

    @api.model
    def get_plans(self):
        """Return the plans there are to compare, the current ones first.

        :rtype: list of dicts
        """
        today = fields.Date.context_today(self)
        plans = self.env["invoice.salesman.plan"].search([("holder_ids", "!=", False)])
        return [
            {"id": plan.id, "name": plan.name, "state": plan.state}
            for plan in plans.sorted(
                lambda plan: (
                    not plan.date_from <= today <= plan.date_to,
                    plan.held_by != "user",
                )
            )
        ]

    @api.model
    def get_comparison(self, plan_id, by=None):
        """Return the rows of a plan.

        :param int plan_id: of a plan that the user may see
        :param str by: another thing to count by, `team` or `industry`, without targets
        :rtype: dict
        :raise UserError: where there is none
        """
        if not is_id(plan_id) or not isinstance(by, (str, type(None), bool)):
            raise ValidationError(self.env._("Which plan is meant is not clear."))
        plan = self.env["invoice.salesman.plan"].search([("id", "=", plan_id)])
        if not plan:
            raise UserError(self.env._("This plan is no longer there."))
        by = by or plan.held_by
        if by not in REFS or (by != plan.held_by and plan.state == "closed"):
            raise UserError(self.env._("This plan cannot be compared by that."))
        if (plan.metric, by) == ("number", "categ"):
            raise UserError(self.env._("Invoices cannot be counted by category."))
        plan = plan._counted_by(by)
        months = plan._months()
        achieved = plan._achieved()
        rows = self._rows(plan, months, achieved)
        today = fields.Date.context_today(self)
        result = {
            "plan": {"id": plan.id, "name": plan.name, "state": plan.state},
            "closed_on": fields.Date.to_string(plan.closed_on),
            "held_by": plan.held_by,
            "by": by,
            "metric": plan.metric,
            "currency_id": plan.currency_id.id,
            "months": [fields.Date.to_string(month) for month in months],
            "shares": self._shares(plan, months, today),
            "rows": rows,
            "whole": self._sees_all(),
        }
        if result["whole"]:
            result["total"] = self._total(plan, months, rows)
            result["rounding"] = self._rounding(plan, months)
            result["without_rate"] = self._without_rate(plan)
        return result

    @api.model
    def _sees_all(self):
        return self.env.user.has_group("sales_team.group_sale_salesman_all_leads")

    @api.model
    def _rows(self, plan, months, achieved):
        """Return a row for each holder, and for each who has achieved something."""
        targets = {}
        for target in self.env["invoice.salesman.target"].search(
            Domain("plan_id", "=", plan.id)
        ):
            targets[target.holder_id, target.month] = target.amount
        holders = self.env["invoice.salesman.holder"].search(
            Domain("plan_id", "=", plan.id) & Domain("held_by", "=", plan._by())
        )
        rows, keys = [], set()
        for holder in holders:
            key = holder.sudo()._ref().id
            keys.add(key)
            rows.append(
                {
                    "key": key,
                    "holder_id": holder.id,
                    "name": holder.name,
                    "targets": [targets.get((holder, month)) for month in months],
                    "achieved": [achieved.get((key, month), 0.0) for month in months],
                }
            )
        others = {key for key, _month in achieved} - keys - {NOBODY, ROUNDING}
        for name, key in sorted(self._names(plan, others)):
            rows.append(self._row_without_target(key, name, months, achieved))
        if self._sees_all():
            for key in (NOBODY, ROUNDING) if plan._by() == "categ" else (NOBODY,):
                rows.append(self._row_without_target(key, "", months, achieved))
        return rows

    @api.model
    def _row_without_target(self, key, name, months, achieved):
        return {
            "key": key,
            "holder_id": False,
            "name": name,
            "targets": [None for month in months],
            "achieved": [achieved.get((key, month), 0.0) for month in months],
        }

    @api.model
    def _names(self, plan, keys):
        """Return ``(name, key)`` of those who have no target, as the user may read."""
        field = self.env["invoice.salesman.holder"]._fields[REFS[plan._by()]]
        refs = self.env[field.comodel_name].with_context(active_test=False)
        refs = refs.search([("id", "in", list(keys))]) if keys else refs
        named = {ref.id: ref.display_name for ref in refs}
        hidden = self.env._("(not visible to you)")
        return [(named.get(key, hidden), key) for key in keys]

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

    @api.model
    def _shares(self, plan, months, today):
        """Return which part of each month's working days is over, today's included."""
        days = self.env["invoice.salesman.days"]._by_day(
            plan.company_id, plan.date_from, plan.date_to
        )
        shares = []
        for month in months:
            of_month = {
                day: share for day, share in days.items() if day.replace(day=1) == month
            }
            over = sum(share for day, share in of_month.items() if day <= today)
            whole = sum(of_month.values())
            shares.append(over / whole if whole else float(month <= today))
        return shares

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.crm_profiling.models.catalog.arguments import is_id

from .invoice_salesman_holder import REFS
from .invoice_salesman_plan_keys import NOBODY, ROUNDING


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
        plan = self._plan(plan_id, by)
        months = plan._months()
        achieved = plan._achieved()
        rows = self._rows(plan, months, achieved)
        today = fields.Date.context_today(self)
        result = {
            "plan": {"id": plan.id, "name": plan.name, "state": plan.state},
            "closed_on": fields.Date.to_string(plan.closed_on),
            "held_by": plan.held_by,
            "by": plan._by(),
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
    def _plan(self, plan_id, by):
        """Return the plan that is asked for, counted by what is asked for.

        Arguments and errors are those of `get_comparison`.
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
        return plan._counted_by(by)

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
    def _shares(self, plan, months, today):
        """Return which part of each month's working days is over, today's included."""
        Days = self.env["invoice.salesman.days"]
        found = Days._in_months(plan.company_id, months)
        return [Days._part_over(month, days, today) for month, days in found.items()]

from odoo import api, fields, models


class InvoiceSalesmanBoard(models.AbstractModel):
    """Salespeople beside each other, where the administrator shows them."""

    _inherit = "invoice.salesman.board"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _ranking(self, holder):
        """Return everybody's share of what should have been achieved by today.

        Names and percents alone, and only where the administrator shows them.
        """
        plan = holder.plan_id.sudo()
        if not plan.show_ranking or plan.held_by != "user":
            return None
        today = fields.Date.context_today(self)
        shares = self.env["invoice.salesman.comparison"]._shares(
            plan, plan._months(), today
        )
        month_share = dict(zip(plan._months(), shares, strict=True))
        achieved, ranking = plan._achieved(), []
        done = {}
        for (key, _month), amount in achieved.items():
            done[key] = done.get(key, 0.0) + amount
        for one in plan.holder_ids:
            should = sum(
                target.amount * month_share[target.month] for target in one.target_ids
            )
            if should:
                percent = round(100 * done.get(one.user_id.id, 0.0) / should)
                mine = one.user_id == self.env.user
                ranking.append({"name": one.name, "percent": percent, "mine": mine})
        return sorted(ranking, key=lambda row: (-row["percent"], row["name"]))

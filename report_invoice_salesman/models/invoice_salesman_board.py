from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain


class InvoiceSalesmanBoard(models.AbstractModel):
    """My targets: where one stands, where one should be, what each day has to bring."""

    _name = "invoice.salesman.board"
    _description = "My Sales Targets"

    @api.model
    def get_board(self, holder_id=None):
        """Return what the board shows.

        :param int holder_id: whose targets, None for one's own
        :rtype: dict
        """
        if holder_id is not None and type(holder_id) is not int:
            raise ValidationError(self.env._("Whose targets are meant is not clear."))
        choices = self._choices()
        if holder_id is not None:
            holder = choices.filtered(lambda one: one.id == holder_id)
            if not holder:
                raise UserError(self.env._("These targets are not there any more."))
        else:
            mine = choices.filtered(lambda one: one.user_id == self.env.user)
            holder = (mine or choices)[:1]
        board = {
            "choices": [
                {
                    "id": one.id,
                    "name": one.name,
                    "plan": one.plan_id.name,
                    "mine": one.user_id == self.env.user,
                }
                for one in choices
            ],
            "manager": self.env.user.has_group("sales_team.group_sale_manager"),
            "holder_id": holder.id,
        }
        if holder:
            board.update(self._of(holder))
        return board

    @api.model
    def _choices(self):
        """Return the holders whose targets the user may see, of today's plans."""
        today = fields.Date.context_today(self)
        return (
            self.env["invoice.salesman.holder"]
            .search(
                Domain("plan_id.state", "=", "running")
                & Domain("plan_id.date_from", "<=", today)
                & Domain("plan_id.date_to", ">=", today)
                & Domain("company_id", "in", self.env.companies.ids)
            )
            .sorted(lambda holder: holder.held_by != "user")
        )

    @api.model
    def _of(self, holder):
        """Return the figures of one holder."""
        plan, today = holder.plan_id, fields.Date.context_today(self)
        months = plan._months()
        key = holder.sudo()._ref().id
        achieved = plan._achieved(key=key)
        achieved = [achieved.get((key, month), 0.0) for month in months]
        by_month = {one.month: one.amount for one in holder.target_ids}
        targets = [by_month.get(month, 0.0) for month in months]
        now = months.index(today.replace(day=1))
        days = self._days(holder, months)
        month = self._standing(
            targets[now : now + 1], achieved[now : now + 1], days[now : now + 1], today
        )
        return {
            "plan": {"id": plan.id, "name": plan.name, "metric": plan.metric},
            "key": key,
            "name": holder.name,
            "held_by": plan.held_by,
            "currency_id": plan.currency_id.id,
            "today": fields.Date.to_string(today),
            "months": [fields.Date.to_string(one) for one in months],
            "now": now,
            "targets": targets,
            "achieved": achieved,
            "month": month,
            "year": self._standing(targets, achieved, days, today),
            "coming": self._coming(holder),
            "newest": self._newest(plan, key),
            "handed_over": self._handed_over(holder),
            "ranking": self._ranking(holder),
            "costs": self._costs(plan, key),
        }

    # Where one stands

    @api.model
    def _days(self, holder, months):
        """Return the working days of each month, as ``{day: share}``."""
        until = months[-1] + relativedelta(day=31)
        days = self.env["invoice.salesman.days"]._by_day(
            holder.company_id, months[0], until, holder.user_id
        )
        return [
            {
                day: share
                for day, share in days.items()
                if day.replace(day=1) == month
                and (not holder.date_from or holder.date_from <= day)
                and (not holder.date_to or day <= holder.date_to)
            }
            for month in months
        ]

    @api.model
    def _standing(self, targets, achieved, days, today):
        """Return target and achieved of some months, and what follows for the days.

        Where one should be: the months that are over, and of this one the part of its
        working days that is over, today's included.
        """
        should = left = 0.0
        for target, of_month in zip(targets, days, strict=True):
            whole = sum(of_month.values())
            over = sum(share for day, share in of_month.items() if day <= today)
            left += whole - over
            should += target * over / whole if whole else 0.0
        target, done = sum(targets), sum(achieved)
        return {
            "target": target,
            "achieved": done,
            "should": should,
            "days_left": round(left, 1),
            "per_day": max(0.0, target - done) / left if left else None,
        }

    # Beside others

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

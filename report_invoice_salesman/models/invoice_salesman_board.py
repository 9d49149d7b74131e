from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain


class InvoiceSalesmanBoard(models.AbstractModel):
    """My targets: what the screen of a holder shows."""

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
        current = {months[now]: days[months[now]]}
        month = self._standing([targets[now]], [achieved[now]], current, today)
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

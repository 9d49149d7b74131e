from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain


class InvoiceSalesmanNotice(models.Model):
    """Somebody has been told about their target: once a month, and reason."""

    _name = "invoice.salesman.notice"
    _description = "Notice About a Sales Target"
    _rec_name = "holder_id"

    holder_id = fields.Many2one(
        "invoice.salesman.holder", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="holder_id.company_id", store=True)
    month = fields.Date(required=True)
    reason = fields.Selection(
        [("reached", "Target reached"), ("behind", "Behind")], required=True
    )

    _once = models.Constraint(
        "UNIQUE (holder_id, month, reason)", "They have been told this month."
    )

    @api.model
    def _cron_tell(self):
        """Tell salespeople that they reached the month's target, or fall behind."""
        today = fields.Date.context_today(self)
        plans = self.env["invoice.salesman.plan"].search(
            Domain("state", "=", "running")
            & Domain("held_by", "=", "user")
            & Domain("date_from", "<=", today)
            & Domain("date_to", ">=", today)
        )
        for plan in plans:
            self._tell(plan, today)

    @api.model
    def _tell(self, plan, today):
        month = today.replace(day=1)
        until = month + relativedelta(day=31)
        achieved = plan._achieved(month, until)
        told = {
            (notice.holder_id, notice.reason)
            for notice in self.search(
                Domain("holder_id.plan_id", "=", plan.id) & Domain("month", "=", month)
            )
        }
        Board = self.env["invoice.salesman.board"]
        for target in plan._targets().filtered(
            lambda one: one.month == month and one.amount and one.user_id.active
        ):
            holder = target.holder_id
            done = achieved.get((holder.user_id.id, month), 0.0)
            standing = Board._standing(
                [target.amount], [done], Board._days(holder, [month]), today
            )
            reason = self._reason(plan, standing)
            if reason and (holder, reason) not in told:
                self.create({"holder_id": holder.id, "month": month, "reason": reason})
                self._schedule(holder, reason, standing)

    @api.model
    def _reason(self, plan, standing):
        """Return why to tell, None for no reason: nobody is behind nothing."""
        if standing["achieved"] >= standing["target"]:
            return "reached"
        limit = standing["should"] * plan.warn_below / 100
        return "behind" if limit and standing["achieved"] < limit else None

    @api.model
    def _schedule(self, holder, reason, standing):
        user = holder.user_id
        env = holder.with_context(lang=user.lang).env
        if reason == "reached":
            summary = env._("You have reached this month's target.")
        else:
            summary = env._(
                "%s %% of where you should be this month",
                round(100 * standing["achieved"] / standing["should"]),
            )
        holder.activity_schedule(
            "mail.mail_activity_data_todo", summary=summary, user_id=user.id
        )

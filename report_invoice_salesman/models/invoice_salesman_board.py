from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

NEWEST = 8


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

    # What is to come

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

    # What happened

    @api.model
    def _newest(self, plan, key):
        """Return the newest invoices and credit notes, each with its mark."""
        model = plan._actual_model("user" if plan.held_by != "categ" else "categ")
        domain = plan._days_domain(*plan._within()) & plan._key_domain(key)
        records = self.env[model].search(domain, limit=NEWEST)
        invoices = records.invoice_id if plan.held_by == "categ" else records
        return [
            {
                "id": one.id,
                "name": one.name,
                "date": fields.Date.to_string(one.date),
                "partner": one.partner_id.sudo().display_name,
                "type": one.move_type,
                "turnover": one.turnover,
                "moved_on": fields.Datetime.to_string(one.moved_on),
                "moved_from": one.moved_from_id.sudo().name or "",
                "moved_by": one.moved_by_id.sudo().name or "",
            }
            for one in invoices
        ]

    @api.model
    def _handed_over(self, holder):
        """Return what went from this salesperson to another, in the plan's time."""
        if not holder.user_id:
            return []
        notes = self.env["invoice.salesman.handover"].search(
            Domain("from_user_id", "=", holder.user_id.id)
            & Domain("company_id", "=", holder.company_id.id)
            & Domain("date", ">=", holder.plan_id.date_from),
            limit=NEWEST,
        )
        return [
            {
                "id": note.id,
                "name": note.move_name,
                "partner": note.partner_id.sudo().display_name,
                "date": fields.Datetime.to_string(note.date),
                "to": note.to_user_id.sudo().name or "",
                "by": note.user_id.sudo().name or "",
                "amount": note.amount,
            }
            for note in notes.sudo()
        ]

    @api.model
    def _costs(self, plan, key):
        """Return which part of the turnover behind a margin has no cost, or a late one.

        None, where it is not about margins.
        """
        if plan.metric != "margin":
            return None
        domain = plan._days_domain(*plan._within()) & plan._key_domain(key)
        model = plan._actual_model(plan.held_by)
        [(turnover, uncosted, late)] = self.env[model]._read_group(
            domain, [], ["turnover:sum", "uncosted:sum", "late:sum"]
        )
        share = (
            (lambda part: (part or 0.0) / turnover) if turnover else lambda part: 0.0
        )
        return {"uncosted": share(uncosted), "late": share(late)}

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

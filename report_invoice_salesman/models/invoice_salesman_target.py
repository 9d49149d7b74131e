from collections import defaultdict

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.misc import format_date, formatLang

from ..amounts import is_target

TOLD = 20  # changes in one message; more are counted


class InvoiceSalesmanTarget(models.Model):
    """What a holder is to achieve in a month, in the company's currency."""

    _name = "invoice.salesman.target"
    _description = "Sales Target"
    _inherit = "crm.profiling.guarded"
    _order = "month, holder_id"
    _rec_name = "holder_id"

    holder_id = fields.Many2one(
        "invoice.salesman.holder", required=True, index=True, ondelete="cascade"
    )
    month = fields.Date(required=True, help="Its first day.")
    amount = fields.Float(string="Target", digits=(16, 2), required=True)

    # Of holder and plan, for rules, lists and pivots
    plan_id = fields.Many2one(
        related="holder_id.plan_id", store=True, index=True, sealed=True
    )
    company_id = fields.Many2one(
        related="holder_id.company_id",
        store=True,
        index=True,
        precompute=True,
        sealed=True,
    )
    user_id = fields.Many2one(
        related="holder_id.user_id", store=True, index=True, sealed=True
    )
    team_id = fields.Many2one(related="holder_id.team_id", store=True, sealed=True)
    industry_id = fields.Many2one(
        related="holder_id.industry_id", store=True, sealed=True
    )
    profile_id = fields.Many2one(
        related="holder_id.profile_id", store=True, sealed=True
    )
    categ_id = fields.Many2one(related="holder_id.categ_id", store=True, sealed=True)
    metric = fields.Selection(related="plan_id.metric", store=True, sealed=True)
    held_by = fields.Selection(related="plan_id.held_by", store=True, sealed=True)
    state = fields.Selection(related="plan_id.state", store=True, sealed=True)

    _holder_month_uniq = models.Constraint(
        "UNIQUE (holder_id, month)", "There is a target for this month already."
    )
    _first_day = models.Constraint(
        "CHECK (EXTRACT(day FROM month) = 1)",
        "A target is of a month: give its first day.",
    )
    _amount_check = models.Constraint(
        "CHECK (amount >= 0)", "A target is not less than nothing."
    )

    @api.constrains("month", "holder_id")
    def _check_month(self):
        for target in self:
            plan = target.holder_id.plan_id
            if not plan.date_from <= target.month <= plan.date_to:
                raise ValidationError(
                    self.env._(
                        "%(month)s is not a month of “%(plan)s”.",
                        month=format_date(self.env, target.month, date_format="MMMM y"),
                        plan=plan.name,
                    )
                )

    @api.model
    def _check_amounts(self, amounts):
        """Refuse what is no target, before it is rounded, which what is none cannot be.

        :raise ValidationError: for less than nothing, for more than can be kept
        """
        for amount in amounts:
            try:
                is_wrong = not is_target(float(amount or 0))
            except (OverflowError, TypeError, ValueError):
                is_wrong = True
            if is_wrong:
                raise ValidationError(
                    self.env._(
                        "“%s” is no target: not less than nothing, and below a thousand"
                        " billion.",
                        str(amount)[:40],
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        self._check_amounts([vals.get("amount") for vals in vals_list])
        targets = super().create(vals_list)
        targets.plan_id._check_open()
        targets._tell({target: None for target in targets})
        return targets

    def write(self, vals):
        self.plan_id._check_open()
        self._check_amounts([vals.get("amount")])
        before = {target: target.amount for target in self}
        result = super().write(vals)
        self.plan_id._check_open()
        if "amount" in vals:
            self._tell(before)
        return result

    @api.model
    def _set_amounts(self, amounts):
        """Write several amounts, and tell them in one message.

        :param dict amounts: ``{target: amount}``
        """
        self._check_amounts(amounts.values())
        before = {target: target.amount for target in amounts}
        for target, amount in amounts.items():
            super(InvoiceSalesmanTarget, target).write({"amount": amount})
        return self._tell(before)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_closed(self):
        self.plan_id._check_open()

    @api.model
    def _tell(self, before):
        """Note on the plans' chatters what changed.

        :param dict before: ``{target: its amount before, None for a new one}``
        """
        changed = defaultdict(list)
        for target, amount in before.items():
            if target.amount != (amount or 0.0):
                changed[target.plan_id].append((target, amount or 0.0))
        for plan, changes in changed.items():
            lines = [
                Markup("<li>%s, %s: %s → %s</li>")
                % (
                    target.holder_id.name,
                    format_date(self.env, target.month, date_format="MMM y"),
                    formatLang(self.env, amount, digits=0),
                    formatLang(self.env, target.amount, digits=0),
                )
                for target, amount in changes[:TOLD]
            ]
            if more := len(changes) - TOLD if len(changes) > TOLD else 0:
                lines.append(Markup("<li>%s</li>") % self.env._("and %s more", more))
            plan._message_log(body=Markup("<ul>%s</ul>") % Markup("").join(lines))

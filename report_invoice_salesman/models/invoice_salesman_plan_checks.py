from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools.misc import format_date

from odoo.addons.crm_profiling.models.catalog.arguments import check_values

YEARS = 1900, 2900  # in which plans are made; the year before and after are years, too


class InvoiceSalesmanPlan(models.Model):
    """What no plan may be: overlapping, without months, changed while it is closed."""

    _inherit = "invoice.salesman.plan"  # pylint: disable=consider-merging-classes-inherited

    @api.constrains("date_from", "date_to")
    def _check_months(self):
        for plan in self:
            first, last = YEARS
            if plan.date_from.year < first or plan.date_to.year > last:
                raise ValidationError(
                    self.env._(
                        "A plan is of a year from %(first)s to %(last)s.",
                        first=first,
                        last=last,
                    )
                )
            ends = plan.date_to + relativedelta(days=1)
            if plan.date_from.day != 1 or ends.day != 1:
                raise ValidationError(
                    self.env._(
                        "A plan begins on the first day of a month and ends on the last"
                        " of one: targets are kept by month."
                    )
                )
            if len(plan._months()) > 12:
                raise ValidationError(
                    self.env._("A plan is of twelve months at most. Make one a year.")
                )
        outside = self._targets().filtered(
            lambda target: not (
                target.plan_id.date_from <= target.month <= target.plan_id.date_to
            )
        )
        if outside:
            raise ValidationError(
                self.env._(
                    "There are targets for months outside this period. Remove them"
                    " first."
                )
            )

    @api.constrains("company_id", "metric", "held_by", "date_from", "date_to")
    def _check_overlap(self):
        for plan in self:
            # two made at the same moment would not see each other
            self.env["crm.profiling.turn"].sudo()._take(
                f"sales plan {plan.company_id.id} {plan.metric} {plan.held_by}"
            )
            other = self.sudo().search(
                Domain("id", "!=", plan.id)
                & Domain("company_id", "=", plan.company_id.id)
                & Domain("metric", "=", plan.metric)
                & Domain("held_by", "=", plan.held_by)
                & Domain("date_from", "<=", plan.date_to)
                & Domain("date_to", ">=", plan.date_from),
                limit=1,
            )
            if other:
                raise ValidationError(
                    self.env._(
                        "“%(other)s” has targets of the same kind for some of these"
                        " months (%(from)s to %(to)s). A month has one target.",
                        other=other.name,
                        **{
                            "from": format_date(self.env, other.date_from),
                            "to": format_date(self.env, other.date_to),
                        },
                    )
                )

    @api.constrains("metric", "held_by")
    def _check_metric(self):
        for plan in self:
            if (plan.metric, plan.held_by) == ("number", "categ"):
                raise ValidationError(
                    self.env._(
                        "Invoices cannot be counted by product category: one may hold"
                        " several. Choose turnover or margin."
                    )
                )

    @api.constrains("held_by", "company_id")
    def _check_holders(self):
        self.holder_ids._check_kind()
        self.holder_ids._check_company()

    def write(self, vals):
        check_values(self.env, vals)
        # said of a closed one, too
        kept = {"name", "show_ranking", "message_follower_ids", "state", "closed_on"}
        if vals.keys() - kept:
            self._check_open()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_closed(self):
        self._check_open()

    def _check_open(self):
        """Refuse to change a closed plan.

        :raise UserError: saying so
        """
        if closed := self.filtered(lambda plan: plan.state == "closed")[:1]:
            raise UserError(
                self.env._(
                    "“%s” is closed: its targets stay as they are. Reopen it first.",
                    closed.name,
                )
            )

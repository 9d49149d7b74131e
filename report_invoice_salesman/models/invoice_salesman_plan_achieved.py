from collections import defaultdict

from odoo import models
from odoo.fields import Domain

from odoo.addons.crm_profiling.models.catalog.ours import OURS

from .invoice_salesman_holder import REFS
from .invoice_salesman_plan_keys import NOBODY, ROUNDING

# Where each kind of holder is counted
COUNTED_IN = {
    "user": "invoice.salesman.invoice",
    "team": "invoice.salesman.invoice",
    "industry": "invoice.salesman.invoice",
    "profile": "invoice.salesman.member",
    "categ": "invoice.salesman.line",
}


class InvoiceSalesmanPlan(models.Model):
    """What a plan has achieved: by holder and month, one query whoever asks.

    With the rights of who asks: the sums are those of the invoices they may see.
    """

    _inherit = "invoice.salesman.plan"  # pylint: disable=consider-merging-classes-inherited

    def _by(self):
        """Return what is counted by: that which holds the targets, or another one."""
        by = self.env.context.get("sales_targets_by")
        return by[1] if isinstance(by, tuple) and by[0] is OURS else self.held_by

    def _counted_by(self, by):
        """Return the plan to be looked at by something else.

        The context of a caller cannot: closing a plan would keep the sums of something
        else, the ranking would tell them.

        :param str by: one of `REFS`; anything else means what holds the targets
        """
        by = by if isinstance(by, str) and by in REFS else self.held_by
        return self.with_context(sales_targets_by=(OURS, by))

    def _achieved(self, since=None, until=None, key=None):
        """Return what has been achieved.

        :param date since, until: days within the plan, None for all of it
        :param int key: of one holder alone
        :return: ``{(key, first day of a month): amount}``; a key is the number of the
            salesperson, team..., 0 of nobody, -1 of roundings
        :rtype: dict
        """
        self.ensure_one()
        if self.state == "closed" and self._by() == self.held_by:
            return self._kept(since, until, key)
        return self._counted(*self._within(since, until), key)

    def _within(self, since=None, until=None):
        """Return these days, as far as they are the plan's."""
        since = max(self.date_from, since or self.date_from)
        return since, min(self.date_to, until or self.date_to)

    def _counted(self, since, until, key=None):
        """Count what was sold in any days, by what holds the targets of the plan.

        Arguments and value are those of `_achieved`, the days are needed.
        """
        field = REFS[self._by()]
        Actual = self.env[COUNTED_IN[self._by()]]
        domain = self._days_domain(since, until)
        if key is not None and self._by() == "profile":
            domain &= Domain("profile_id", "=", key)
        elif key is not None:
            domain &= self._key_domain(key)
        groupby, rounding = [field, "date:month"], self._by() == "categ"
        if rounding:
            groupby.append("is_rounding")
        achieved = defaultdict(float)
        owner = self._owners()
        for ref, month, *rest in Actual._read_group(
            domain, groupby, [f"{self.metric}:sum"]
        ):
            at = ROUNDING if rounding and rest[0] else owner(ref)
            achieved[at, month] += rest[-1] or 0
        if self._by() == "profile" and key in (None, NOBODY):
            achieved.update(self._achieved_outside(since, until))
        return dict(achieved)

    def _kept(self, since, until, key):
        """The same of a closed plan: what was kept, without counting."""
        domain = Domain("plan_id", "=", self.id)
        if since:
            domain &= Domain("month", ">=", since)
        if until:
            domain &= Domain("month", "<=", until)
        if key is not None:
            domain &= Domain("key", "=", key)
        kept = self.env["invoice.salesman.result"].search(domain)
        return {(row.key, row.month): row.amount for row in kept}

    def _achieved_outside(self, since, until):
        """What customers in no profile bought: they have no row to be grouped by."""
        Invoice = self.env["invoice.salesman.invoice"]
        domain = self._days_domain(since, until) & self._key_domain(NOBODY)
        rows = Invoice._read_group(domain, ["date:month"], [f"{self.metric}:sum"])
        return {(NOBODY, month): amount or 0 for month, amount in rows}

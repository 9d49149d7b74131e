from collections import defaultdict
from datetime import date

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from odoo.addons.crm_profiling.models.catalog.arguments import is_id
from odoo.addons.crm_profiling.models.catalog.ours import OURS

from .invoice_salesman_holder import REFS

NOBODY, ROUNDING = 0, -1  # keys of the rows that belong to no holder

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

    def _days_domain(self, since, until):
        """Return the domain of what counts in these days."""
        return (
            Domain("company_id", "=", self.company_id.id)
            & Domain("date", ">=", since)
            & Domain("date", "<=", until)
        )

    def _key_domain(self, key):
        """Return the domain of what counts for one key, as `_achieved` has it."""
        field = REFS[self._by()]
        if self._by() == "profile":
            return self._profile_domain(key)
        if self._by() == "categ":
            if key == ROUNDING:
                return Domain("is_rounding", "=", True)
            domain = Domain("is_rounding", "=", False)
            return domain & self._categ_domain(key)
        return Domain(field, "=", key or False)

    def _profile_domain(self, key):
        inside = self.env["crm.profiling.membership"]._in_domain()
        path = "partner_id.profiling_membership_ids"
        if key == NOBODY:
            return Domain(path, "not any", inside)
        return Domain(path, "any", inside & Domain("profile_id", "=", key))

    # Product categories: a line counts for the nearest one above it that has targets

    def _owners(self):
        """Return the function that says for whom a group counts, as a key."""
        if self._by() != "categ":
            return lambda ref: ref.id or NOBODY
        held = set(self.sudo().holder_ids.categ_id.ids)
        if self.held_by != "categ":
            return lambda ref: ref.id or NOBODY

        def owner(categ):
            path = (categ.sudo().parent_path or "").split("/")
            return next(
                (int(one) for one in reversed(path) if one and int(one) in held),
                NOBODY,
            )

        return owner

    def _categ_domain(self, key):
        if self.held_by != "categ":
            return Domain("categ_id", "=", key or False)
        Category = self.env["product.category"].sudo()
        owner = self._owners()
        if key == NOBODY:
            held = Category.search(
                [("id", "child_of", self.sudo().holder_ids.categ_id.ids)]
            )
            return Domain("categ_id", "not in", held.ids)
        below = Category.search([("id", "child_of", key)])
        return Domain(
            "categ_id", "in", below.filtered(lambda one: owner(one) == key).ids
        )

    # The list behind a number

    @api.model
    def _actual_model(self, held_by):
        """Return the model whose list is opened: a profile's invoices are invoices."""
        categ = held_by == "categ"
        return "invoice.salesman.line" if categ else "invoice.salesman.invoice"

    def action_view_achieved(self, key=None, month=None, by=None):
        """Open what was summed up: for one holder, one month, or all.

        :param int key: as `_achieved` has it, None for all
        :param str month: a day of it, None for the whole period
        :param str by: what it was counted by, None for what holds the targets
        """
        self.check_access("read")
        if len(self) != 1 or not (
            key is None or key in (NOBODY, ROUNDING) or is_id(key)
        ):
            raise ValidationError(self.env._("What is to be opened is not clear."))
        if month not in (None, False):
            try:
                month = fields.Date.to_date(month)
            except (TypeError, ValueError):
                month = "?"
            if not isinstance(month, date):
                raise ValidationError(self.env._("Which month is meant is not clear."))
        return self._counted_by(by)._view_achieved(key, month)

    def _view_achieved(self, key, month):
        since = until = None
        if month:
            since = month + relativedelta(day=1)
            until = since + relativedelta(day=31)
        domain = self._days_domain(*self._within(since, until))
        if key is not None:
            domain &= self._key_domain(key)
        return {
            "type": "ir.actions.act_window",
            "name": self._view_title(key, since),
            "res_model": self._actual_model(self._by()),
            "views": [
                (False, "list"),
                (False, "kanban"),
                (False, "form"),
                (False, "pivot"),
                (False, "graph"),
            ],
            # A phone has no room for the columns of the list
            "mobile_view_mode": "kanban",
            "domain": list(domain),
        }

    def _view_title(self, key, since):
        month = since and fields.Date.to_string(since)[:7]
        # those that the user may see: who else has targets is not told
        holder = self.env["invoice.salesman.holder"]
        if key is not None and self._by() == self.held_by:
            field = REFS[self.held_by]
            mine = Domain("plan_id", "=", self.id) & Domain(field, "=", key)
            holder = holder.search(mine, limit=1)
        return " · ".join(filter(None, [holder.name, self.name, month]))

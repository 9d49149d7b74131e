from datetime import date

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from odoo.addons.crm_profiling.models.catalog.arguments import is_id

from .invoice_salesman_holder import REFS
from .invoice_salesman_plan_keys import NOBODY, ROUNDING


class InvoiceSalesmanPlan(models.Model):
    """The list behind a number: it has the domain that was summed up."""

    _inherit = "invoice.salesman.plan"  # pylint: disable=consider-merging-classes-inherited

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
        return self._counted_by(by)._view_achieved(key, self._day(month))

    @api.model
    def _day(self, month):
        """Return a day of a month, as a client gives it; None for none.

        :raise ValidationError: where it is no day
        """
        if month in (None, False):
            return None
        try:
            day = fields.Date.to_date(month)
        except (TypeError, ValueError):
            day = None
        if not isinstance(day, date):
            raise ValidationError(self.env._("Which month is meant is not clear."))
        return day

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

from dateutil.relativedelta import relativedelta

from odoo import models

from ..shares import shares


class InvoiceSalesmanPlan(models.Model):
    """Targets that follow from something: last year, or a sum for the year."""

    _inherit = "invoice.salesman.plan"  # pylint: disable=consider-merging-classes-inherited

    def _fill(self, holders, method, percent=0.0, amount=0.0, replace=False):
        """Write the targets of holders for all months.

        Who joins or leaves in mid-year has the share of their working days.

        :param str method: `last_year`, each month's of last year and so many percent;
            or a sum for the year, spread `evenly`, as `by_last_year` or `by_days`
        :param float percent: more than last year, less if negative
        :param float amount: the sum of a holder's year
        :param bool replace: whether to write over targets that are there
        """
        self._check_open()
        months = self._months()
        year_ago = self._year_ago(months) if "last_year" in method else {}
        there = {(one.holder_id, one.month) for one in self._targets()}
        wanted = {}
        for holder in holders:
            before = [max(0, year_ago.get((holder._ref().id, m), 0.0)) for m in months]
            values = self._filled(holder, months, before, method, percent, amount)
            for month, value in zip(months, values, strict=True):
                if replace or (holder, month) not in there:
                    wanted[holder, month] = value
        self._write_cells(wanted)

    def _filled(self, holder, months, before, method, percent, amount):
        """Return the targets of a holder, by month; see `_fill`.

        :param list before: what was achieved in these months of last year
        """
        worked, whole = self._worked(holder, months)
        present = self._presence(worked, whole)
        if method == "last_year":
            more = 1 + percent / 100
            return [
                round(value * more * share, 2)
                for value, share in zip(before, present, strict=True)
            ]
        weights = {
            "evenly": present,
            "by_days": worked,
            "by_last_year": [
                value * share for value, share in zip(before, present, strict=True)
            ],
        }[method]
        return shares(amount * self._present(worked, whole), weights)

    def _presence(self, worked, whole):
        """Return which part of each month's working days somebody is there."""
        return [
            part / all_ if all_ else 0.0
            for part, all_ in zip(worked, whole, strict=True)
        ]

    def _present(self, worked, whole):
        """Return which part of the plan's working days somebody is there."""
        return sum(worked) / sum(whole) if sum(whole) else 1.0

    def _worked(self, holder, months):
        """Return the working days of each month: those of the holder, and all."""
        Days = self.env["invoice.salesman.days"]
        whole = Days._by_month(self.company_id, months, holder.user_id)
        worked = whole
        if holder.date_from or holder.date_to:
            worked = Days._by_month(
                self.company_id,
                months,
                holder.user_id,
                holder.date_from,
                holder.date_to,
            )
        return list(worked.values()), list(whole.values())

    def _year_ago(self, months):
        """Return what was achieved in the same months a year before.

        :return: ``{(key, month of this plan): amount}``
        """
        year = relativedelta(years=1)
        until = months[-1] + relativedelta(day=31) - year + relativedelta(day=31)
        counted = self._counted(months[0] - year, until)
        return {(key, month + year): value for (key, month), value in counted.items()}

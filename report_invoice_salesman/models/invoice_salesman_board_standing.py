from odoo import api, models


class InvoiceSalesmanBoard(models.AbstractModel):
    """Where one stands, where one should be, what each day has to bring."""

    _inherit = "invoice.salesman.board"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _days(self, holder, months):
        """Return the working days of a holder in each month."""
        return self.env["invoice.salesman.days"]._in_months(
            holder.company_id,
            months,
            holder.user_id,
            holder.date_from,
            holder.date_to,
        )

    @api.model
    def _standing(self, targets, achieved, days, today):
        """Return target and achieved of some months, and what follows for the days.

        Where one should be: the months that are over, and of this one the part of its
        working days that is over, today's included.

        :param list targets, achieved: a sum for each month
        :param dict days: of each month, as `_days` has them
        """
        Days = self.env["invoice.salesman.days"]
        should = left = 0.0
        for target, (month, of_month) in zip(targets, days.items(), strict=True):
            left += sum(share for day, share in of_month.items() if day > today)
            should += target * Days._part_over(month, of_month, today)
        target, done = sum(targets), sum(achieved)
        return {
            "target": target,
            "achieved": done,
            "should": should,
            "days_left": round(left, 1),
            "per_day": max(0.0, target - done) / left if left else None,
        }

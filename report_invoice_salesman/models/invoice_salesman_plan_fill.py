from dateutil.relativedelta import relativedelta

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.crm_profiling.models.catalog.crm_profiling_sealed import check_one

from ..amounts import shares


class InvoiceSalesmanPlan(models.Model):
    """Targets that follow from something: last year, a sum for the year, a team's."""

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

    # A team, and its members

    def _members_plans(self):
        """Return the plans of salespeople for the same, in some of these months."""
        return self.search(
            Domain("company_id", "=", self.company_id.id)
            & Domain("metric", "=", self.metric)
            & Domain("held_by", "=", "user")
            & Domain("date_from", "<=", self.date_to)
            & Domain("date_to", ">=", self.date_from)
        )

    def _members(self):
        """Return the holders of members' targets by team.

        :rtype: ``{team id: holders}``
        """
        holders = self._members_plans().holder_ids
        return {
            team.id: of_team
            for team, of_team in holders.grouped(
                lambda holder: holder.user_id.sudo().sale_team_id
            ).items()
            if team
        }

    def _members_targets(self):
        """Return, for a plan of teams, what their members have: a list by month."""
        if self.held_by != "team":
            return {}
        months = self._months()
        found = {}
        for team, holders in self._members().items():
            sums = dict.fromkeys(months, 0.0)
            for target in holders.target_ids:
                if target.month in sums:
                    sums[target.month] += target.amount
            found[team] = list(sums.values())
        return found

    def spread_team(self, holder_id):
        """Give a team's targets to its members, as theirs are to each other.

        Whose target is nothing gets nothing, where others have something; where nobody
        has, all get the same, pro rata of the days on which they are there.

        :param int holder_id: of the team in this plan
        :return: the grid
        """
        check_one(self)
        self.check_access("write")
        holder = self.holder_ids.filtered(lambda one: one.id == holder_id)
        members = self._members().get(holder.team_id.id)
        if not holder.team_id or not members:
            raise UserError(
                self.env._(
                    "Nobody of this team has targets in a plan of salespeople for these"
                    " months. Make that plan first."
                )
            )
        for plan, of_plan in members.grouped("plan_id").items():
            wanted = plan._spread(of_plan, holder)
            plan._check_open()
            plan._write_cells(wanted)
        return self.get_grid()

    def _spread(self, members, team):
        """Return the targets of a team's members in this plan, as theirs are now.

        :rtype: ``{(holder, month): amount}``
        """
        wanted = {}
        there = {(one.holder_id, one.month): one.amount for one in members.target_ids}
        amounts = {
            target.month: target.amount
            for target in team.target_ids
            if self.date_from <= target.month <= self.date_to
        }
        bare = sorted(
            month
            for month in amounts
            if not any(there.get((member, month)) for member in members)
        )
        if bare:
            for member in members:
                present = self._presence(*self._worked(member, bare))
                there.update(zip([(member, m) for m in bare], present, strict=True))
        for month, amount in amounts.items():
            parts = shares(amount, [there.get((m, month), 0.0) for m in members])
            wanted.update(zip([(m, month) for m in members], parts, strict=True))
        return wanted

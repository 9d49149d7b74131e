from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..shares import shares


class InvoiceSalesmanPlan(models.Model):
    """A team's target beside the sum of its members, and spread over them."""

    _inherit = "invoice.salesman.plan"  # pylint: disable=consider-merging-classes-inherited

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
        self.ensure_one()
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

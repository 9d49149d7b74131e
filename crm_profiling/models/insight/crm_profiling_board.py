from collections import Counter, defaultdict

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

MONTHS = 12  # shown of the past


class CrmProfilingBoard(models.AbstractModel):
    """All profiles at a glance: how large, growing or not, and what came of it.

    Counts what the user may read: of the companies chosen, and of opportunities what
    the record rules leave.  The number of queries is the same for any number of
    profiles and contacts.
    """

    _name = "crm.profiling.board"
    _description = "Profiling Board"

    @api.model
    def get_board(self):
        """Return what the board shows.

        :rtype: dict
        """
        self.env["crm.profiling.profile"].check_access("read")
        contacts, asked = self._count_contacts()
        together = self._combinations()
        won = self._won()
        total = won.get(False, (0, 0.0))
        return {
            "contacts": contacts,
            "asked": asked,
            "in_profile": sum(together.values()),
            "won": total[0],
            "revenue": total[1],
            "currency_id": self.env.company.currency_id.id,
            "since": self._since(),
            "months": self._months(),
            "profiles": self._profiles(together, won),
            "questions": self._questions(),
        }

    # ------------------------------------------------------------------
    # Whom it is about
    # ------------------------------------------------------------------

    @api.model
    def _count_contacts(self):
        """Return how many contacts there are, and for how many something is known."""
        Partner = self.env["res.partner"]
        query = Partner._search(Partner._profiling_people_domain())
        return self.env.execute_query(
            SQL(
                """SELECT count(*), count(*) FILTER (WHERE state.asked <> '{}')
                     FROM (%s) contact
                LEFT JOIN crm_profiling_state state ON state.id = contact.id""",
                query.select(),
            )
        )[0]

    @api.model
    def action_view_contacts(self, not_asked=False):
        """Open all contacts that are counted, or those of whom nothing is known.

        :param bool not_asked: those who have answered nothing
        """
        self.env["crm.profiling.profile"].check_access("read")
        Partner = self.env["res.partner"]
        domain, name = Partner._profiling_people_domain(), self.env._("Contacts")
        if not_asked:
            domain &= Domain("profiling_answer_ids", "=", False)
            name = self.env._("Not asked yet")
        return Partner._action_profiling_contacts(list(domain), name)

    @api.model
    def _combinations(self):
        """Return ``{ids of profiles: how many contacts are in just these}``.

        There are few combinations, whatever the number of contacts; sizes and
        overlaps follow from them.
        """
        Membership = self.env["crm.profiling.membership"]
        query = Membership._search(Membership._member_domain())
        rows = self.env.execute_query(
            SQL(
                """SELECT profile_ids, count(*)
                     FROM (SELECT array_agg(profile_id ORDER BY profile_id)
                                  AS profile_ids
                             FROM (%s) member
                            GROUP BY partner_id) AS contact
                    GROUP BY profile_ids""",
                query.select(
                    SQL.identifier(Membership._table, "partner_id"),
                    SQL.identifier(Membership._table, "profile_id"),
                ),
            )
        )
        return {tuple(profile_ids): count for profile_ids, count in rows}

    # ------------------------------------------------------------------
    # Over time
    # ------------------------------------------------------------------

    @api.model
    def _months(self):
        """Return the months shown, this one last."""
        month = fields.Date.context_today(self).replace(day=1)
        return [month - relativedelta(months=back) for back in range(MONTHS, -1, -1)]

    @api.model
    def _since(self):
        """Return the first month of which sizes are known, or False."""
        snapshot = self.env["crm.profiling.snapshot"].search([], order="date", limit=1)
        return snapshot.date

    @api.model
    def _entered_domain(self):
        """Return the domain of the memberships that began this month."""
        members = self.env["crm.profiling.membership"]._member_domain()
        return members & Domain("date", ">=", self._months()[-1])

    @api.model
    def _entered(self):
        """Return ``{profile: how many contacts entered it this month}``."""
        return dict(
            self.env["crm.profiling.membership"]._read_group(
                self._entered_domain(), ["profile_id"], ["__count"]
            )
        )

    @api.model
    def action_view_entered(self, profile_id):
        """Open the contacts who entered a profile this month."""
        self.env["crm.profiling.profile"].check_access("read")
        guarded = self.env["crm.profiling.guarded"]
        profile = guarded._the("crm.profiling.profile", profile_id)
        domain = self._entered_domain() & Domain("profile_id", "=", profile.id)
        return self.env["res.partner"].action_profiling_contacts(
            "profiling_membership_ids", list(domain), self.env._("Entered this month")
        )

    @api.model
    def _history(self):
        """Return ``{profile id: {month: (size, entered, left)}}``."""
        history = defaultdict(dict)
        for profile, month, *figures in self.env["crm.profiling.snapshot"]._read_group(
            [("date", ">=", self._months()[0])],
            ["profile_id", "date:month"],
            ["size:sum", "entered:sum", "gone:sum"],
        ):
            history[profile.id][month] = figures
        return history

    # ------------------------------------------------------------------
    # Profiles
    # ------------------------------------------------------------------

    @api.model
    def _profiles(self, together, won):
        """Return what is shown of each profile, narrower ones below their parent.

        :param together: as `_combinations` returns it
        :param won: as `_won` returns it
        """
        sizes, shared = self._sizes(together)
        history, entered = self._history(), self._entered()
        profiles = self.env["crm.profiling.profile"].search([("active", "=", True)])
        profiles._prefetch_findings()
        names = dict(profiles.mapped(lambda profile: (profile.id, profile.name)))
        return [
            {
                "id": profile.id,
                "name": profile.name,
                "color": profile.color,
                "depth": depth,
                "size": sizes[profile.id],
                "entered": entered.get(profile, 0),
                "gone": history[profile.id].get(self._months()[-1], (0, 0, 0))[2],
                "trend": self._trend(history[profile.id], sizes[profile.id]),
                "won": won.get(profile.id, (0, 0.0))[0],
                "revenue": won.get(profile.id, (0, 0.0))[1],
                "overlaps": self._overlaps(profile, shared[profile.id], names),
                "findings": [note for _kind, note in profile._findings()],
            }
            for profile, depth in self._outline(profiles)
        ]

    @api.model
    def _sizes(self, together):
        """Return sizes by profile, and for each how many are in others as well."""
        sizes, shared = Counter(), defaultdict(Counter)
        for profile_ids, count in together.items():
            for one in profile_ids:
                sizes[one] += count
                for other in profile_ids:
                    if one != other:
                        shared[one][other] += count
        return sizes, shared

    @api.model
    def _trend(self, history, size):
        """Return the size in each of the months shown, None where it is not known."""
        *past, _now = self._months()
        return [history[month][0] if month in history else None for month in past] + [
            size
        ]

    @api.model
    def _overlaps(self, profile, shared, names):
        """Return with which profiles this one shares contacts, most first.

        Those it is part of, or that are part of it, go without saying.
        """
        line = {int(id_) for id_ in (profile.parent_path or "").split("/") if id_}
        found = [
            {"id": other, "name": names[other], "count": count}
            for other, count in shared.items()
            if other in names and other not in line
            if f"/{profile.id}/" not in f"/{self._path(other)}"
        ]
        return sorted(found, key=lambda one: (-one["count"], one["name"]))

    @api.model
    def _path(self, profile_id):
        return self.env["crm.profiling.profile"].browse(profile_id).parent_path or ""

    @api.model
    def _outline(self, profiles):
        """Return ``[(profile, depth)]``, in their order, parts below what they are part
        of."""
        parts = profiles.grouped(lambda one: one.parent_id & profiles)

        def below(parent, depth):
            return [
                pair
                for profile in parts.get(parent, ())
                for pair in [(profile, depth), *below(profile, depth + 1)]
            ]

        return below(profiles.browse(), 0)

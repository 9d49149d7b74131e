from collections import Counter, defaultdict

from odoo import api, models


class CrmProfilingBoard(models.AbstractModel):
    """Says of each profile how large it is, and with which ones it overlaps."""

    _inherit = "crm.profiling.board"  # pylint: disable=consider-merging-classes-inherited

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

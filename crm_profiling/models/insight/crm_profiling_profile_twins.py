from odoo import api, fields, models
from odoo.tools import SQL


class CrmProfilingProfile(models.Model):
    """Profiles that have the same contacts."""

    _inherit = "crm.profiling.profile"  # pylint: disable=consider-merging-classes-inherited

    twin_warning = fields.Char(compute="_compute_twin_warning")

    @api.depends("membership_ids")
    def _compute_twin_warning(self):
        for profile in self:
            twins = profile._origin._twins()
            profile.twin_warning = bool(twins) and twins._twins_note()

    def _twins_note(self):
        """Say of another profile that it has the same contacts as these."""
        return self.env._(
            "The same contacts as %(others)s. Do you need both?", others=self._quoted()
        )

    def _twins(self):
        """Return the other profiles in use that the rule has the same contacts in."""
        if not self.active or not self.id:
            return self.browse()
        rows = self.env.execute_query(
            SQL(
                """SELECT DISTINCT matched FROM crm_profiling_state
                    WHERE %s = ANY(matched)""",
                self.id,
            )
        )
        if not rows:
            return self.browse()
        # twins are in the same places: what is not beside it wherever it is is none
        beside = set.intersection(*(set(matched) for (matched,) in rows))
        twins = self.browse(sorted(beside))._same_contacts().get(self, self.browse())
        return self.search([("id", "in", twins.ids), ("active", "=", True)])

    def _same_contacts(self):
        """Return ``{profile: others of these that have the same contacts}``.

        By the rule; those that have none, or no twin, are left out.

        Compares the combinations of profiles that contacts are in, not the contacts:
        there are fewer. And of those of each profile their number and the sum of their
        hashes of 64 bits: thirty questions make some hundred thousand.
        """
        if len(self) < 2:
            return {}
        rows = self.env.execute_query(
            SQL(
                """SELECT profile_id, count(*), sum(hash_array_extended(matched, 0))
                     FROM (SELECT DISTINCT matched FROM crm_profiling_state
                            WHERE matched && %(ids)s) combined,
                          unnest(matched) profile_id
                    WHERE profile_id = ANY(%(ids)s)
                    GROUP BY profile_id""",
                ids=self.ids,
            )
        )
        signature = {profile_id: checksum for profile_id, *checksum in rows}
        held = self.filtered(lambda profile: profile.id in signature)
        groups = held.grouped(lambda profile: tuple(signature[profile.id])).values()
        return {
            profile: group - profile
            for group in groups
            if len(group) > 1
            for profile in group
        }

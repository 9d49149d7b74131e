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
        if not self.active:
            return self.browse()
        rows = self.env.execute_query(
            SQL(
                """SELECT DISTINCT matched FROM crm_profiling_state
                    WHERE %s = ANY(matched)""",
                self.id or 0,
            )
        )
        if not rows:
            return self.browse()
        beside = set.intersection(*(set(matched) for (matched,) in rows)) - {self.id}
        alone = (
            self.env.execute_query(
                SQL(
                    """SELECT DISTINCT unnest(matched) FROM crm_profiling_state
                    WHERE matched && %s AND NOT %s = ANY(matched)""",
                    sorted(beside),
                    self.id,
                )
            )
            if beside
            else []
        )
        twins = beside - {profile_id for (profile_id,) in alone}
        return self.search([("id", "in", sorted(twins)), ("active", "=", True)])

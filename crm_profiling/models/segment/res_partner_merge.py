from odoo import models
from odoo.tools import SQL


class ResPartner(models.Model):
    """A merge does nothing twice of what profiles do on entry."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    def _profiling_merge_into(self, target):
        self.env["crm.profiling.stay"].sudo()._merge(self, target)
        acted = (self | target)._profiling_acted()
        result = super()._profiling_merge_into(target)
        target._profiling_note_acted(acted)
        return result

    def _profiling_acted(self):
        """Return what profiles did with any of these, or are still to do.

        :rtype: list of ``(profile_id, date, whether they are to act)``
        """
        self.env["crm.profiling.membership"].flush_model()
        return self.env.execute_query(
            SQL(
                """SELECT profile_id, max(date_acted), bool_or(to_act)
                     FROM crm_profiling_membership
                    WHERE partner_id = ANY(%s)
                      AND (date_acted IS NOT NULL OR to_act)
                    GROUP BY profile_id""",
                self.ids,
            )
        )

    def _profiling_note_acted(self, acted):
        """Note it on the contact that stays, so that nothing is done to it twice."""
        profile_ids, dates, to_act = zip(*acted, strict=True) if acted else [()] * 3
        self.env.cr.execute(
            SQL(
                """UPDATE crm_profiling_membership membership
                      SET date_acted = acted.date, to_act = acted.to_act
                     FROM unnest(%s::int[], %s::timestamp[], %s::bool[])
                          AS acted(profile_id, date, to_act)
                    WHERE membership.profile_id = acted.profile_id
                      AND membership.partner_id = %s""",
                list(profile_ids),
                list(dates),
                list(to_act),
                self.id,
            )
        )
        self.env["crm.profiling.membership"].invalidate_model(["date_acted", "to_act"])

from odoo import models
from odoo.tools import SQL


class ResPartner(models.Model):
    """A merge loses no word of a person about profiles, and does nothing twice."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    def _profiling_merge_into(self, target):
        acted = (self | target)._profiling_acted()
        result = super()._profiling_merge_into(target)
        self._profiling_merge_hands(target)
        # Takes the profiles' tags off the sources: what is left is the user's own. And
        # what the others have now they have quietly, before Odoo writes on them.
        Response = self.env["crm.profiling.response"]
        colleague_ids = Response._contact_ids_of(target.commercial_partner_id.ids)
        (self | target | self.browse(colleague_ids))._profiling_apply()
        target._profiling_tags_put_on(self.category_id.ids)
        target._profiling_note_acted(acted)
        self.env.cr.execute(
            SQL("DELETE FROM crm_profiling_state WHERE id = ANY(%s)", self.ids)
        )
        return result

    def _profiling_merge_hands(self, target):
        """Give the pins and bars to the contact that stays; the newest one counts."""
        Membership = self.env["crm.profiling.membership"]
        Membership.flush_model()
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO crm_profiling_membership
                            (partner_id, profile_id, state, date, user_id)
                SELECT DISTINCT ON (profile_id)
                       %(target)s, profile_id, state, date, user_id
                  FROM crm_profiling_membership membership
                 WHERE partner_id = ANY(%(all)s) AND %(by_hand)s
                 ORDER BY profile_id, date DESC, id DESC
                    ON CONFLICT (partner_id, profile_id) DO UPDATE
                   SET state = EXCLUDED.state, date = EXCLUDED.date,
                       user_id = EXCLUDED.user_id
                """,
                target=target.id,
                all=(self | target).ids,
                by_hand=Membership._hand_sql(),
            )
        )
        self.env.cr.execute(
            SQL(
                """UPDATE crm_profiling_membership SET state = 'matched'
                    WHERE partner_id = ANY(%s)""",
                self.ids,
            )
        )
        Membership.invalidate_model()
        (self | target).invalidate_recordset(["profiling_membership_ids"])

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

from odoo import models
from odoo.tools import SQL


class ResPartner(models.Model):
    """A merge loses no word of a person about profiles."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    def _profiling_merge_into(self, target):
        result = super()._profiling_merge_into(target)
        self._profiling_merge_hands(target)
        # Takes the profiles' tags off the sources: what is left is the user's own. And
        # what the others have now they have quietly, before Odoo writes on them.
        Response = self.env["crm.profiling.response"]
        colleague_ids = Response._contact_ids_of(target.commercial_partner_id.ids)
        (self | target | self.browse(colleague_ids))._profiling_apply()
        target._profiling_tags_put_on(self.category_id.ids)
        self.env["crm.profiling.state"]._forget(self.ids)
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

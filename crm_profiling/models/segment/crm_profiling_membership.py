from odoo import fields, models
from odoo.tools import SQL


class CrmProfilingMembership(models.Model):
    """Remembers of whom the profile has done what it does on entry, or is to."""

    _inherit = "crm.profiling.membership"  # pylint: disable=consider-merging-classes-inherited

    date_acted = fields.Datetime(
        string="Acted on",
        readonly=True,
        copy=False,
        sealed=True,
        help="When the profile last did with this contact what it does on entry.",
    )
    to_act = fields.Boolean(
        string="To be acted on",
        readonly=True,
        copy=False,
        sealed=True,
        index="btree_not_null",
    )

    def _to_act_on(self):
        """Return the contacts to do something with because they are in the profile."""
        inside = self._is_in().filtered("profile_id.active")
        return inside.partner_id.filtered("active")

    def _leave_alone(self):
        """Have nothing more done with these in the background."""
        self.env.cr.execute(
            SQL(
                "UPDATE crm_profiling_membership SET to_act = NULL WHERE id = ANY(%s)",
                self.ids,
            )
        )
        self.invalidate_recordset(["to_act"], flush=False)

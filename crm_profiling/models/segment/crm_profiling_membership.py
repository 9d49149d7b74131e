from odoo import api, fields, models
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
        self._note_acting(SQL("id = ANY(%s)", self.ids), SQL("to_act = NULL"))

    def _act_later(self):
        """Have the background job do with these what the profile does on entry."""
        self._note_acting(SQL("id = ANY(%s)", self.ids), SQL("to_act = TRUE"))
        self.env.ref("crm_profiling.ir_cron_act").sudo()._trigger()

    @api.model
    def _stop_acting(self, profiles):
        """Leave those alone who were to be acted on because they are in profiles."""
        mine = SQL("profile_id = ANY(%s) AND to_act", profiles.ids)
        self._note_acting(mine, SQL("to_act = NULL"))

    @api.model
    def _note_acted(self, profile, contacts):
        """Remember of whom a profile has done it."""
        self._note_acting(
            SQL("profile_id = %s AND partner_id = ANY(%s)", profile.id, contacts.ids),
            SQL("date_acted = %s, to_act = NULL", fields.Datetime.now()),
        )

    @api.model
    def _note_acting(self, which, values):
        """Write past the ORM, whose rules of memberships are for what people say.

        :param which, values: SQL
        """
        self.flush_model()
        self.env.cr.execute(
            SQL("UPDATE crm_profiling_membership SET %s WHERE %s", values, which)
        )
        self.invalidate_model(["date_acted", "to_act"], flush=False)

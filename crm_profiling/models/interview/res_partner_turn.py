from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

# Whose turn it is to call a contact, by its id
TURN = "call "


class ResPartner(models.Model):
    """Whoever looks for somebody to call takes the turn: of two, one gets it."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    def _profiling_take_turn(self):
        """Take the turn to call a contact; return whether it is ours.

        Who looks for somebody to call at the same moment goes on to the next one. Who
        looked before this was committed fails, and is tried again by Odoo: nobody can
        have seen then whom the other one is calling.
        """
        if not self.try_lock_for_update(allow_referencing=True):
            return False
        return self.env["crm.profiling.turn"].sudo()._take(f"{TURN}{self.id}")

    @api.autovacuum
    def _profiling_gc_turns(self):
        """Forget whose turn it was to call whom."""
        self.env["crm.profiling.turn"].sudo().search(
            Domain("name", "=like", f"{TURN}%")
            & Domain("date", "<", fields.Datetime.now() - timedelta(days=1))
        ).unlink()

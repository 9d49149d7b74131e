from odoo import api, models

from ..catalog.ours import OURS


class ResPartner(models.Model):
    """What the rooms above extend: what follows once other answers count."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    def _profiling_quietly(self):
        """Return these contacts, for a change that is nobody's answer.

        Whatever follows from it, nothing is done about it: profiles that they enter
        do not act.
        """
        return self.with_context(profiling_quiet=OURS)

    def _profiling_apply(self):
        """Hook: other answers count for these contacts than before.

        Called after they are stored, once for each change, with the user's rights.
        """

    def _profiling_meet(self):
        """Hook: contacts come to these companies, for which nobody may answer now."""

    @api.model
    def _action_profiling_contacts(self, domain, name):
        """Hook: return the action that lists contacts, under a name."""
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": "res.partner",
            "view_mode": "list,kanban,form",
            "domain": domain,
            # created here, a contact would not be one of them
            "context": {"create": False},
        }

    @api.model
    def _profiling_derived(self):
        """Return the fields that follow from answers, and what the catalog says.

        Extended by what else does.
        """
        return [
            "profiling_response_ids",
            "profiling_answer_ids",
            "profiling_said",
            "profiling_question_ids",
            "profiling_progress",
        ]

    @api.model
    def _profiling_refresh(self):
        """Have what follows from answers worked out anew, in this transaction too."""
        fnames = self._profiling_derived()
        self.env["res.partner"].invalidate_model(fnames, flush=False)

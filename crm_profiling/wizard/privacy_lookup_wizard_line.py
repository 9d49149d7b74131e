from odoo import models

from ..models.catalog.arguments import check_one
from ..models.catalog.ours import OURS


class PrivacyLookupWizardLine(models.TransientModel):
    """Erases what a person answered, for good."""

    _inherit = "privacy.lookup.wizard.line"

    def action_unlink(self):
        """Do not stumble over what has gone with its contact already."""
        check_one(self)
        held = self.env["res.partner"]._profiling_privacy_models()
        if self.res_model in held and not self.is_unlinked:
            if not self.env[self.res_model].sudo().browse(self.res_id).exists():
                self.is_unlinked = True
                return None
        # for good: what was answered does not go into the history
        erasing = self.with_context(crm_profiling_erase=OURS)
        return super(PrivacyLookupWizardLine, erasing).action_unlink()

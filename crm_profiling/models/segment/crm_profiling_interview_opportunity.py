from odoo import models

from .crm_profiling_interview_after_opportunity import OPPORTUNITY


class CrmProfilingInterview(models.Model):
    """The opportunity that came of a call is the interview's own."""

    _inherit = "crm.profiling.interview"  # pylint: disable=consider-merging-classes-inherited

    def _close(self, note=""):
        """Keep with the interview the opportunity that a profile created at its end."""
        result = super()._close(note)
        lead = self._deed(OPPORTUNITY)._records_of("crm.lead")
        if lead and not self._leads():
            self.sudo().lead_id = lead
        return result

from odoo import models


class CrmProfilingSegment(models.AbstractModel):
    """The profile sheets of a segment are printed."""

    _inherit = "crm.profiling.segment"

    def action_segment_print(self):
        """Print the profile sheet of each of them."""
        report = self.env.ref("crm_profiling.res_partner_action_report_profile_sheet")
        return report.report_action(self._segment_contacts(), config=False)

from odoo import models


class CrmLead(models.Model):
    _inherit = "crm.lead"

    def action_profiling_interview(self):
        """Interview the contact of the lead; it is created if there is none."""
        self.ensure_one()
        return {
            "type": "ir.actions.client",
            "tag": "crm_profiling.interview",
            "name": self.env._("Interview"),
            "params": {"lead_id": self.id},
            "context": {"lead_id": self.id},
        }

    def _profiling_partner(self):
        """Return the contact that holds the answers, as Odoo finds it at conversion."""
        if self and not self.partner_id:
            self.check_access("write")
            self._handle_partner_assignment(
                force_partner_id=self._find_matching_partner().id
            )
        return self.partner_id

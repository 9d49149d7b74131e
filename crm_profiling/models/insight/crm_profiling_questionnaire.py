from odoo import models


class CrmProfilingQuestionnaire(models.Model):
    """A questionnaire opens the decision tree of its questions."""

    _inherit = "crm.profiling.questionnaire"

    def action_view_tree(self):
        """Open the decision tree of these questions."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "crm_profiling.crm_profiling_tree_action"
        )
        return {**action, "context": {"active_id": self.id}}

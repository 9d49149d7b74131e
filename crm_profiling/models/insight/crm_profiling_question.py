from odoo import fields, models


class CrmProfilingQuestion(models.Model):
    """How many answered a question."""

    _inherit = "crm.profiling.question"  # pylint: disable=consider-merging-classes-inherited

    response_count = fields.Integer(
        string="Contacts",
        compute="_compute_response_count",
        help="Contacts whose answer is known, be it from their company.",
    )

    def _compute_response_count(self):
        """Count those whom `action_view_contacts` lists."""
        counts = self.env["crm.profiling.board"]._answered(self._origin)
        for question in self:
            question.response_count = counts.get(question._origin.id, 0)

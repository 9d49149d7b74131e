from odoo import fields, models


class CrmProfilingAnswer(models.Model):
    """How many gave an answer."""

    _inherit = "crm.profiling.answer"  # pylint: disable=consider-merging-classes-inherited

    response_count = fields.Integer(
        string="Contacts", compute="_compute_response_count"
    )

    def _compute_response_count(self):
        counts = self.env["crm.profiling.board"]._count_known(
            {answer.id: answer.ids for answer in self._origin}
        )
        for answer in self:
            answer.response_count = counts.get(answer._origin.id, 0)

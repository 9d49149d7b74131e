from odoo import api, fields, models


class CrmProfilingResponse(models.Model):
    """Answers are given in interviews, and belong to them."""

    _inherit = "crm.profiling.response"  # pylint: disable=consider-merging-classes-inherited

    source = fields.Selection(
        selection_add=[("interview", "Interview")],
        ondelete={"interview": "cascade"},
    )
    interview_id = fields.Many2one(
        comodel_name="crm.profiling.interview",
        sealed=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )

    @api.model
    def _circumstances(self):
        return super()._circumstances() | {"interview_id"}

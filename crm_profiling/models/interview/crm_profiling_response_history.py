from odoo import fields, models


class CrmProfilingResponseHistory(models.Model):
    """What was answered before says in which interview."""

    _inherit = "crm.profiling.response.history"

    interview_id = fields.Many2one(
        comodel_name="crm.profiling.interview",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )

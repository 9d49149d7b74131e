from odoo import fields, models


class CrmProfilingQueueLine(models.Model):
    """So does each of its prospects."""

    _inherit = "crm.profiling.queue.line"  # pylint: disable=consider-merging-classes-inherited

    refusal_note = fields.Char(related="partner_id.profiling_refusal_note")

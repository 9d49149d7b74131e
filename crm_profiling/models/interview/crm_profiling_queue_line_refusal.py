from odoo import fields, models


class CrmProfilingQueueLine(models.Model):
    """A prospect of a call list says that it asked not to be called."""

    _inherit = "crm.profiling.queue.line"  # pylint: disable=consider-merging-classes-inherited

    refusal_note = fields.Char(related="partner_id.profiling_refusal_note")

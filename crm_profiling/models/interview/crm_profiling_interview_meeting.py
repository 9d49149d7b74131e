from odoo import fields, models


class CrmProfilingInterview(models.Model):
    """The meeting that was booked after the call."""

    _inherit = "crm.profiling.interview"  # pylint: disable=consider-merging-classes-inherited

    meeting_id = fields.Many2one(
        comodel_name="calendar.event",
        string="Meeting that was booked",
        index="btree_not_null",
        ondelete="set null",
        copy=False,
        sealed=True,
        groups="base.group_system",
        help="Others who read the interview may not see the meeting.",
    )

from odoo import models


class CrmProfilingEntryActionLeaveSchedule(models.AbstractModel):
    """Schedules an activity for each contact that leaves."""

    _name = "crm.profiling.entry.action.leave.schedule"
    _inherit = ["crm.profiling.entry.action.schedule"]
    _description = "Profiling: Schedule an Activity on Leaving"

    _moment = "leave"
    _profile_fields = (
        "leave_activity_type_id",
        "leave_activity_summary",
        "leave_activity_days",
        "leave_activity_whom",
        "leave_activity_user_id",
    )

from odoo import fields, models

from .profile_fields import activity_type, not_negative, template, user, whom


class CrmProfilingProfile(models.Model):
    """What a profile does with a contact that leaves it."""

    _inherit = "crm.profiling.profile"  # pylint: disable=consider-merging-classes-inherited

    leave_activity_type_id = activity_type("Schedule on leaving")
    leave_activity_summary = fields.Char(string="Summary on leaving", translate=True)
    leave_activity_days = fields.Integer(string="Days after leaving", default=1)
    leave_activity_whom = whom("Assigned on leaving to")
    leave_activity_user_id = user("Person on leaving")
    leave_mail_template_id = template(
        "Send on leaving",
        "To addresses that are not on the blacklist, by Odoo's queue.",
    )

    _leave_days_not_negative = not_negative("leave_activity_days", "leaving")

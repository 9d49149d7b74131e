from odoo import api, models


class CrmProfilingEntryActionLeaveMail(models.AbstractModel):
    """Queues an e-mail to each contact that leaves."""

    _name = "crm.profiling.entry.action.leave.mail"
    _inherit = ["crm.profiling.entry.action.mail"]
    _description = "Profiling: Queue an E-mail on Leaving"

    _moment = "leave"
    _profile_fields = ("leave_mail_template_id",)

    @api.model
    def _template(self, profile):
        return profile.leave_mail_template_id

    @api.model
    def _told(self, profile):
        return self._chosen_in(profile, "leave_mail_template_id")

    @api.model
    def _is_wanted(self, profile):
        return bool(profile.leave_mail_template_id)

from odoo import models


class CrmProfilingInterview(models.Model):
    """That the contact does not want to be called, said in an interview."""

    _inherit = "crm.profiling.interview"  # pylint: disable=consider-merging-classes-inherited

    def refuse_calls(self, reason=""):
        """Note that the contact is not to be called, by anybody.

        :return: the screen
        """
        self.ensure_one()
        self.check_access("write")
        self.partner_id.profiling_refuse_calls(reason)
        self._is_active_now()
        return self.get_screen()

    def allow_calls(self):
        """Take that back.

        :return: the screen
        """
        self.ensure_one()
        self.check_access("write")
        self.partner_id.profiling_allow_calls()
        self._is_active_now()
        return self.get_screen()

from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def unlink(self):
        """Let interviews forget what was promised before the user's activities go."""
        self.env["crm.profiling.interview"]._forget_callbacks(
            [("callback_activity_id.user_id", "in", self.ids)]
        )
        return super().unlink()

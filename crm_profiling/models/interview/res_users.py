from odoo import models


class ResUsers(models.Model):
    """Activities go along with their user: interviews let them go first."""

    _inherit = "res.users"

    def unlink(self):
        activities = self.env["mail.activity"].sudo().with_context(active_test=False)
        theirs = activities.search([("user_id", "in", self.ids)])
        self.env["crm.profiling.interview"]._let_go(
            theirs, self.env["calendar.event"].browse()
        )
        return super().unlink()

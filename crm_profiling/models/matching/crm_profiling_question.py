from odoo import models


class CrmProfilingQuestion(models.Model):
    _inherit = "crm.profiling.question"

    def _holders_changed(self, affected):
        super()._holders_changed(affected)
        # for those who answered meanwhile, out of this transaction's sight
        self.env["crm.profiling.run"]._look_again()

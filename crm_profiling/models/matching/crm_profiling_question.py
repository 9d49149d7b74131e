from odoo import models


class CrmProfilingQuestion(models.Model):
    _inherit = "crm.profiling.question"  # pylint: disable=consider-merging-classes-inherited

    def _holders_changed(self, affected):
        result = super()._holders_changed(affected)
        # for those who answered meanwhile, out of this transaction's sight
        self.env["crm.profiling.run"]._look_again()
        return result

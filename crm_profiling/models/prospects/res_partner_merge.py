from odoo import models


class ResPartner(models.Model):
    """Contacts that an import wrote and that became another one are told of."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    def _profiling_merge_into(self, target):
        self.env["crm.profiling.import.change"].sudo()._merged(self, target)
        return super()._profiling_merge_into(target)

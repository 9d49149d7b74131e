from odoo import api, models


class CrmProfilingImportUses(models.AbstractModel):
    """What profiles did with contacts is no use that somebody makes of them."""

    _inherit = "crm.profiling.import.uses"

    @api.model
    def _own_tables(self):
        return [*super()._own_tables(), "crm_profiling_stay", "crm_profiling_stay_deed"]

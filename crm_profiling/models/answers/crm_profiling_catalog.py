from odoo import api, models


class CrmProfilingCatalog(models.AbstractModel):
    _inherit = "crm.profiling.catalog"

    @api.model
    def _changed(self):
        """Forget what is cached of contacts: it followed from the catalog as it was."""
        result = super()._changed()
        self.env["res.partner"]._profiling_refresh()
        return result

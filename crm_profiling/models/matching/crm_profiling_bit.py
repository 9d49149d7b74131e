from odoo import api, models


class CrmProfilingBit(models.Model):
    """Bits are free again once no contact's state holds them."""

    _inherit = "crm.profiling.bit"

    @api.autovacuum
    def _gc_free(self):
        """Take back the bits of answers that are gone, from contacts as well."""
        gone = self.search([("answer_id", "=", False)])
        held = self.env["crm.profiling.state"]._held(gone.mapped("rank"))
        gone.filtered(lambda bit: bit.rank not in held).unlink()

from odoo import api, models


class CrmProfilingResponse(models.Model):
    """What one of them is asked tells of all of a company that it bought nothing."""

    _inherit = "crm.profiling.response"

    @api.model
    def _concerned_by(self, changed):
        holder_ids = {holder_id for holder_id, _answer_id in changed}
        self.env["crm.profiling.invoiced"]._note_asked(holder_ids)
        return super()._concerned_by(changed)

    def _concerned_ids(self):
        self.env["crm.profiling.invoiced"]._note_asked(self.partner_id.ids)
        return super()._concerned_ids()

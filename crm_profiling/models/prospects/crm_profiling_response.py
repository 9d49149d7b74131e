from odoo import api, fields, models


class CrmProfilingResponse(models.Model):
    """Answers come from files."""

    _inherit = "crm.profiling.response"  # pylint: disable=consider-merging-classes-inherited

    source = fields.Selection(
        selection_add=[("import", "Import")], ondelete={"import": "cascade"}
    )

    @api.model
    def _default_source(self):
        return (
            "import"
            if self.env.context.get("import_file")
            else super()._default_source()
        )

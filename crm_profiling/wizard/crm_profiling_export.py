from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..models.catalog.arguments import ids_of
from ..models.prospects.arguments import one


class CrmProfilingExport(models.TransientModel):
    """Writes files in the shape that *Import Prospects* reads.

    A record is one export: of contacts, a template, or lines that were left out.
    """

    _name = "crm.profiling.export"
    _inherit = ["crm.profiling.guarded"]
    _description = "Export of Prospects"

    format = fields.Selection(
        selection=[("xlsx", "Spreadsheet (XLSX)"), ("csv", "Text (CSV)")],
        required=True,
        default="xlsx",
    )
    partner_ids = fields.Many2many(
        comodel_name="res.partner",
        string="Contacts",
        default=lambda self: self._default_partner_ids(),
    )
    partner_count = fields.Integer(
        string="Number of contacts", compute="_compute_partner_count"
    )
    name = fields.Char(string="File name")
    file = fields.Binary(attachment=True)

    @api.model
    def _default_partner_ids(self):
        if self.env.context.get("active_model") != "res.partner":
            return self.env["res.partner"]
        ids = ids_of(self.env.context.get("active_ids"))
        return self.env["res.partner"].browse(ids or ())

    @api.depends("partner_ids")
    def _compute_partner_count(self):
        for export in self:
            export.partner_count = len(export.partner_ids)

    def action_export(self):
        """Download the contacts with a column for each question."""
        one(self)
        self._check_export()
        headings, rows = self._contact_rows(self.partner_ids)
        self.write(self._file_vals(self.env._("contacts"), headings, rows))
        return self._download()

    @api.model
    def _check_export(self):
        if not self.env.user.has_group("base.group_allow_export"):
            raise AccessError(
                self.env._(
                    "You may not export contacts. Ask an administrator for the right to"
                    " export."
                )
            )

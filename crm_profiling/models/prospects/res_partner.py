from odoo import fields, models

from ...groups import SALESMAN


class ResPartner(models.Model):
    """Contacts say with which files they came."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    profiling_import_ids = fields.Many2many(
        comodel_name="crm.profiling.import",
        relation="crm_profiling_import_partner_rel",
        column1="partner_id",
        column2="import_id",
        string="Imported with",
        copy=False,
        sealed=True,
        groups=SALESMAN,
    )
